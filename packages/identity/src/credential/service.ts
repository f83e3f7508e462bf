import { ownMemberId } from "@atrium/api";
import type { Ctx, Message, RequestContext, Transact } from "@atrium/api";
import { refusal } from "@atrium/kernel";
import { assertMayTry, forgetFailures } from "../delay/service.ts";
import type { Try } from "../delay/service.ts";
import { asGuest } from "../guest.ts";
import type { GuestRequest } from "../guest.ts";
import { hashPassword, isOutdated } from "../password.ts";
import { linkPurposes } from "../link/contract.ts";
import { findLink, prepareLink, spendLink, voidLinks } from "../link/service.ts";
import { endSessions, requireTenant } from "../session/service.ts";
import type { DirectoryEntry } from "../session/service.ts";
import { isBreached } from "./breached.ts";
import { credentialErrors, passwordChanged, resetAsked } from "./contract.ts";
import type { AskReset, ChangePassword, ChoosePassword, OpenedLink, OpenLink } from "./contract.ts";
import { holderColumns, requireHolder, standing } from "./holder.ts";
import type { Holder } from "./holder.ts";
import { refusePassword } from "./rules.ts";

export { askEmailChange, confirmEmail } from "./email.ts";

/**
 * Has a link sent to somebody who forgot their password. The answer and its time are the same whether anybody has the
 * address: what follows from it happens in a job. Throws `tenant_not_found`, `session/too-many-tries`.
 */
export async function askReset(request: GuestRequest, { email }: AskReset): Promise<void> {
  const tenant = await requireTenant(request);
  // Never taken back: so many mails an account is sent, whoever asks for them.
  await assertMayTry(request, tenant.id, resetOf(email));
  await asGuest(request, tenant, async (ctx) => {
    const member = await ctx.db.member.findUnique({ where: { tenantId_emailLower: { tenantId: tenant.id, emailLower: email.toLowerCase() } }, select: { id: true } });
    ctx.emit(resetAsked, `${resetAsked.name}:${ctx.newId("ask")}`, { memberId: member?.id ?? null });
  });
}

const resetOf = (account: string): Try => ({ act: "reset", account });

/** However many addresses ask, a mailbox is not flooded. */
const linksAnHour = 5;

/** Sends whoever asked for it a link; to somebody who has yet to accept their invitation, that once more. Answers whether it did. */
export async function answerReset(ctx: Ctx, { memberId }: { readonly memberId: string | null }): Promise<boolean> {
  const { db, tenant, now } = ctx;
  if (memberId === null) return false;
  const member = await db.member.findUnique({ where: { tenantId_id: { tenantId: tenant.id, id: memberId } }, select: holderColumns });
  const purpose = member?.status === "active" ? "password-reset" : "invitation";
  if (!member || member.status !== standing[purpose]) return false;
  const anHourAgo = new Date(now.getTime() - 3_600_000);
  if ((await db.memberToken.count({ where: { tenantId: tenant.id, memberId, createdAt: { gt: anHourAgo } } })) >= linksAnHour) return false;
  await prepareLink(ctx, { memberId, purpose });
  ctx.audit({ action: "member.ask-reset", entityId: memberId, after: { link: purpose } });
  return true;
}

/** Says whom a link is for, without using it up. Throws `tenant_not_found`, `link/over`. */
export async function openLink(request: GuestRequest, { purpose, secret }: OpenLink): Promise<OpenedLink> {
  const tenant = await requireTenant(request);
  return asGuest(request, tenant, async (ctx) => {
    const link = await findLink(ctx, purpose, secret);
    const { name, email } = await requireHolder(ctx, link.memberId, purpose);
    return { name, email: link.email ?? email };
  });
}

/** Chooses a new password by a link. All sessions end; the second factor stays as it is. Throws `link/over` and the codes of the password's rules. */
export async function resetPassword(request: GuestRequest, { secret, password }: ChoosePassword): Promise<OpenedLink> {
  return choosePassword(request, { secret, password, purpose: "password-reset" }, async (ctx, { id: memberId }) => {
    await endSessions(ctx, memberId, "password-changed");
    ctx.audit({ action: "member.reset-password", entityId: memberId });
    tellPasswordChanged(ctx, memberId);
  });
}

/** Accepts an invitation with a first password. Throws `link/over` and the codes of the password's rules. */
export async function acceptInvitation(request: GuestRequest, { secret, password }: ChoosePassword): Promise<OpenedLink> {
  return choosePassword(request, { secret, password, purpose: "invitation" }, async (ctx, { id: memberId }) => {
    ctx.audit({ action: "member.accept", entityId: memberId, before: { status: "invited" }, after: { status: "active" } });
  });
}

interface Choice extends ChoosePassword {
  readonly purpose: "invitation" | "password-reset";
}

/** The hash is made between two transactions: it takes a tenth of a second of one processor. */
async function choosePassword(request: GuestRequest, { secret, password, purpose }: Choice, done: (ctx: Ctx, holder: Holder) => Promise<void>): Promise<OpenedLink> {
  const tenant = await requireTenant(request);
  const known = await asGuest(request, tenant, async (ctx) => requireHolder(ctx, (await findLink(ctx, purpose, secret)).memberId, purpose));
  assertGood(tenant, known, password);
  const passwordHash = await hashPassword(password);
  const holder = await asGuest(
    request,
    tenant,
    async (ctx) => {
      const { memberId } = await spendLink(ctx, purpose, secret);
      const found = await requireHolder(ctx, memberId, purpose);
      await voidLinks(ctx, memberId, linkPurposes);
      // Whoever opened the link reads the mailbox of this address.
      await ctx.db.member.update({
        where: { tenantId_id: { tenantId: tenant.id, id: memberId } },
        data: { passwordHash, passwordChangedAt: ctx.now, emailVerifiedAt: ctx.now, status: "active" },
        select: { id: true },
      });
      await done(ctx, found);
      return found;
    },
    { kind: "member", memberId: known.id, name: known.name },
  );
  await forgetFailures(request, tenant.id, resetOf(holder.email));
  await forgetFailures(request, tenant.id, { act: "password", account: holder.email });
  return { name: holder.name, email: holder.email };
}

/** Gives the caller a new password. Their other sessions end, and links that were on their way no longer open. Throws the codes of the password's rules. */
export async function changePassword(transact: Transact, { password }: ChangePassword): Promise<void> {
  await transact(async (ctx) => assertGood(ctx.tenant, await requireHolder(ctx, ownMemberId(ctx), "password-reset"), password));
  const passwordHash = await hashPassword(password);
  await transact(async (ctx) => {
    const memberId = ownMemberId(ctx);
    await ctx.db.member.update({
      where: { tenantId_id: { tenantId: ctx.tenant.id, id: memberId } },
      data: { passwordHash, passwordChangedAt: ctx.now },
      select: { id: true },
    });
    await voidLinks(ctx, memberId, linkPurposes);
    await endSessions(ctx, memberId, "password-changed", { except: ctx.session?.id });
    ctx.audit({ action: "member.change-password", entityId: memberId });
    tellPasswordChanged(ctx, memberId);
  });
}

/** A password that somebody has just proved, and what is kept of it. */
export interface ProvedPassword {
  readonly tenantId: string;
  readonly memberId: string;
  readonly kept: string;
  readonly password: string;
}

/** Hashes a password anew when it was kept at another cost than today's: this moment is the only one at which it is known. */
export async function renewHash({ database }: Pick<RequestContext, "database">, { tenantId, memberId, kept, password }: ProvedPassword): Promise<void> {
  if (!isOutdated(kept)) return;
  const passwordHash = await hashPassword(password);
  // Unless it became another one meanwhile.
  await database.withTenant(tenantId, (db) => db.member.updateMany({ where: { tenantId, id: memberId, passwordHash: kept }, data: { passwordHash } }));
}

function tellPasswordChanged(ctx: Ctx, memberId: string): void {
  ctx.emit(passwordChanged, `${passwordChanged.name}:${ctx.newId("chg")}`, { memberId });
}

/** Throws why this may not be the password of such a person at such a company. */
export function assertGood({ slug, name }: Pick<DirectoryEntry, "slug" | "name">, holder: Pick<Holder, "name" | "email">, password: string): void {
  const refused = refusePassword(password, { name: holder.name, email: holder.email, companySlug: slug, companyName: name }, isBreached);
  if (refused) throw refusal(credentialErrors, refused, { field: "password" });
}

/** What tells a member that their password is another one now; undefined when they are no member any more. */
export async function passwordChangedNotice(ctx: Ctx, memberId: string, key: string): Promise<Message | undefined> {
  const member = await ctx.db.member.findUnique({ where: { tenantId_id: { tenantId: ctx.tenant.id, id: memberId } }, select: { name: true, email: true, status: true } });
  if (member?.status !== "active") return undefined;
  const { name: company } = ctx.tenant;
  const body = `Your password for ${company} was changed, and wherever else you were signed in you are signed out.\n\nIf it was not you, choose a new one on the sign-in page (“Forgotten your password?”) and tell whoever looks after Atrium at ${company}.`;
  return { key, to: member.email, subject: `Your password for ${company} was changed`, text: `Dear ${member.name},\n\n${body}\n\n${company}\n` };
}
