import type { JobDefinition } from "@atrium/api";

/** Every job of the house. */
export const jobs: readonly JobDefinition[] = [];
