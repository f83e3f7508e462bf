import { defineErrors, defineEvent } from "@atrium/kernel";
import { z } from "zod";
import { linkPurposes } from "../link/contract.ts";
import { emailAddress } from "../member/contract.ts";

export const shortestPassword = 12;
export const longestPassword = 200;

/** The secret of a link as it stands behind the `#` of its address. Whatever else is typed there is a link that is over. */
const secret = z.string().max(200);

/** Longer than any password may be, so that the rules can say so. */
const typedPassword = z.string().max(1000, { error: "password/too-long" });

export const OpenLink = z.object({ purpose: z.enum(linkPurposes), secret });
export type OpenLink = z.output<typeof OpenLink>;

/** Whom a link is for. */
export const OpenedLink = z.object({
  name: z.string(),
  /** With it the person signs in; for an e-mail change the new one. */
  email: z.string(),
});
export type OpenedLink = z.output<typeof OpenedLink>;

export const AskReset = z.object({ email: z.string().trim().min(1).max(254) });
export type AskReset = z.output<typeof AskReset>;

/** Chooses a password by a link: after forgetting one, or as the first. */
export const ChoosePassword = z.object({ secret, password: typedPassword });
export type ChoosePassword = z.output<typeof ChoosePassword>;

export const ConfirmEmail = z.object({ secret });
export type ConfirmEmail = z.output<typeof ConfirmEmail>;

export const ChangePassword = z.object({ password: typedPassword });
export type ChangePassword = z.output<typeof ChangePassword>;

export const ChangeEmail = z.object({ email: emailAddress });
export type ChangeEmail = z.output<typeof ChangeEmail>;

export const credentialErrors = defineErrors({
  "password/too-short": "invalid",
  "password/too-long": "invalid",
  "password/breached": "invalid",
  "password/monotonous": "invalid",
  "password/personal": "invalid",
});

/** Somebody has forgotten their password; without a member when nobody has the address they typed. */
export const resetAsked = defineEvent("identity/reset.asked", z.object({ tenantId: z.string(), memberId: z.string().nullable() }));

export const passwordChanged = defineEvent("identity/password.changed", z.object({ tenantId: z.string(), memberId: z.string() }));
