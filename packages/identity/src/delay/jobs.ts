import { tenantClockJob } from "@atrium/api";
import type { JobDefinition } from "@atrium/api";
import { sweepFailures } from "./service.ts";

/** Every night at 01:20 UTC. */
export const sweepFailuresJob: JobDefinition = tenantClockJob("identity/sweep-failures", "20 1 * * *", sweepFailures);
