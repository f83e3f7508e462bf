import { loadTenant } from "@atrium/api";
import type { Ctx, Message } from "@atrium/api";
import { asGuest, findTenant } from "@atrium/identity";
import type { GuestRequest } from "@atrium/identity";
import { operatorRole, platformSlug } from "@atrium/kernel";
import { limitsInForce } from "../override/service.ts";
import { limitNearlyUsed } from "./contract.ts";
import type { AlertWindow, LimitNearlyUsed } from "./contract.ts";
import { alertLetter, allowedIn, hourOf } from "./rules.ts";

/** Has a company's administrators and the operators told that it is close to its limit. Throws `tenant_not_found`. */
export async function announceNearlyUsed(request: GuestRequest, tenantId: string, window: AlertWindow): Promise<void> {
  const { database, now } = request;
  const { tenant, limits } = await database.withTenant(tenantId, async (db) => ({ tenant: await loadTenant(db, tenantId), limits: await limitsInForce(db, tenantId, now) }));
  const index = hourOf(now);
  const news = { company: tenant.name, slug: tenant.slug, window, allowed: allowedIn(window, limits), index };
  const announce = async (ctx: Ctx): Promise<void> => ctx.emit(limitNearlyUsed, `${limitNearlyUsed.name}-${tenantId}-${window}-${String(index)}-${ctx.tenant.id}`, news);
  await asGuest(request, tenant, announce);
  const platform = await findTenant(database, platformSlug);
  if (platform !== undefined && platform.id !== tenantId) await asGuest(request, platform, announce);
}

/** Built-in roles whose members look after a company's plan, or after every company. */
const told = ["owner", "tenant-admin", operatorRole];

/** The members who are told, by their ids. */
export async function alertRecipients(ctx: Ctx): Promise<string[]> {
  const members = await ctx.db.member.findMany({ where: { tenantId: ctx.tenant.id, status: "active", roles: { hasSome: told } }, select: { id: true }, orderBy: { id: "asc" } });
  return members.map(({ id }) => id);
}

/** Where a page of a company stands. */
type ToPage = (slug: string, ...path: readonly string[]) => string;

/** The mail to one of them; undefined for somebody who is no active member any more. */
export async function alertNotice(ctx: Ctx, memberId: string, news: LimitNearlyUsed, toPage: ToPage): Promise<Message | undefined> {
  const member = await ctx.db.member.findUnique({ where: { tenantId_id: { tenantId: ctx.tenant.id, id: memberId } }, select: { name: true, email: true, status: true } });
  if (member?.status !== "active") return undefined;
  const isToOperator = ctx.tenant.slug === platformSlug;
  const page = isToOperator ? toPage(platformSlug, "companies", news.slug) : toPage(news.slug, "settings", "billing");
  const { subject, body } = alertLetter(news, page, isToOperator);
  return { key: `limit-${news.slug}-${news.window}-${String(news.index)}-${memberId}`, to: member.email, subject, text: `Dear ${member.name},\n\n${body}\n\nAtrium\n` };
}
