import { defineErrors, idSchema, isRole, oneLine, pageRequestShape } from "@atrium/kernel";
import { z } from "zod";

export const memberStatuses = ["invited", "active", "deactivated"] as const;

/** A built-in role by its name, or one of the company's own by its id. */
export const roleRef = z.string().refine((text) => isRole(text) || /^rol_[0-9a-z]{4,40}$/.test(text), { error: "member/role-unknown" });

export const ListMembers = z.object({
  ...pageRequestShape,
  /** Part of a name or an address. */
  search: z.string().trim().max(100).optional(),
});
export type ListMembers = z.output<typeof ListMembers>;

export const MemberRow = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  status: z.enum(memberStatuses),
  roles: z.array(z.string()),
  employeeId: z.string().nullable(),
  lastSignInAt: z.iso.datetime().nullable(),
  /** An authenticator app or a passkey. */
  hasSecondFactor: z.boolean(),
});
export type MemberRow = z.output<typeof MemberRow>;

/** In the order of the addresses. */
export const MemberPage = z.object({ rows: z.array(MemberRow), total: z.number().int(), next: z.string().nullable() });
export type MemberPage = z.output<typeof MemberPage>;

const memberId = idSchema("mem");

const roles = z.array(roleRef).min(1, { error: "member/role-missing" }).max(20).transform((given) => [...new Set(given)]);

export const ChangeRoles = z.object({ memberId, roles });
export type ChangeRoles = z.output<typeof ChangeRoles>;

export const LinkEmployee = z.object({
  memberId,
  /** None takes the link away. */
  employeeId: idSchema("emp").nullable(),
});
export type LinkEmployee = z.output<typeof LinkEmployee>;

/** One member, for an act that needs nothing else said. */
export const MemberRef = z.object({ memberId });
export type MemberRef = z.output<typeof MemberRef>;

/** An address to which mail can go. */
export const emailAddress = z.string().trim().pipe(z.email({ error: "member/email-invalid" }).max(254, { error: "member/email-invalid" }));

export const InviteMember = z.object({
  email: emailAddress,
  name: z.string().transform(oneLine).pipe(z.string().min(1, { error: "member/name-missing" }).max(120, { error: "member/name-too-long" })),
  roles,
  /** The employee they are; empty when they are none. */
  employeeId: idSchema("emp").or(z.literal("").transform(() => undefined)).optional(),
});
export type InviteMember = z.output<typeof InviteMember>;

export const memberErrors = defineErrors({
  "member/not-found": "not-found",
  "member/last-owner": "conflict",
  "member/role-beyond-own": "forbidden",
  "member/role-unknown": "invalid",
  "member/employee-unknown": "not-found",
  "member/employee-taken": "conflict",
  /** Whose record a member has for their own, they see the pay of. */
  "member/link-is-self": "forbidden",
  "member/link-held": "forbidden",
  "member/role-missing": "invalid",
  "member/name-missing": "invalid",
  "member/name-too-long": "invalid",
  "member/email-invalid": "invalid",
  "member/email-taken": "conflict",
  /** Nobody takes their own access away. */
  "member/is-self": "conflict",
  /** Some of what the member may do is beyond the caller's own grants. */
  "member/beyond-own": "forbidden",
  /** The member is not in the state that the act needs: somebody else was faster. */
  "member/status-changed": "conflict",
});
