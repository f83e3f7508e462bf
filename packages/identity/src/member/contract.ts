import { defineErrors, idSchema, pageRequestShape, roles } from "@atrium/kernel";
import { z } from "zod";

export const memberStatuses = ["active", "deactivated"] as const;

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
  roles: z.array(z.enum(roles)),
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
  roles: z
    .array(z.enum(roles))
    .min(1)
    .transform((given) => roles.filter((role) => given.includes(role))),
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
  "member/employee-unknown": "not-found",
  "member/employee-taken": "conflict",
});
