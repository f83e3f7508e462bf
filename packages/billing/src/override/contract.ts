import { defineErrors } from "@atrium/kernel";
import { z } from "zod";

export const overrideErrors = defineErrors({
  "override/count-invalid": "invalid",
  "override/nothing-set": "invalid",
  "override/reason-missing": "invalid",
  "override/until-past": "invalid",
  "override/none": "not-found",
});

/** More than the largest plan has, by far; what is beyond is a slip of the finger. */
const count = z.int({ error: "override/count-invalid" }).min(1, { error: "override/count-invalid" }).max(10_000_000, { error: "override/count-invalid" });
const reason = z.string().trim().min(5, { error: "override/reason-missing" }).max(500, { error: "override/reason-missing" });

/** So many requests as a company may make instead of its plan's. What is left out stays the plan's. */
export const OverrideLimits = z.object({
  perMinute: count.optional(),
  perHour: count.optional(),
  /** Null holds until somebody ends it. */
  until: z.iso.datetime({ offset: true }).nullable(),
  reason,
});
export type OverrideLimits = z.output<typeof OverrideLimits>;

export const OverrideDto = z.object({
  id: z.string(),
  perMinute: z.int().nullable(),
  perHour: z.int().nullable(),
  until: z.iso.datetime().nullable(),
  reason: z.string(),
  madeBy: z.string(),
  madeAt: z.iso.datetime(),
  /** When and by whom it was ended before its time. */
  endedAt: z.iso.datetime().nullable(),
  endedBy: z.string().nullable(),
  isInForce: z.boolean(),
});
export type OverrideDto = z.output<typeof OverrideDto>;
