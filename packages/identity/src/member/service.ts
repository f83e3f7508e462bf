import type { Ctx } from "@atrium/api";
import { faultFrom } from "@atrium/db";
import type { Prisma } from "@atrium/db";
import { decodeCursor, isRole, pageOf, refusal, roleGrants } from "@atrium/kernel";
import type { RoleGrants } from "@atrium/kernel";
import { readGrants } from "@atrium/api";
import { z } from "zod";
import { endSessions } from "../session/service.ts";
import { memberErrors, MemberRow } from "./contract.ts";
import type { ChangeRoles, LinkEmployee, ListMembers, MemberPage } from "./contract.ts";
import { inHouseOrder, refuseRoleChange } from "./rules.ts";

const columns = { id: true, name: true, email: true, status: true, roles: true, employeeId: true, lastSignInAt: true } as const;
type Columns = Prisma.MemberGetPayload<{ select: typeof columns }>;

const toRow = (member: Columns): MemberRow =>
  MemberRow.parse({ ...member, lastSignInAt: member.lastSignInAt?.toISOString() ?? null });

/** The people who can sign in, in the order of their addresses. */
export async function listMembers(ctx: Ctx, { limit, after, search }: ListMembers): Promise<MemberPage> {
  // `contains` is a LIKE: without this a `_` of an address would stand for any character.
  const text = search?.toLowerCase().replaceAll(/[\\%_]/g, "\\$&") ?? "";
  const { id: tenantId } = ctx.tenant;
  const found: Prisma.MemberWhereInput =
    text === "" ? { tenantId } : { tenantId, OR: [{ emailLower: { contains: text } }, { name: { contains: text, mode: "insensitive" } }] };
  const [last] = decodeCursor(after ?? "") ?? [];
  const beyond: Prisma.MemberWhereInput = typeof last === "string" ? { emailLower: { gt: last } } : {};
  const total = await ctx.db.member.count({ where: found });
  const members = await ctx.db.member.findMany({ where: { AND: [found, beyond] }, orderBy: { emailLower: "asc" }, take: limit + 1, select: columns });
  const { page, next } = pageOf(members, limit, ({ email }) => [email.toLowerCase()]);
  return { rows: page.map(toRow), total, next };
}

/** Gives a member these roles and no others. Throws `member/not-found`, `member/role-beyond-own`, `member/last-owner`. */
export async function changeRoles(ctx: Ctx, { memberId, roles }: ChangeRoles): Promise<MemberRow> {
  const member = await loadMember(ctx, memberId);
  // Locked, so that of two owners who demote each other at the same moment one sees what the other did.
  const owners = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM member WHERE tenant_id = ${ctx.tenant.id} AND 'owner' = ANY (roles) AND status = 'active' ORDER BY id FOR UPDATE`;
  const otherOwners = owners.filter(({ id }) => id !== memberId).length;
  const known = await grantsByRole(ctx, [...member.roles, ...roles]);
  const refused = refuseRoleChange({ before: member.roles, after: roles, known, own: ctx.actor.grants, otherOwners });
  if (refused) throw refusal(memberErrors, refused, { field: "roles" });
  await endSessions(ctx, memberId, "roles-changed", memberId === ctx.actor.memberId ? { except: ctx.session?.id } : {});
  return saveMember(ctx, member, { roles: [...inHouseOrder(roles)] }, "member.change-roles");
}

const storedGrants = z.record(z.string(), z.string());

/** What each of these roles grants. The company's own are held as they are until the commit, so that none is removed meanwhile. */
export async function grantsByRole(ctx: Ctx, held: readonly string[]): Promise<ReadonlyMap<string, RoleGrants>> {
  const own = await ctx.db.$queryRaw<{ id: string; grants: unknown }[]>`
    SELECT id, grants FROM role WHERE tenant_id = ${ctx.tenant.id} AND id = ANY (${[...held]}::text[]) ORDER BY id FOR SHARE`;
  const builtIn = held.filter(isRole).map((name) => [name, roleGrants[name]] as const);
  return new Map<string, RoleGrants>([...builtIn, ...own.map(({ id, grants }) => [id, readGrants(storedGrants.parse(grants))] as const)]);
}

/** Says which employee a member is. Throws `member/not-found`, `member/employee-taken`, `member/employee-unknown`. */
export async function linkEmployee(ctx: Ctx, { memberId, employeeId }: LinkEmployee): Promise<MemberRow> {
  const member = await loadMember(ctx, memberId);
  try {
    return await saveMember(ctx, member, { employeeId }, "member.link-employee");
  } catch (error) {
    const fault = faultFrom(error)?.kind;
    if (fault === "unique") throw refusal(memberErrors, "member/employee-taken", { field: "employeeId" });
    if (fault === "reference") throw refusal(memberErrors, "member/employee-unknown", { field: "employeeId" });
    throw error;
  }
}

async function loadMember(ctx: Ctx, id: string): Promise<Columns> {
  const member = await ctx.db.member.findUnique({ where: { tenantId_id: { tenantId: ctx.tenant.id, id } }, select: columns });
  if (!member) throw refusal(memberErrors, "member/not-found");
  return member;
}

interface MemberChange {
  readonly roles?: ChangeRoles["roles"];
  readonly employeeId?: string | null;
}

async function saveMember(ctx: Ctx, before: Columns, change: MemberChange, action: `member.${string}`): Promise<MemberRow> {
  const saved = await ctx.db.member.update({
    where: { tenantId_id: { tenantId: ctx.tenant.id, id: before.id } },
    data: change,
    select: columns,
  });
  const told = ({ roles, employeeId }: Columns) => ({ roles, employeeId });
  ctx.audit({ action, entityId: before.id, before: told(before), after: told(saved) });
  return toRow(saved);
}
