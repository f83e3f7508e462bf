import { defineErrors, idSchema, isRole, pageRequestShape } from "@atrium/kernel";
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
});
export type MemberRow = z.output<typeof MemberRow>;

/** In the order of the addresses. */
export const MemberPage = z.object({ rows: z.array(MemberRow), total: z.number().int(), next: z.string().nullable() });
export type MemberPage = z.output<typeof MemberPage>;

const memberId = idSchema("mem");

export const ChangeRoles = z.object({
  memberId,
  roles: z.array(roleRef).min(1).max(20).transform((given) => [...new Set(given)]),
});
export type ChangeRoles = z.output<typeof ChangeRoles>;

export const LinkEmployee = z.object({
  memberId,
  /** None takes the link away. */
  employeeId: idSchema("emp").nullable(),
});
export type LinkEmployee = z.output<typeof LinkEmployee>;

export const memberErrors = defineErrors({
  "member/not-found": "not-found",
  "member/last-owner": "conflict",
  "member/role-beyond-own": "forbidden",
  "member/role-unknown": "invalid",
  "member/employee-unknown": "not-found",
  "member/employee-taken": "conflict",
});
