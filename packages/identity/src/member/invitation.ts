import type { Ctx } from "@atrium/api";
import { refusal } from "@atrium/kernel";
import { prepareLink, voidLinks } from "../link/service.ts";
import { takeSeat } from "../plan/service.ts";
import { memberErrors } from "./contract.ts";
import type { InviteMember, MemberRef, MemberRow } from "./contract.ts";
import { inHouseOrder, refuseRoleChange } from "./rules.ts";
import { assertWithinOwn, createMember, grantsByRole, loadMember, saveMember } from "./record.ts";
import type { Columns } from "./record.ts";

/**
 * Makes somebody a member who has yet to accept, and sends them a link. Throws `member/email-taken`, `member/role-beyond-own`,
 * `member/role-unknown`, `member/employee-taken`, `member/employee-unknown`, `member/no-seat-left`.
 */
export async function invite(ctx: Ctx, { roles, ...person }: InviteMember): Promise<MemberRow> {
  const known = await grantsByRole(ctx, roles);
  const refused = refuseRoleChange({ before: [], after: roles, known, own: ctx.actor.grants, otherOwners: 0 });
  if (refused) throw refusal(memberErrors, refused, { field: "roles" });
  await takeSeat(ctx);
  const row = await createMember(ctx, { ...person, roles: [...inHouseOrder(roles)], status: "invited" }, "member.invite");
  await prepareLink(ctx, { memberId: row.id, purpose: "invitation" });
  return row;
}

/** Sends the link once more; the earlier one no longer opens. Throws `member/not-found`, `member/status-changed`. */
export async function resendInvitation(ctx: Ctx, { memberId }: MemberRef): Promise<void> {
  await loadInvited(ctx, memberId);
  await prepareLink(ctx, { memberId, purpose: "invitation" });
  ctx.audit({ action: "member.resend-invitation", entityId: memberId });
}

/** Takes an invitation back: its link no longer opens. Throws `member/not-found`, `member/status-changed`, `member/beyond-own`. */
export async function withdrawInvitation(ctx: Ctx, { memberId }: MemberRef): Promise<MemberRow> {
  const member = await loadInvited(ctx, memberId);
  await assertWithinOwn(ctx, member);
  await voidLinks(ctx, memberId, ["invitation"]);
  return saveMember(ctx, member, { status: "deactivated" }, "member.withdraw-invitation");
}

async function loadInvited(ctx: Ctx, memberId: string): Promise<Columns> {
  const member = await loadMember(ctx, memberId);
  if (member.status !== "invited") throw refusal(memberErrors, "member/status-changed");
  return member;
}
