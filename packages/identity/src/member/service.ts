import type { Ctx } from "@atrium/api";
import type { Prisma } from "@atrium/db";
import { decodeCursor, literalInLike, pageOf, refusal } from "@atrium/kernel";
import { endSessions } from "../session/service.ts";
import { memberErrors } from "./contract.ts";
import type { ChangeRoles, LinkEmployee, ListMembers, MemberPage, MemberRow } from "./contract.ts";
import { columns, countOtherOwners, grantsByRole, loadMember, refuseTaken, saveMember, toRow } from "./record.ts";
import { inHouseOrder, refuseLink, refuseRoleChange } from "./rules.ts";

export { deactivate, reactivate } from "./access.ts";
export { invite, resendInvitation, withdrawInvitation } from "./invitation.ts";
export { grantsByRole, refuseTaken } from "./record.ts";

/** The people who can sign in, in the order of their addresses. */
export async function listMembers(ctx: Ctx, { limit, after, search }: ListMembers): Promise<MemberPage> {
  // `contains` is a LIKE: without this a `_` of an address would stand for any character.
  const text = literalInLike(search?.toLowerCase() ?? "");
  const { id: tenantId } = ctx.tenant;
  const found: Prisma.MemberWhereInput =
    text === "" ? { tenantId } : { tenantId, OR: [{ emailLower: { contains: text } }, { name: { contains: text, mode: "insensitive" } }] };
  const [last] = decodeCursor(after ?? "") ?? [];
  const further: Prisma.MemberWhereInput = typeof last === "string" ? { emailLower: { gt: last } } : {};
  const total = await ctx.db.member.count({ where: found });
  const members = await ctx.db.member.findMany({ where: { AND: [found, further] }, orderBy: { emailLower: "asc" }, take: limit + 1, select: columns });
  const { page, next } = pageOf(members, limit, ({ email }) => [email.toLowerCase()]);
  return { rows: page.map(toRow), total, next };
}

/** Gives a member these roles and no others. Throws `member/not-found`, `member/role-beyond-own`, `member/last-owner`. */
export async function changeRoles(ctx: Ctx, { memberId, roles }: ChangeRoles): Promise<MemberRow> {
  // The owners are held first: what the member was made meanwhile by somebody else is read after that.
  const otherOwners = await countOtherOwners(ctx, memberId);
  const member = await loadMember(ctx, memberId);
  const known = await grantsByRole(ctx, [...member.roles, ...roles]);
  const refused = refuseRoleChange({ before: member.roles, after: roles, known, own: ctx.actor.grants, otherOwners });
  if (refused) throw refusal(memberErrors, refused, { field: "roles" });
  await endSessions(ctx, memberId, "roles-changed", memberId === ctx.actor.memberId ? { except: ctx.session?.id } : {});
  return saveMember(ctx, member, { roles: [...inHouseOrder(roles)] }, "member.change-roles");
}

/** Says which employee a member is. Throws `member/not-found`, `member/employee-taken`, `member/employee-unknown`, `member/link-is-self`, `member/link-held`. */
export async function linkEmployee(ctx: Ctx, { memberId, employeeId }: LinkEmployee): Promise<MemberRow> {
  const member = await loadMember(ctx, memberId);
  const refused = refuseLink({ isSelf: memberId === ctx.actor.memberId, before: member.employeeId, after: employeeId, own: ctx.actor.grants });
  if (refused) throw refusal(memberErrors, refused);
  return saveMember(ctx, member, { employeeId }, "member.link-employee").catch(refuseTaken);
}
