import { defineErrors, defineEvent } from "@atrium/kernel";
import { z } from "zod";

export const linkPurposes = ["invitation", "password-reset", "email-change"] as const;
export type LinkPurpose = (typeof linkPurposes)[number];

/** How long a link opens, in minutes. */
export const linkMinutes: Readonly<Record<LinkPurpose, number>> = { invitation: 7 * 24 * 60, "password-reset": 30, "email-change": 60 };

/** A link has to go out. Its secret is made when it is sent, so that no event and no job ever keeps one. */
export const linkPrepared = defineEvent("identity/link.prepared", z.object({ tenantId: z.string(), linkId: z.string() }));

export const linkErrors = defineErrors({
  /** One answer for a link that was used, is too old, was replaced by a newer one, is of another kind or never was. */
  "link/over": "conflict",
});
