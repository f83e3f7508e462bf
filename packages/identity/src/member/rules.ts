import { beyond, covers, isRole, roles } from "@atrium/kernel";
import type { Grants, RoleGrants } from "@atrium/kernel";

export interface RoleChange {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** What each role that is mentioned grants; one that is missing is unknown. */
  readonly known: ReadonlyMap<string, RoleGrants>;
  /** What the person who changes them may do. */
  readonly own: Grants;
  /** Active owners of the company besides the member in question. */
  readonly otherOwners: number;
}

/** Why the roles may not be changed so; undefined when they may. */
export function refuseRoleChange({ before, after, known, own, otherOwners }: RoleChange): "member/last-owner" | "member/role-beyond-own" | "member/role-unknown" | undefined {
  const added = after.filter((role) => !before.includes(role));
  const removed = before.filter((role) => !after.includes(role));
  if (!added.every((role) => known.has(role))) return "member/role-unknown";
  // Taking away counts as well: whoever could strip a stronger role would decide about people above them.
  const isWithin = (role: string): boolean => beyond(own, known.get(role) ?? {}).length === 0;
  if (![...added, ...removed].every(isWithin)) return "member/role-beyond-own";
  if (removed.includes("owner") && otherOwners === 0) return "member/last-owner";
  return undefined;
}

export interface Link {
  /** The member is the one who links. */
  readonly isSelf: boolean;
  /** The record that the member has now. */
  readonly before: string | null;
  readonly after: string | null;
  /** What the person who links may do. */
  readonly own: Grants;
}

/**
 * Why a member may not be linked so; undefined when they may. Whose record a member has, they see the pay of: whoever may
 * not see everybody's takes none for their own, and none away from the member who has it, to give it to a puppet.
 */
export function refuseLink({ isSelf, before, after, own }: Link): "member/link-is-self" | "member/link-held" | undefined {
  if (covers(own["payroll:read"], "tenant")) return undefined;
  if (isSelf && after !== null) return "member/link-is-self";
  return before !== null && after !== before ? "member/link-held" : undefined;
}

/** Each role once: the built-in ones in the order of the house, then the company's own. */
export function inHouseOrder(given: readonly string[]): readonly string[] {
  const builtIn = roles.filter((role) => given.includes(role));
  return [...builtIn, ...new Set(given.filter((role) => !isRole(role)))];
}
