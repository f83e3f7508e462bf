import { ownMemberId } from "@atrium/api";
import type { Ctx } from "@atrium/api";
import { refusal } from "@atrium/kernel";
import { asGuest } from "../guest.ts";
import type { GuestRequest } from "../guest.ts";
import { linkPurposes } from "../link/contract.ts";
import { prepareLink, spendLink, voidLinks } from "../link/service.ts";
import { memberErrors } from "../member/contract.ts";
import { refuseTaken } from "../member/service.ts";
import { requireTenant } from "../session/service.ts";
import type { ChangeEmail, ConfirmEmail, OpenedLink } from "./contract.ts";

/**
 * Begins to change the address that the caller signs in with. It stays the old one until somebody has opened the link that
 * goes to the new one; the old one is told. Throws `member/email-taken`.
 */
export async function askEmailChange(ctx: Ctx, { email }: ChangeEmail): Promise<void> {
  const memberId = ownMemberId(ctx);
  const key = { tenantId: ctx.tenant.id, emailLower: email.toLowerCase() };
  const holder = await ctx.db.member.findUnique({ where: { tenantId_emailLower: key }, select: { id: true } });
  // One's own once more in other letters is a change like any other.
  if (holder !== null && holder.id !== memberId) throw refusal(memberErrors, "member/email-taken", { field: "email" });
  await prepareLink(ctx, { memberId, purpose: "email-change", email });
  ctx.audit({ action: "member.ask-email-change", entityId: memberId, after: { email } });
}

/** Makes the address to which the link went the one that its member signs in with. Throws `link/over`, `member/email-taken`. */
export async function confirmEmail(request: GuestRequest, { secret }: ConfirmEmail): Promise<OpenedLink> {
  return asGuest(request, await requireTenant(request), async (ctx) => {
    const { memberId, email } = await spendLink(ctx, "email-change", secret);
    // What is on its way to the old mailbox is for whoever reads it, and that need not be this person any more.
    await voidLinks(ctx, memberId, linkPurposes);
    const key = { tenantId_id: { tenantId: ctx.tenant.id, id: memberId } };
    const before = await ctx.db.member.findUniqueOrThrow({ where: key, select: { name: true, email: true } });
    const after = email ?? before.email;
    await ctx.db.member.update({ where: key, data: { email: after, emailVerifiedAt: ctx.now }, select: { id: true } }).catch(refuseTaken);
    ctx.audit({ action: "member.change-email", entityId: memberId, before: { email: before.email }, after: { email: after } });
    return { name: before.name, email: after };
  });
}
