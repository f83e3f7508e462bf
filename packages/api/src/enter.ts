import type { Database } from "@atrium/db";
import { AppError } from "@atrium/kernel";
import type { Permission } from "@atrium/kernel";
import type { HouseReading, ReadUsage } from "@atrium/limits";
import type { Keyring } from "@atrium/vault";
import { actorOf, workIn } from "./context.ts";
import type { Aftermath, Ctx, EndedSession, Obstacle, Origin } from "./context.ts";
import type { Logger } from "./log.ts";
import { deliverNews } from "./outbox.ts";
import type { SendEvents } from "./outbox.ts";
import { proveSession } from "./session.ts";
import type { SessionClaims } from "./session.ts";

/** What a request brings, whichever door it came to. */
export interface RequestContext extends Origin {
  readonly database: Database;
  readonly keyring: Keyring;
  /** The verified token, if the request brought one. */
  readonly session: SessionClaims | undefined;
  /** The slug in the path: claimed, not proved. */
  readonly claimedSlug: string;
  readonly requestId: string;
  readonly log: Logger;
  /** The moment the request arrived. */
  readonly now: Date;
  /** Sends news after the commit. */
  readonly sendEvents: SendEvents;
  /** Told after the commit which sessions of which company it ended. */
  readonly onSessionsEnded?: (sessions: readonly EndedSession[], tenantId: string) => Promise<void>;
  /** Told after the commit whose limits it changed. */
  readonly onLimitsChanged?: (tenantId: string) => Promise<void>;
  /** Asks the limiter's store how much a company has used; absent where there is none. */
  readonly readUsage?: ReadUsage;
  /** Asks it about many companies at once, for our operators; absent where there is none. */
  readonly readHouse?: HouseReading;
}

/** What a door asks beyond the permission. */
export interface DoorOptions {
  /** A proof of who the person is, not older than ten minutes: for what cannot be taken back or is nobody else's business. */
  readonly stepUp?: boolean;
  /** It stays open when the subscription is over, or while the person has yet to set up a second factor. */
  readonly openWhen?: readonly Obstacle[];
  /** Our support may come in by a grant: it only shows something, or ends the support's own session. */
  readonly opensToSupport?: boolean;
  /** It changes nothing: it stays open while a company's subscription is over and what is there can still be read. */
  readonly isRead?: boolean;
}

/** For what a person always finds open: who they are and how they prove it, what they still have to do, and the way out. */
export const openAlways = { openWhen: ["expired", "enrolling"] } as const satisfies DoorOptions;

/** A transaction longer than this is cut off; slow work belongs into a job. */
const transactionMs = 10_000;
const stepUpMs = 10 * 60_000;

/**
 * Lets a member of the company in the path in, if one of their roles grants `permission`: session, membership, permission,
 * then `work` in one transaction that sees that company only. News go out after the commit.
 *
 * Throws `tenant_not_found`, `session/missing`, `session/ended`, `tenant_mismatch`, `tenant_suspended`, `subscription_expired`,
 * `session/mfa-enrolment-required`, `permission/missing`, `session/step-up-required`, and whatever `work` throws, which
 * rolls everything back.
 */
export async function enter<T>(request: RequestContext, permission: Permission, options: DoorOptions, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const { session: claims, database, keyring, requestId, now } = request;
  if (!claims) throw await missingSession(request);
  if (claims.tenantSlug !== request.claimedSlug) {
    await raiseAlarm(request, claims);
    throw new AppError("tenant_mismatch", "forbidden");
  }
  const { value, after } = await database.withTenant(
    claims.tenantId,
    async (db) => {
      const { tenant, actor, session } = await proveSession(db, claims, now);
      const { obstacle } = session;
      if (obstacle && options.openWhen?.includes(obstacle) !== true) throw refusals[obstacle]();
      const isReadOnly = session.standing === "read-only" && options.isRead !== true;
      if (isReadOnly && options.openWhen?.includes("expired") !== true) throw refusals.expired();
      const scopes = actor.grants[permission];
      // Our support looks; whatever a role may say, it changes nothing and takes nothing that asks for a step-up.
      const isBarred = actor.kind === "operator" && (options.opensToSupport !== true || options.stepUp === true);
      if (!scopes || isBarred) throw new AppError("permission/missing", "forbidden", { params: { permission } });
      const origin = { address: request.address, userAgent: request.userAgent, site: request.site };
      return workIn({ tenant, actor, session, origin, scopes, db, keyring, requestId, now }, async (ctx) => {
        if (options.stepUp === true) assertSteppedUp(ctx);
        return work(ctx);
      });
    },
    { timeoutMs: transactionMs },
  );
  await finish(request, after);
  return value;
}

/** Nobody can sign in to a company that does not exist, so that is what is said of it. */
async function missingSession({ database, claimedSlug }: RequestContext): Promise<AppError> {
  const found = await database.withSystem((db) => db.$queryRaw<unknown[]>`SELECT 1 FROM tenant WHERE slug = ${claimedSlug} AND status <> 'deleted'`);
  return found.length > 0 ? new AppError("session/missing", "unauthenticated") : new AppError("tenant_not_found", "not-found");
}

const refusals: Readonly<Record<Obstacle, () => AppError>> = {
  expired: () => new AppError("subscription_expired", "payment-required"),
  enrolling: () => new AppError("session/mfa-enrolment-required", "forbidden"),
};

/** For an act that asks for a step-up only sometimes. Throws `session/step-up-required`. */
export function assertSteppedUp({ session, now }: Pick<Ctx, "session" | "now">): void {
  const isFresh = session !== undefined && now.getTime() - session.verifiedAt.getTime() <= stepUpMs;
  if (!isFresh) throw new AppError("session/step-up-required", "forbidden");
}

/** The member whose own account a call is about. Throws `permission/missing` for a call that is nobody's: an operator looks in without an account here. */
export function ownMemberId({ actor }: Pick<Ctx, "actor">): string {
  if (actor.kind !== "member" || actor.memberId === undefined) throw new AppError("permission/missing", "forbidden");
  return actor.memberId;
}

/** What a door does once its transaction has committed. */
export async function finish(request: Pick<RequestContext, "database" | "sendEvents" | "log" | "onSessionsEnded" | "onLimitsChanged">, after: Aftermath): Promise<void> {
  const { news, endedSessions, changedLimitsOf } = after;
  if (endedSessions.length > 0) await request.onSessionsEnded?.(endedSessions, news.tenantId);
  if (changedLimitsOf !== undefined) await request.onLimitsChanged?.(changedLimitsOf);
  await deliverNews(request.database, request.sendEvents, request.log, news);
}

/**
 * A session that is shown to another company than its own did not come there by mistake: the cookie's name says whose it
 * is. So it ends, and its own company finds out; told once, however often it is tried.
 */
async function raiseAlarm(request: RequestContext, { tenantId, sessionId }: SessionClaims): Promise<void> {
  const { database, keyring, requestId, now, claimedSlug, address, userAgent } = request;
  const after = await database.withTenant(tenantId, async (db) => {
    const [ended] = await db.$queryRaw<{ slug: string; tenantName: string; timeZone: string; memberId: string | null; name: string | null; expiresAt: Date }[]>`
      UPDATE session s SET ended_at = ${now}, ended_because = 'tenant-mismatch'
      FROM tenant t WHERE t.id = s.tenant_id AND s.tenant_id = ${tenantId} AND s.id = ${sessionId} AND s.ended_at IS NULL
      RETURNING t.slug, t.name AS "tenantName", t.time_zone AS "timeZone", s.member_id AS "memberId", s.expires_at AS "expiresAt",
        (SELECT m.name FROM member m WHERE m.tenant_id = s.tenant_id AND m.id = s.member_id) AS name`;
    if (!ended) return undefined;
    const tenant = { id: tenantId, slug: ended.slug, name: ended.tenantName, timeZone: ended.timeZone };
    const actor = actorOf({ kind: "member", memberId: ended.memberId ?? undefined, name: ended.name ?? "" });
    const done = await workIn({ tenant, actor, origin: { address, userAgent }, scopes: [], db, keyring, requestId, now }, async (ctx) => {
      ctx.audit({ action: "session.tenant-mismatch", entityId: sessionId, after: { shownTo: claimedSlug } });
      ctx.sessionsEnded([{ id: sessionId, expiresAt: ended.expiresAt }]);
    });
    return done.after;
  });
  if (after === undefined) return;
  request.log.warn({ tenantId, sessionId, shownTo: claimedSlug }, "a session was shown to another company and has been ended");
  await finish(request, after);
}
