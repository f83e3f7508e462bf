import { defineErrors, idSchema } from "@atrium/kernel";
import { z } from "zod";

/** What stands in the database, and `over` for what has run out since. */
export const supportStatuses = ["requested", "granted", "refused", "ended", "over"] as const;

export const SupportGrantDto = z.object({
  id: z.string(),
  operatorName: z.string(),
  reason: z.string(),
  minutes: z.number().int(),
  status: z.enum(supportStatuses),
  requestedAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
  decidedBy: z.string().nullable(),
  expiresAt: z.iso.datetime().nullable(),
});
export type SupportGrantDto = z.output<typeof SupportGrantDto>;

export const GrantRef = z.object({ grantId: idSchema("sup") });
export type GrantRef = z.output<typeof GrantRef>;

/** What waits for a decision. */
export const PendingSupport = z.object({ pending: z.number().int() });
export type PendingSupport = z.output<typeof PendingSupport>;

/** A request that nobody answered is over after so many days. */
export const requestDays = 7;

export const supportErrors = defineErrors({
  "support/not-found": "not-found",
  /** Somebody else decided, or it is over. */
  "support/not-open": "conflict",
  "support/not-running": "conflict",
});
