import type { Ctx } from "@atrium/api";
import { refusal } from "@atrium/kernel";
import { linkErrors, linkMinutes, linkPrepared } from "./contract.ts";
import type { LinkPurpose } from "./contract.ts";
import { hashOf, newSecret } from "./secret.ts";

export { emailChangeNotice, linkMail } from "./mails.ts";

/*
 * A link in a mail proves that whoever opens it reads that mailbox. Its secret stands behind the `#` of its address, which
 * no server, log or referrer sees; only a hash of it is kept, it opens once, and a newer one for the same purpose takes its
 * place.
 */

/** A link that opens. */
export interface OpenLink {
  readonly memberId: string;
  readonly email: string | null;
}

export interface NewLink {
  readonly memberId: string;
  readonly purpose: LinkPurpose;
  /** The address that an e-mail change leads to. */
  readonly email?: string;
}

/** Prepares a link and has it sent after the commit. Earlier ones for the same purpose no longer open. */
export async function prepareLink(ctx: Ctx, link: NewLink): Promise<void> {
  // Until it is sent it has a secret that nobody knows.
  const id = await writeLink(ctx, link, newSecret());
  ctx.emit(linkPrepared, `${linkPrepared.name}:${id}`, { linkId: id });
}

/** Prepares a link that is handed over instead of sent, and answers its secret. Earlier ones for the same purpose no longer open. */
export async function handOutLink(ctx: Ctx, link: NewLink): Promise<string> {
  const secret = newSecret();
  await writeLink(ctx, link, secret);
  return secret;
}

async function writeLink(ctx: Ctx, { memberId, purpose, email }: NewLink, secret: string): Promise<string> {
  const { tenant, now } = ctx;
  await voidLinks(ctx, memberId, [purpose]);
  const id = ctx.newId("lnk");
  const expiresAt = new Date(now.getTime() + linkMinutes[purpose] * 60_000);
  await ctx.db.memberToken.create({ data: { tenantId: tenant.id, id, memberId, purpose, email: email ?? null, tokenHash: hashOf(secret), createdAt: now, expiresAt } });
  return id;
}

/** Makes links of a member useless. */
export async function voidLinks({ db, tenant, now }: Ctx, memberId: string, purposes: readonly LinkPurpose[]): Promise<void> {
  await db.memberToken.updateMany({ where: { tenantId: tenant.id, memberId, purpose: { in: [...purposes] }, usedAt: null }, data: { usedAt: now } });
}

/** The link of this secret. Throws `link/over`. */
export async function findLink({ db, tenant, now }: Ctx, purpose: LinkPurpose, secret: string): Promise<OpenLink> {
  const link = await db.memberToken.findFirst({
    where: { tenantId: tenant.id, tokenHash: hashOf(secret), purpose, usedAt: null, expiresAt: { gt: now } },
    select: { memberId: true, email: true },
  });
  if (!link) throw refusal(linkErrors, "link/over");
  return link;
}

/** Uses the link up: of two at the same moment one gets it. Throws `link/over`. */
export async function spendLink({ db, tenant, now }: Ctx, purpose: LinkPurpose, secret: string): Promise<OpenLink> {
  const [link] = await db.$queryRaw<OpenLink[]>`
    UPDATE member_token SET used_at = ${now}
    WHERE tenant_id = ${tenant.id} AND token_hash = ${hashOf(secret)} AND purpose = ${purpose} AND used_at IS NULL AND expires_at > ${now}
    RETURNING member_id AS "memberId", email`;
  if (!link) throw refusal(linkErrors, "link/over");
  return link;
}
