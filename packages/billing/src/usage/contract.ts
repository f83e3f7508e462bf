import { z } from "zod";

/** The buckets of a company: its plan's two, each member's own, and those of heavy work. */
export const usageBuckets = ["minute", "hour", "user", "page", "payroll", "payslips", "report", "import"] as const;
export type UsageBucket = (typeof usageBuckets)[number];

const count = z.number().int().nonnegative();

export const UsageBucketDto = z.object({
  name: z.enum(usageBuckets),
  capacity: count,
  windowMs: z.number().int().positive(),
  /** Whole requests that are left at this moment. */
  remaining: count,
  /** Until there is one more. */
  waitMs: count,
});
export type UsageBucketDto = z.output<typeof UsageBucketDto>;

export const UsageDto = z.object({
  /** False when the limiter's store cannot be asked: there is nothing to show then. */
  isLive: z.boolean(),
  /** When it was read. */
  at: z.iso.datetime(),
  buckets: z.array(UsageBucketDto),
  /** The last sixty minutes, oldest first. */
  minutes: z.array(z.object({ at: z.iso.datetime(), admitted: count, refused: count })),
  /** The last thirty days, oldest first. `degraded`: decided without the limiter's store. */
  days: z.array(z.object({ day: z.string(), admitted: count, refused: count, degraded: count })),
  /** What was refused in those days and for whom, most first. */
  refusedFor: z.array(
    z.object({
      /** Null where nobody of that name is a member any more. */
      memberId: z.string().nullable(),
      name: z.string().nullable(),
      bucket: z.enum(usageBuckets),
      count,
    }),
  ),
});
export type UsageDto = z.output<typeof UsageDto>;
