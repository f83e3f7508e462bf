import { defineErrors, idSchema, permissions, permissionScopes, scopes } from "@atrium/kernel";
import type { Permission, RoleGrants, Scope } from "@atrium/kernel";
import { z } from "zod";

/** What a company's role can be made of: all but what our own operators may do. */
export const companyPermissions: readonly Permission[] = permissions.filter((permission) => !permission.startsWith("platform:"));

/** Whether this permission can be granted as far as that. */
export const canBeGranted = (permission: Permission, scope: Scope): boolean => permissionScopes[permission].some((possible: Scope) => possible === scope);

/** A permission and how far it reaches. Whoever signs in needs their home page, so that is always among them. */
const Grants = z
  .partialRecord(z.enum(companyPermissions), z.enum(scopes, { error: "role/scope-impossible" }), { error: "role/permission-unknown" })
  .superRefine((given, context) => {
    const impossible = companyPermissions.filter((permission) => given[permission] !== undefined && !canBeGranted(permission, given[permission]));
    for (const permission of impossible) context.addIssue({ code: "custom", path: [permission], message: "role/scope-impossible" });
  })
  .transform((given): RoleGrants => ({ ...given, "home:read": "own" }));

export const CreateRole = z.object({
  name: z.string().trim().min(1, { error: "role/name-missing" }).max(60, { error: "role/name-too-long" }),
  description: z.string().trim().max(300, { error: "role/description-too-long" }).default(""),
  grants: Grants,
});
export type CreateRole = z.output<typeof CreateRole>;

const id = idSchema("rol");

export const UpdateRole = CreateRole.extend({
  id,
  /** The state that the person saw when they began. */
  version: z.int().min(1),
});
export type UpdateRole = z.output<typeof UpdateRole>;

export const RemoveRole = z.object({ id });
export type RemoveRole = z.output<typeof RemoveRole>;

export const RoleRow = z.object({
  /** A built-in role's is its name in the catalogue. */
  id: z.string(),
  /** Null for a built-in one: those are named in each reader's language. */
  name: z.string().nullable(),
  description: z.string(),
  isBuiltIn: z.boolean(),
  grants: z.partialRecord(z.enum(permissions), z.enum(scopes)),
  /** How many members hold it, those whose access was taken away included. */
  members: z.int().min(0),
  /** Whether it grants no more than the caller has, so that they may give, change or remove it. */
  isWithinOwn: z.boolean(),
  /** Of a built-in one always 1. */
  version: z.int(),
});
export type RoleRow = z.output<typeof RoleRow>;

/** The built-in ones in the order of the house, then the company's own by name. */
export const RoleList = z.array(RoleRow);
export type RoleList = z.output<typeof RoleList>;

export const roleErrors = defineErrors({
  "role/not-found": "not-found",
  "role/name-missing": "invalid",
  "role/name-too-long": "invalid",
  "role/name-taken": "conflict",
  "role/description-too-long": "invalid",
  "role/permission-unknown": "invalid",
  "role/scope-impossible": "invalid",
  "role/beyond-own": "forbidden",
  "role/changed-meanwhile": "conflict",
  "role/still-held": "conflict",
});
