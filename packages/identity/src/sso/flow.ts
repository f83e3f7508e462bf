/*
 * The way of a person through a provider and back. `askProvider` sends them there; `takeAnswer` decides what the answer is
 * worth. Who somebody is to us hangs on the provider and its subject, never on an address.
 */
import { createHash } from "node:crypto";
import { enter, openAlways } from "@atrium/api";
import type { Ctx, RequestContext, SessionClaims } from "@atrium/api";
import { faultFrom } from "@atrium/db";
import { AppError, refusal } from "@atrium/kernel";
import { hasProvedDomain } from "../domain/service.ts";
import { asGuest } from "../guest.ts";
import { grantsByRole } from "../member/service.ts";
import { takeSeat } from "../plan/service.ts";
import { confirmSession, openSession } from "../session/service.ts";
import type { DirectoryEntry } from "../session/service.ts";
import { ssoErrors } from "./contract.ts";
import type { SsoQuestion, StartSso } from "./contract.ts";
import { addressOf, newSecrets, reach, redeem, redirectUriOf } from "./provider.ts";
import type { SsoSettings } from "./provider.ts";
import { domainOf, refuseJoining } from "./rules.ts";
import type { Identity } from "./rules.ts";
import { loadProvider } from "./service.ts";

/** So long a person has at the provider. */
export const questionMinutes = 10;

/**
 * Begins a sign-in, a step-up or a link. Answers where the person goes, and the question their browser has to keep until
 * they come back. Throws `sso/connection-not-found`, what `reach` throws, and for a link `session/step-up-required`.
 *
 * @param next a path of the company's own
 */
export async function askProvider(request: RequestContext, tenant: DirectoryEntry, start: StartSso & { readonly next: string }, settings: SsoSettings): Promise<{ readonly url: URL; readonly question: SsoQuestion }> {
  const { purpose, next } = start;
  if (tenant.status !== "active") throw new AppError("tenant_suspended", "forbidden");
  const load = async (ctx: Ctx) => {
    const connectionId = start.connectionId ?? (await ownConnection(ctx));
    return { connectionId, provider: await loadProvider(ctx, connectionId), sessionId: ctx.session?.id ?? null };
  };
  // What gives somebody a way in for good asks for a fresh proof, as a new password does.
  const { connectionId, provider, sessionId } = purpose === "sign-in" ? await asGuest(request, tenant, load) : await enter(request, "home:read", { ...openAlways, stepUp: purpose === "link" }, load);
  const reached = await reach(provider, settings).catch((error: unknown) => {
    // What the company set up is none of the business of who signs in.
    throw refusal(ssoErrors, "sso/provider-failed", { cause: error });
  });
  const question = { connectionId, purpose, next, sessionId, ...newSecrets() };
  return { url: await addressOf(reached, question, redirectUriOf(settings, tenant.slug)), question };
}

/** The provider that the caller came in by last. Throws `sso/connection-not-found`. */
async function ownConnection({ db, tenant, actor }: Ctx): Promise<string> {
  const found = await db.ssoIdentity.findFirst({
    where: { tenantId: tenant.id, memberId: actor.memberId ?? "", connection: { isEnabled: true } },
    orderBy: { lastUsedAt: { sort: "desc", nulls: "last" } },
    select: { connectionId: true },
  });
  if (!found) throw refusal(ssoErrors, "sso/connection-not-found");
  return found.connectionId;
}

export type SsoOutcome = { readonly kind: "signed-in"; readonly claims: SessionClaims } | { readonly kind: "stepped-up" } | { readonly kind: "linked" };

/** Takes the provider's answer to a question, once. Throws the refusals of `ssoErrors`, `member/no-seat-left` for whoever would join by it, those of `openSession`, and those of the door. */
export async function takeAnswer(request: RequestContext, tenant: DirectoryEntry, question: SsoQuestion | undefined, answer: URLSearchParams, settings: SsoSettings): Promise<SsoOutcome> {
  if (tenant.status !== "active") throw new AppError("tenant_suspended", "forbidden");
  if (!question || answer.get("state") !== question.state) throw refusal(ssoErrors, "sso/answer-stale");
  const provider = await asGuest(request, tenant, async (ctx) => {
    await spendState(ctx, question.state);
    return loadProvider(ctx, question.connectionId);
  });
  if (answer.get("error") === "access_denied") throw refusal(ssoErrors, "sso/denied");
  const reached = await reach(provider, settings).catch((error: unknown) => {
    throw refusal(ssoErrors, "sso/provider-failed", { cause: error });
  });
  const identity = await redeem(reached, question, answer, redirectUriOf(settings, tenant.slug));
  switch (question.purpose) {
    case "sign-in": {
      const memberId = await asGuest(request, tenant, (ctx) => memberFor(ctx, question.connectionId, identity));
      return { kind: "signed-in", claims: await openSession(request, tenant, { memberId, method: "sso", isStrong: true }) };
    }
    case "step-up":
      await enter(request, "home:read", openAlways, (ctx) => confirmBy(ctx, question, identity));
      return { kind: "stepped-up" };
    case "link":
      await enter(request, "home:read", openAlways, (ctx) => link(ctx, question, identity));
      return { kind: "linked" };
  }
}

/** Each answer counts once, whoever has a copy of it. Throws `sso/answer-used`. */
async function spendState({ db, tenant, now }: Ctx, state: string): Promise<void> {
  await db.ssoAnswer.deleteMany({ where: { tenantId: tenant.id, expiresAt: { lte: now } } });
  const stateHash = createHash("sha256").update(state).digest("hex");
  // Longer than the question holds, so that no clock's inexactness opens a gap.
  const expiresAt = new Date(now.getTime() + 2 * questionMinutes * 60_000);
  const { count } = await db.ssoAnswer.createMany({ data: [{ tenantId: tenant.id, stateHash, expiresAt }], skipDuplicates: true });
  if (count === 0) throw refusal(ssoErrors, "sso/answer-used");
}

/** The member that somebody at the provider is, who may become one by it. */
async function memberFor(ctx: Ctx, connectionId: string, identity: Identity): Promise<string> {
  const key = { tenantId: ctx.tenant.id, connectionId, subject: identity.subject };
  const known = await ctx.db.ssoIdentity.findUnique({ where: { tenantId_connectionId_subject: key }, select: { member: { select: { id: true, status: true } } } });
  if (!known) return join(ctx, connectionId, identity);
  if (known.member.status !== "active") throw refusal(ssoErrors, "sso/member-inactive");
  await ctx.db.ssoIdentity.update({ where: { tenantId_connectionId_subject: key }, data: { lastUsedAt: ctx.now }, select: { subject: true } });
  return known.member.id;
}

async function join(ctx: Ctx, connectionId: string, identity: Identity): Promise<string> {
  const { db, tenant, now } = ctx;
  const { joinsByDomain, defaultRoles } = await db.ssoConnection.findUniqueOrThrow({ where: { tenantId_id: { tenantId: tenant.id, id: connectionId } }, select: { joinsByDomain: true, defaultRoles: true } });
  const { email = "", name } = identity;
  const isAddressTaken = (await db.member.count({ where: { tenantId: tenant.id, emailLower: email.toLowerCase() } })) > 0;
  const refused = refuseJoining({ joinsByDomain, identity, isDomainProved: await hasProvedDomain(ctx, domainOf(email)), isAddressTaken });
  if (refused) throw refusal(ssoErrors, refused);
  // A role of the company's own may be gone by now; what is left is what they get.
  const known = await grantsByRole(ctx, defaultRoles);
  const roles = defaultRoles.filter((role) => known.has(role));
  if (roles.length === 0) throw refusal(ssoErrors, "sso/not-linked");
  await takeSeat(ctx);
  const id = ctx.newId("mem");
  await db.member.create({ data: { tenantId: tenant.id, id, email, name: name ?? email.slice(0, email.lastIndexOf("@")), status: "active", roles, createdAt: now, emailVerifiedAt: now } });
  await db.ssoIdentity.create({ data: { tenantId: tenant.id, connectionId, subject: identity.subject, memberId: id, createdAt: now, lastUsedAt: now } });
  ctx.audit({ action: "member.join", entityId: id, after: { email, roles, connectionId } });
  return id;
}

/** Throws `sso/answer-stale` when the answer comes to another session than the one that asked. */
function assertOwnSession(ctx: Ctx, { sessionId }: SsoQuestion): string {
  if (ctx.actor.memberId === undefined || ctx.session?.id !== sessionId) throw refusal(ssoErrors, "sso/answer-stale");
  return ctx.actor.memberId;
}

async function confirmBy(ctx: Ctx, question: SsoQuestion, { subject }: Identity): Promise<void> {
  const memberId = assertOwnSession(ctx, question);
  const key = { tenantId: ctx.tenant.id, connectionId: question.connectionId, subject };
  const { count } = await ctx.db.ssoIdentity.updateMany({ where: { ...key, memberId }, data: { lastUsedAt: ctx.now } });
  if (count === 0) throw refusal(ssoErrors, "sso/other-person");
  await confirmSession(ctx, { isStrong: true });
  ctx.audit({ action: "session.step-up", entityId: question.sessionId ?? "", after: { method: "sso" } });
}

async function link(ctx: Ctx, question: SsoQuestion, { subject }: Identity): Promise<void> {
  const memberId = assertOwnSession(ctx, question);
  const { connectionId } = question;
  try {
    await ctx.db.ssoIdentity.create({ data: { tenantId: ctx.tenant.id, connectionId, subject, memberId, createdAt: ctx.now } });
  } catch (error) {
    // Whoever it is linked to, it is not said: perhaps to the caller themselves.
    if (faultFrom(error)?.kind === "unique") throw refusal(ssoErrors, "sso/identity-taken");
    throw error;
  }
  ctx.audit({ action: "member.link-sso", entityId: memberId, after: { connectionId } });
}
