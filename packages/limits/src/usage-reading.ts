import type { BucketName } from "./route-classes.ts";
import type { BucketState } from "./verdict.ts";

/** What Redis knows of a company's requests. Reading it takes nothing from any bucket. */
export interface UsageReading {
  /** False when Redis could not be asked: everything else is empty then. */
  readonly isLive: boolean;
  /** The company's own buckets as they stand at this moment. */
  readonly buckets: readonly BucketState[];
  /** The last sixty minutes, oldest first, the current one last; `at` is the minute's beginning in ms. */
  readonly minutes: readonly { readonly at: number; readonly admitted: number; readonly refused: number }[];
  /** The last thirty days in India, oldest first, today last. */
  readonly days: readonly { readonly day: string; readonly admitted: number; readonly refused: number; readonly degraded: number }[];
  /** What was refused in those days, by the first bucket that had too little and the person who asked. */
  readonly refused: readonly { readonly bucket: BucketName; readonly userId: string; readonly count: number }[];
}

/** Reads a company's usage. Answers within a budget, with `isLive` false when Redis did not. */
export type ReadUsage = (tenantId: string) => Promise<UsageReading>;
