import { defineErrors, permissions, scopes, standings } from "@atrium/kernel";
import { z } from "zod";

/** What the signed token carries. */
export const Claims = z.object({
  sessionId: z.string().min(1),
  tenantId: z.string().min(1),
  tenantSlug: z.string().min(1),
  epoch: z.number().int().min(0),
  /** The member, or the support grant, whose session it is. Tokens that were made before it stood there have none. */
  userId: z.string().min(1).optional(),
});

/** Who is signed in and what they may do: all that the frame of the application asks. */
export const Me = z.object({
  tenant: z.object({ slug: z.string(), name: z.string(), timeZone: z.string() }),
  member: z.object({ id: z.string(), name: z.string(), email: z.string(), employeeId: z.string().nullable(), sessionId: z.string() }),
  /** What shuts most doors at present: the subscription is over, or the person has yet to set up a second factor. */
  obstacle: z.enum(["expired", "enrolling"]).nullable(),
  /** How far the subscription leaves the doors open, the moment it ended or will, and the one at which this standing becomes the next. */
  standing: z.enum(standings),
  subscriptionUntil: z.iso.datetime().nullable(),
  standingUntil: z.iso.datetime().nullable(),
  /** An operator of ours looks in by a support grant, until then. */
  support: z.object({ until: z.iso.datetime() }).nullable(),
  /** As people read them: built-in roles by their name in the catalogue, the company's own by the name it gave. */
  roles: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
  /** Each permission the person holds, with how far it reaches. */
  grants: z.partialRecord(z.enum(permissions), z.array(z.enum(scopes))),
});
export type Me = z.output<typeof Me>;

export const sessionErrors = defineErrors({
  /** The company lets people in by its own identity provider only. */
  "session/sso-required": "forbidden",
});
