import type { Ctx, EndedSession, SessionClaims } from "@atrium/api";
import type { Database } from "@atrium/db";
import { AppError, refusal } from "@atrium/kernel";
import { asGuest } from "../guest.ts";
import type { GuestRequest } from "../guest.ts";
import { sessionErrors } from "./contract.ts";
import type { Me } from "./contract.ts";

/** A company as the directory knows it, before anyone has signed in. */
export interface DirectoryEntry {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly timeZone: string;
  readonly status: string;
  readonly kind: string;
  /** How long a session lasts at most, in minutes. */
  readonly sessionMaxMinutes: number;
  readonly requiresSso: boolean;
}

/** The company behind the address name in a path; undefined when there is none, or none any more. Reads as the system role. */
export async function findTenant(database: Database, slug: string): Promise<DirectoryEntry | undefined> {
  const rows = await database.withSystem(
    (db) => db.$queryRaw<DirectoryEntry[]>`
      SELECT id, slug, name, time_zone AS "timeZone", status, kind, session_max_minutes AS "sessionMaxMinutes", requires_sso AS "requiresSso"
      FROM tenant WHERE slug = ${slug} AND status <> 'deleted'`,
  );
  return rows[0];
}

/** The company in the path. Throws `tenant_not_found`. */
export async function requireTenant({ database, claimedSlug }: Pick<GuestRequest, "database" | "claimedSlug">): Promise<DirectoryEntry> {
  const tenant = await findTenant(database, claimedSlug);
  if (!tenant) throw new AppError("tenant_not_found", "not-found");
  return tenant;
}

/** How somebody proved who they are. */
export interface Proof {
  readonly memberId: string;
  readonly method: "password" | "passkey" | "sso";
  /** Whether a second factor, or a provider that answers for one, was part of it. */
  readonly isStrong: boolean;
  /** Throws when the proof is over by now. Asked while the member is held, so that nothing changes between this and the session. */
  readonly assertHolds?: (ctx: Ctx) => Promise<void>;
}

/** Begins a session for somebody who has proved who they are. Throws `tenant_suspended`, `session/ended` for somebody who is no member any more, `session/sso-required`, and what `assertHolds` throws. */
export async function openSession(request: GuestRequest, tenant: DirectoryEntry, { memberId, method, isStrong, assertHolds }: Proof): Promise<SessionClaims> {
  if (tenant.status !== "active") throw new AppError("tenant_suspended", "forbidden");
  const { now, address, userAgent } = request;
  const key = { tenantId_id: { tenantId: tenant.id, id: memberId } };
  return asGuest(
    request,
    tenant,
    async (ctx) => {
      const { name, status, roles, sessionEpoch: epoch } = await ctx.db.member.update({ where: key, data: { lastSignInAt: now }, select: { name: true, status: true, roles: true, sessionEpoch: true } });
      if (status !== "active") throw new AppError("session/ended", "unauthenticated");
      await assertHolds?.(ctx);
      // An owner with a second factor comes in past the provider: somebody must, on the day it is down.
      const isBreakGlass = isStrong && roles.includes("owner");
      if (tenant.requiresSso && method !== "sso" && !isBreakGlass) throw refusal(sessionErrors, "session/sso-required");
      const sessionId = ctx.newId("ses");
      await ctx.db.session.create({
        data: {
          tenantId: tenant.id, id: sessionId, memberId, method, isStrong, startedAt: now, lastSeenAt: now, verifiedAt: now,
          expiresAt: new Date(now.getTime() + tenant.sessionMaxMinutes * 60_000), address, userAgent,
        },
      });
      ctx.audit({ action: "session.start", entityId: sessionId, after: { memberId, name, method, isStrong } });
      return { sessionId, tenantId: tenant.id, tenantSlug: tenant.slug, epoch, userId: memberId };
    },
    { kind: "member", memberId },
  );
}

/** Notes that the caller has just proved once more who they are, and whether a second factor was part of it. */
export async function confirmSession({ db, tenant, session, now }: Ctx, { isStrong }: Pick<Proof, "isStrong">): Promise<void> {
  if (!session) return;
  await db.session.update({
    where: { tenantId_id: { tenantId: tenant.id, id: session.id } },
    data: { verifiedAt: now, ...(isStrong && { isStrong }) },
  });
}

/** A look of one of our operators, by a support grant that runs until `expiresAt`. */
interface Look {
  readonly grantId: string;
  readonly operatorName: string;
  readonly expiresAt: Date;
}

/** Begins the session of a look, which ends with its grant. Answers its id. */
export async function openSupportSession(ctx: Ctx, { grantId, operatorName, expiresAt }: Look): Promise<string> {
  const { tenant, now, origin } = ctx;
  const id = ctx.newId("ses");
  await ctx.db.session.create({
    data: {
      tenantId: tenant.id, id, supportGrantId: grantId, method: "support", isStrong: true, startedAt: now, lastSeenAt: now, expiresAt,
      // Proof of nothing that could be stepped up: what asks for one stays shut.
      verifiedAt: new Date(0), address: origin?.address ?? "", userAgent: origin?.userAgent ?? "",
    },
  });
  ctx.audit({ action: "session.start", entityId: id, after: { supportGrantId: grantId, operatorName, method: "support" } });
  return id;
}

export type SessionEnd = "signed-out" | "signed-out-elsewhere" | "password-changed" | "mfa-changed" | "roles-changed" | "deactivated" | "support-ended" | "company-deleted";

export interface WhichSessions {
  /** One that goes on. */
  readonly except?: string | undefined;
  /** This one and no other. */
  readonly only?: string;
}

/**
 * Ends a member's sessions: all, all but one, or one. Their next call is refused. With all of them every token that was
 * ever given out is void as well, whatever becomes of the rows.
 */
export async function endSessions(ctx: Ctx, memberId: string, because: SessionEnd, { except, only }: WhichSessions = {}): Promise<number> {
  const ended = await ctx.db.$queryRaw<EndedSession[]>`
    UPDATE session SET ended_at = ${ctx.now}, ended_because = ${because}
    WHERE tenant_id = ${ctx.tenant.id} AND member_id = ${memberId} AND ended_at IS NULL AND id <> ${except ?? ""} AND (${only ?? ""} = '' OR id = ${only ?? ""})
    RETURNING id, expires_at AS "expiresAt"`;
  if (except === undefined && only === undefined) {
    await ctx.db.member.update({
      where: { tenantId_id: { tenantId: ctx.tenant.id, id: memberId } },
      data: { sessionEpoch: { increment: 1 } },
      select: { id: true },
    });
  }
  ctx.audit(...ended.map(({ id }) => ({ action: "session.end", entityId: id, after: { memberId, because } }) as const));
  ctx.sessionsEnded(ended);
  return ended.length;
}

/** Ends the sessions that lean on a support grant, or one of them. The operator's next call is refused. */
export async function endSupportSessions(ctx: Ctx, because: SessionEnd, which: { readonly grantId: string } | { readonly sessionId: string }): Promise<void> {
  const { grantId, sessionId } = { grantId: "", sessionId: "", ...which };
  const ended = await ctx.db.$queryRaw<(EndedSession & { readonly grantId: string })[]>`
    UPDATE session SET ended_at = ${ctx.now}, ended_because = ${because}
    WHERE tenant_id = ${ctx.tenant.id} AND ended_at IS NULL AND support_grant_id IS NOT NULL AND (support_grant_id = ${grantId} OR id = ${sessionId})
    RETURNING id, expires_at AS "expiresAt", support_grant_id AS "grantId"`;
  ctx.audit(...ended.map((session) => ({ action: "session.end", entityId: session.id, after: { supportGrantId: session.grantId, because } }) as const));
  ctx.sessionsEnded(ended.map(({ id, expiresAt }) => ({ id, expiresAt })));
}

/** Ends every session of everybody, an operator's by a support grant included. The trail says it once, of the company. */
export async function endEverySession(ctx: Ctx, because: SessionEnd): Promise<void> {
  const ended = await ctx.db.$queryRaw<EndedSession[]>`
    UPDATE session SET ended_at = ${ctx.now}, ended_because = ${because} WHERE tenant_id = ${ctx.tenant.id} AND ended_at IS NULL
    RETURNING id, expires_at AS "expiresAt"`;
  ctx.sessionsEnded(ended);
}

/** Brings the end of running sessions forward, so that none lasts longer than so many minutes from its beginning. */
export async function shortenSessions({ db, tenant, now }: Ctx, minutes: number): Promise<void> {
  await db.$executeRaw`
    UPDATE session SET expires_at = started_at + make_interval(mins => ${minutes}::int)
    WHERE tenant_id = ${tenant.id} AND ended_at IS NULL AND expires_at > ${now} AND expires_at > started_at + make_interval(mins => ${minutes}::int)`;
}

/** Who the caller is and what they may do. */
export async function describeMe(ctx: Ctx): Promise<Me> {
  const { tenant, actor, session } = ctx;
  const { slug, name, timeZone } = tenant;
  const key = { tenantId: tenant.id, id: actor.memberId ?? "" };
  const member = actor.memberId === undefined ? null : await ctx.db.member.findUnique({ where: { tenantId_id: key }, select: { email: true } });
  const grant = actor.kind === "operator" && session ? await ctx.db.session.findFirst({ where: { tenantId: ctx.tenant.id, id: session.id }, select: { supportGrant: { select: { expiresAt: true } } } }) : null;
  const until = grant?.supportGrant?.expiresAt;
  const own = await ctx.db.role.findMany({ where: { tenantId: ctx.tenant.id, id: { in: [...actor.roles] } }, select: { id: true, name: true } });
  const names = new Map(own.map((role) => [role.id, role.name]));
  return {
    tenant: { slug, name, timeZone },
    member: { id: actor.memberId ?? "", name: actor.name, email: member?.email ?? "", employeeId: actor.employeeId ?? null, sessionId: session?.id ?? "" },
    obstacle: session?.obstacle ?? null,
    ...standingOf(session),
    support: until ? { until: until.toISOString() } : null,
    roles: actor.roles.map((id) => ({ id, name: names.get(id) ?? null })),
    grants: Object.fromEntries(Object.entries(actor.grants).map(([permission, reach]) => [permission, [...reach]])),
  };
}

function standingOf(session: Ctx["session"]): Pick<Me, "standing" | "subscriptionUntil" | "standingUntil"> {
  const { standing = "open", standingEnds: ends } = session ?? {};
  const next = ends && { open: ends.until, grace: ends.graceUntil, "read-only": ends.readOnlyUntil, closed: undefined }[standing];
  return { standing, subscriptionUntil: ends?.until.toISOString() ?? null, standingUntil: next?.toISOString() ?? null };
}

/** Ends the session of this call. */
export async function signOut(ctx: Ctx): Promise<void> {
  const { actor, session } = ctx;
  if (session && actor.memberId !== undefined) await endSessions(ctx, actor.memberId, "signed-out", { only: session.id });
  if (session && actor.kind === "operator") await endSupportSessions(ctx, "signed-out", { sessionId: session.id });
}

/** Ends every session of the caller, this one included: the next call of each is refused. */
export async function signOutEverywhere(ctx: Ctx): Promise<void> {
  if (ctx.actor.memberId !== undefined) await endSessions(ctx, ctx.actor.memberId, "signed-out-elsewhere");
}

/** A person looks at their devices of the last weeks; for what was before there is the audit trail. */
const keepEndedMs = 90 * 24 * 3_600_000;

/** Removes sessions that ended long ago, used and stale links, and questions that no authenticator answered. */
export async function forgetSessions({ db, tenant, now }: Ctx): Promise<{ readonly sessions: number }> {
  const tenantId = tenant.id;
  await db.passkeyChallenge.deleteMany({ where: { tenantId, expiresAt: { lt: now } } });
  await db.memberToken.deleteMany({ where: { tenantId, expiresAt: { lt: now } } });
  const { count } = await db.session.deleteMany({ where: { tenantId, expiresAt: { lt: new Date(now.getTime() - keepEndedMs) } } });
  return { sessions: count };
}
