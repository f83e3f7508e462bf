import { grantedScope, permissions, roleGrants, scopes } from "@atrium/kernel";
import type { Role } from "@atrium/kernel";

export interface RoleChange {
  readonly before: readonly Role[];
  readonly after: readonly Role[];
  /** The roles of the person who changes them. */
  readonly own: readonly Role[];
  /** Active owners of the company besides the member in question. */
  readonly otherOwners: number;
}

/** Why the roles may not be changed so; undefined when they may. */
export function refuseRoleChange({ before, after, own, otherOwners }: RoleChange): "member/last-owner" | "member/role-beyond-own" | undefined {
  const added = after.filter((role) => !before.includes(role));
  const removed = before.filter((role) => !after.includes(role));
  // Taking away counts as well: whoever could strip a stronger role would decide about people above them.
  if (![...added, ...removed].every((role) => isWithin(own, role))) return "member/role-beyond-own";
  if (removed.includes("owner") && otherOwners === 0) return "member/last-owner";
  return undefined;
}

/** Whether these roles together may do all that the role may, as far as it may. */
function isWithin(own: readonly Role[], role: Role): boolean {
  return permissions.every((permission) => {
    const asked = roleGrants[role][permission];
    const held = grantedScope(own, permission);
    return !asked || (held !== undefined && scopes.indexOf(held) >= scopes.indexOf(asked));
  });
}
