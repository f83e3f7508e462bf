import { defineErrors } from "@atrium/kernel";
import { z } from "zod";

/** Minutes, within what the database accepts. */
export const sessionMaxMinutes = z.number().int().min(15).max(1_440);
export const sessionIdleMinutes = z.number().int().min(5).max(1_440);

/** What a company asks of everybody who signs in. */
export const SecurityPolicy = z.object({
  requiresMfa: z.boolean(),
  requiresSso: z.boolean(),
  sessionMaxMinutes,
  sessionIdleMinutes,
});
export type SecurityPolicy = z.output<typeof SecurityPolicy>;

export const UpdateSecurity = SecurityPolicy.partial().refine((change) => Object.keys(change).length > 0);
export type UpdateSecurity = z.output<typeof UpdateSecurity>;

/** The policy with what it would mean to tighten it. */
export const SecurityDto = SecurityPolicy.extend({
  /** Active members, and how many of them have a second factor, or come in by a provider. */
  members: z.number().int(),
  membersWithFactor: z.number().int(),
  membersWithProvider: z.number().int(),
});
export type SecurityDto = z.output<typeof SecurityDto>;

export const securityErrors = defineErrors({
  /** Whoever asks others for a second factor has one. */
  "security/own-factor-missing": "conflict",
  "security/no-connection": "conflict",
  "security/no-break-glass": "conflict",
  "security/idle-beyond-max": "invalid",
});
