import type { Ctx } from "@atrium/api";
import { refusal } from "@atrium/kernel";
import { linkPurposes } from "../link/contract.ts";
import { prepareLink, voidLinks } from "../link/service.ts";
import { takeSeat } from "../plan/service.ts";
import { endSessions } from "../session/service.ts";
import { memberErrors } from "./contract.ts";
import type { MemberRef, MemberRow } from "./contract.ts";
import { assertWithinOwn, countOtherOwners, loadMember, saveMember } from "./record.ts";

/**
 * Takes a member's access away: their sessions end at once, and no link that is on its way opens. Throws `member/not-found`,
 * `member/is-self`, `member/beyond-own`, `member/last-owner`, `member/status-changed`.
 */
export async function deactivate(ctx: Ctx, { memberId }: MemberRef): Promise<MemberRow> {
  const otherOwners = await countOtherOwners(ctx, memberId);
  const member = await loadMember(ctx, memberId);
  if (memberId === ctx.actor.memberId) throw refusal(memberErrors, "member/is-self");
  if (member.status !== "active") throw refusal(memberErrors, "member/status-changed");
  await assertWithinOwn(ctx, member);
  if (member.roles.includes("owner") && otherOwners === 0) throw refusal(memberErrors, "member/last-owner");
  await endSessions(ctx, memberId, "deactivated");
  await voidLinks(ctx, memberId, linkPurposes);
  return saveMember(ctx, member, { status: "deactivated" }, "member.deactivate");
}

/**
 * Gives access back, with the roles that were held; who never came in is invited anew. Throws `member/not-found`,
 * `member/beyond-own`, `member/status-changed`, `member/no-seat-left`.
 */
export async function reactivate(ctx: Ctx, { memberId }: MemberRef): Promise<MemberRow> {
  const member = await loadMember(ctx, memberId);
  if (member.status !== "deactivated") throw refusal(memberErrors, "member/status-changed");
  await assertWithinOwn(ctx, member);
  await takeSeat(ctx);
  const hasNeverBeenIn = member.lastSignInAt === null && (await isWithoutPassword(ctx, memberId));
  if (hasNeverBeenIn) await prepareLink(ctx, { memberId, purpose: "invitation" });
  return saveMember(ctx, member, { status: hasNeverBeenIn ? "invited" : "active" }, "member.reactivate");
}

/** Asked of the database, so that no list of members carries what is kept of their passwords. */
async function isWithoutPassword({ db, tenant }: Ctx, id: string): Promise<boolean> {
  return (await db.member.count({ where: { tenantId: tenant.id, id, passwordHash: null } })) === 1;
}
