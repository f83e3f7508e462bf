import { readGrants } from "@atrium/api";
import type { Ctx } from "@atrium/api";
import { faultFrom } from "@atrium/db";
import type { Prisma } from "@atrium/db";
import { beyond, isRole, refusal, roleGrants } from "@atrium/kernel";
import type { RoleGrants } from "@atrium/kernel";
import { memberErrors, MemberRow } from "./contract.ts";
import type { ChangeRoles } from "./contract.ts";

export const columns = {
  id: true, name: true, email: true, status: true, roles: true, employeeId: true, lastSignInAt: true,
  totp: { select: { confirmedAt: true } },
  _count: { select: { passkeys: true } },
} as const;
export type Columns = Prisma.MemberGetPayload<{ select: typeof columns }>;

export const toRow = ({ lastSignInAt, totp, _count, ...member }: Columns): MemberRow =>
  MemberRow.parse({ ...member, lastSignInAt: lastSignInAt?.toISOString() ?? null, hasSecondFactor: totp?.confirmedAt != null || _count.passkeys > 0 });

/** The active owners besides this member. They are locked, so that of two who demote each other at the same moment one sees what the other did. */
export async function countOtherOwners(ctx: Ctx, memberId: string): Promise<number> {
  const owners = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM member WHERE tenant_id = ${ctx.tenant.id} AND 'owner' = ANY (roles) AND status = 'active' ORDER BY id FOR UPDATE`;
  return owners.filter(({ id }) => id !== memberId).length;
}

/** What each of these roles grants. The company's own are held as they are until the commit, so that none is removed meanwhile. */
export async function grantsByRole(ctx: Ctx, held: readonly string[]): Promise<ReadonlyMap<string, RoleGrants>> {
  const own = await ctx.db.$queryRaw<{ id: string; grants: unknown }[]>`
    SELECT id, grants FROM role WHERE tenant_id = ${ctx.tenant.id} AND id = ANY (${[...held]}::text[]) ORDER BY id FOR SHARE`;
  const builtIn = held.filter(isRole).map((name) => [name, roleGrants[name]] as const);
  return new Map<string, RoleGrants>([...builtIn, ...own.map(({ id, grants }) => [id, readGrants(grants)] as const)]);
}

/** What PostgreSQL says of an address or an employee that is somebody else's, as a refusal. */
export function refuseTaken(error: unknown): never {
  const fault = faultFrom(error);
  if (fault?.kind === "unique" && fault.target === "member_tenant_id_email_lower_key") throw refusal(memberErrors, "member/email-taken", { field: "email" });
  if (fault?.kind === "unique") throw refusal(memberErrors, "member/employee-taken", { field: "employeeId" });
  if (fault?.kind === "reference") throw refusal(memberErrors, "member/employee-unknown", { field: "employeeId" });
  throw error;
}

/** Throws `member/not-found`. */
export async function loadMember(ctx: Ctx, id: string): Promise<Columns> {
  const member = await ctx.db.member.findUnique({ where: { tenantId_id: { tenantId: ctx.tenant.id, id } }, select: columns });
  if (!member) throw refusal(memberErrors, "member/not-found");
  return member;
}

/** Nobody decides about somebody who may do what they may not. Throws `member/beyond-own`. */
export async function assertWithinOwn(ctx: Ctx, { roles }: Pick<Columns, "roles">): Promise<void> {
  const known = await grantsByRole(ctx, roles);
  if ([...known.values()].some((grants) => beyond(ctx.actor.grants, grants).length > 0)) throw refusal(memberErrors, "member/beyond-own");
}

type NewMember = Pick<Columns, "name" | "email" | "roles" | "status"> & { readonly employeeId?: string | undefined };

/** Throws `member/email-taken`, `member/employee-taken`, `member/employee-unknown`. */
export async function createMember(ctx: Ctx, { employeeId, ...person }: NewMember, action: `member.${string}`): Promise<MemberRow> {
  const data = { ...person, tenantId: ctx.tenant.id, id: ctx.newId("mem"), employeeId: employeeId ?? null, createdAt: ctx.now };
  const created = await ctx.db.member.create({ data, select: columns }).catch(refuseTaken);
  ctx.audit({ action, entityId: created.id, after: { name: created.name, email: created.email, ...told(created) } });
  return toRow(created);
}

interface MemberChange {
  readonly roles?: ChangeRoles["roles"];
  readonly employeeId?: string | null;
  readonly status?: MemberRow["status"];
}

/** Saves a change and writes down both states. */
export async function saveMember(ctx: Ctx, before: Columns, change: MemberChange, action: `member.${string}`): Promise<MemberRow> {
  const saved = await ctx.db.member.update({
    where: { tenantId_id: { tenantId: ctx.tenant.id, id: before.id } },
    data: change,
    select: columns,
  });
  ctx.audit({ action, entityId: before.id, before: told(before), after: told(saved) });
  return toRow(saved);
}

const told = ({ roles, employeeId, status }: Columns) => ({ roles, employeeId, status });
