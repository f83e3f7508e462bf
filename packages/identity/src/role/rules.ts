import { beyond, permissions } from "@atrium/kernel";
import type { Grants, Permission, RoleGrants } from "@atrium/kernel";

export interface RoleChange {
  /** What the role grants today; undefined for one that is being made. */
  readonly before?: RoleGrants;
  /** What it shall grant; undefined for one that is being removed. */
  readonly after?: RoleGrants;
  /** What the person who changes it may do. */
  readonly own: Grants;
}

/** The permissions that keep somebody from making, changing or removing a role: theirs do not reach as far. */
export function beyondChange({ before = {}, after = {}, own }: RoleChange): readonly Permission[] {
  const refused = new Set([...beyond(own, before), ...beyond(own, after)]);
  return permissions.filter((permission) => refused.has(permission));
}
