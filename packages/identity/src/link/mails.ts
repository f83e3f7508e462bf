import type { Ctx, Message } from "@atrium/api";
import type { LinkPurpose } from "./contract.ts";
import { armLink } from "./secret.ts";

/** Where a page of a company stands: `toPage("acme", "reset")`. */
export type ToPage = (slug: string, ...path: readonly string[]) => string;

interface Letter {
  readonly page: string;
  readonly subject: (company: string) => string;
  readonly body: (company: string, address: string) => string;
}

const letters: Readonly<Record<LinkPurpose, Letter>> = {
  invitation: {
    page: "invitation",
    subject: (company) => `${company} invites you to Atrium`,
    body: (company, address) =>
      `${company} keeps its people and their pay in Atrium, and has made you an account there. Choose a password to come in:\n${address}\n\nThe link opens for seven days and once.`,
  },
  "password-reset": {
    page: "reset",
    subject: (company) => `Choose a new password for ${company}`,
    body: (company, address) =>
      `Somebody has asked for a new password for your account at ${company}. If that was you, choose it here:\n${address}\n\nThe link opens for 30 minutes and once. If it was not you, do nothing: your password stays as it is.`,
  },
  "email-change": {
    page: "confirm-email",
    subject: (company) => `Confirm your new address for ${company}`,
    body: (company, address) => `From now on you want to sign in to ${company} with this address. Confirm it here:\n${address}\n\nThe link opens for an hour and once. If it was not you, do nothing.`,
  },
};

const linkColumns = {
  id: true, purpose: true, email: true, usedAt: true, expiresAt: true,
  member: { select: { name: true, email: true } },
} as const;

const letterTo = ({ name }: { readonly name: string }, body: string, company: string): string => `Dear ${name},\n\n${body}\n\n${company}\n`;

/**
 * The mail that carries a link, with a secret made for it this moment; undefined when the link does not open any more. Each
 * call makes another, and the last one opens. What this answers goes to the mail server and nowhere else.
 */
export async function linkMail(ctx: Ctx, linkId: string, toPage: ToPage): Promise<Message | undefined> {
  const link = await ctx.db.memberToken.findUnique({ where: { tenantId_id: { tenantId: ctx.tenant.id, id: linkId } }, select: linkColumns });
  const secret = link ? await armLink(ctx, linkId) : undefined;
  if (!link || secret === undefined) return undefined;
  const { slug, name: company } = ctx.tenant;
  const { page, subject, body } = letters[purposeOf(link)];
  const text = letterTo(link.member, body(company, `${toPage(slug, page)}#${secret}`), company);
  return { key: link.id, to: link.email ?? link.member.email, subject: subject(company), text };
}

/** What tells the old address that another shall take its place; undefined for a link of another kind, or one that is over. */
export async function emailChangeNotice(ctx: Ctx, linkId: string): Promise<Message | undefined> {
  const link = await ctx.db.memberToken.findUnique({ where: { tenantId_id: { tenantId: ctx.tenant.id, id: linkId } }, select: linkColumns });
  if (!link || link.email === null || link.usedAt !== null) return undefined;
  const { name: company } = ctx.tenant;
  const body = `Your address for ${company} is about to become ${link.email}. It does once that address is confirmed.\n\nIf it was not you who asked for this, change your password now and tell whoever looks after Atrium at ${company}.`;
  return { key: `${link.id}-notice`, to: link.member.email, subject: `Your address for ${company} is about to change`, text: letterTo(link.member, body, company) };
}

const purposeOf = ({ purpose }: { readonly purpose: string }): LinkPurpose => (purpose === "invitation" || purpose === "password-reset" ? purpose : "email-change");
