import type { Database, TenantDb } from "@atrium/db";
import { newId } from "@atrium/kernel";
import type { EmittedEvent, Role, Scope } from "@atrium/kernel";
import { testKeyring } from "@atrium/vault/testing";
import type { TRPCRouterBuilder, TRPCRouterCaller, TRPCRouterRecord } from "@trpc/server";
import { actorOf, workIn } from "./context.ts";
import type { Actor, Ctx, CurrentTenant, EndedSession } from "./context.ts";
import type { RequestContext } from "./enter.ts";
import { createLogger } from "./log.ts";
import type { SessionClaims } from "./session.ts";
import { createCallerFactory } from "./trpc.ts";
import type { router } from "./trpc.ts";

/** The company that a test's path names. */
export interface TestTenant {
  readonly id: string;
  readonly slug: string;
}

export interface TestMember {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly employeeId: string | undefined;
  readonly epoch: number;
  /** A session that began long ago, was confirmed in the far future and ends there, so that a test may choose its day. */
  readonly sessionId: string;
}

export interface MemberOptions {
  readonly name?: string;
  readonly employeeId?: string;
}

/** Makes an active member without a password, for calls in the name of these roles. */
export async function makeMember(database: Database, tenant: TestTenant, roles: readonly (Role | "operator" | `rol_${string}`)[], options: MemberOptions = {}): Promise<TestMember> {
  const now = new Date();
  const id = newId("mem", now.getTime());
  const { name = `Test ${roles.join(" ")}`, employeeId } = options;
  const sessionId = await database.withTenant(tenant.id, async (db) => {
    await db.member.create({
      data: { tenantId: tenant.id, id, name, email: `${id}@${tenant.slug}.test`, roles: [...roles], employeeId: employeeId ?? null, createdAt: now },
    });
    return makeSession(db, tenant.id, id);
  });
  return { id, name, roles, employeeId, epoch: 0, sessionId };
}

export interface SessionOptions {
  readonly verifiedAt?: Date;
  readonly lastSeenAt?: Date;
  readonly expiresAt?: Date;
  readonly isStrong?: boolean;
}

const farAway = new Date("2190-01-01T00:00:00Z");

/** One more session of a member, and its id. */
export async function makeSession(db: TenantDb, tenantId: string, memberId: string, options: SessionOptions = {}): Promise<string> {
  const id = newId("ses", Date.now());
  const { verifiedAt = farAway, lastSeenAt = farAway, expiresAt = farAway, isStrong = true } = options;
  const startedAt = new Date("2020-01-01T00:00:00Z");
  await db.session.create({
    data: { tenantId, id, memberId, method: "password", isStrong, startedAt, lastSeenAt, verifiedAt, expiresAt, address: "127.0.0.1", userAgent: "test" },
  });
  return id;
}

export interface CallAsOptions {
  readonly database: Database;
  /** The company in the path of the call. */
  readonly tenant: TestTenant;
  /** Who calls; undefined is somebody who has not signed in. */
  readonly member: Pick<TestMember, "sessionId" | "epoch"> | undefined;
  /** The company of the session, when it is not the one in the path. */
  readonly sessionTenant?: TestTenant;
  /** The moment of every call; the machine's own unless told. */
  readonly now?: Date;
}

/** What a request brings when this member calls, and the lists that the news of its calls, the sessions they end and the companies whose limits they change collect in. */
export function requestAs(options: CallAsOptions): { readonly request: RequestContext; readonly sent: readonly EmittedEvent[]; readonly ended: readonly EndedSession[]; readonly changedLimits: readonly string[] } {
  const { database, tenant, member, sessionTenant = tenant, now = new Date() } = options;
  const sent: EmittedEvent[] = [];
  const ended: EndedSession[] = [];
  const changedLimits: string[] = [];
  const session: SessionClaims | undefined = member && {
    sessionId: member.sessionId,
    tenantId: sessionTenant.id,
    tenantSlug: sessionTenant.slug,
    epoch: member.epoch,
  };
  const request: RequestContext = {
    database,
    keyring: testKeyring(),
    session,
    claimedSlug: tenant.slug,
    requestId: newId("req", now.getTime()),
    address: "127.0.0.1",
    userAgent: "test",
    log: createLogger("silent"),
    now,
    sendEvents: async (events) => {
      sent.push(...events);
    },
    onSessionsEnded: async (sessions) => {
      ended.push(...sessions);
    },
    onLimitsChanged: async (tenantId) => {
      changedLimits.push(tenantId);
    },
  };
  return { request, sent, ended, changedLimits };
}

export interface ContextOptions {
  /** In whose name; as the system unless told. */
  readonly actor?: Partial<Actor>;
  readonly scopes?: readonly Scope[];
  readonly now?: Date;
  readonly requestId?: string;
  readonly timeoutMs?: number;
}

/** One transaction of a company with a use case's context, without a door. Its news are answered, and no sweep sends them. */
export async function inContext<T>(
  database: Pick<Database, "withTenant">,
  tenant: CurrentTenant,
  work: (ctx: Ctx) => Promise<T>,
  { actor = {}, scopes = ["tenant"], now = new Date(), requestId = "test", timeoutMs = 60_000 }: ContextOptions = {},
): Promise<{ readonly value: T; readonly emitted: readonly EmittedEvent[] }> {
  return database.withTenant(
    tenant.id,
    async (db) => {
      const { value, after } = await workIn({ tenant, actor: actorOf(actor), scopes, db, keyring: testKeyring(), requestId, now }, work);
      await db.outboxEvent.deleteMany({ where: { tenantId: tenant.id, id: { in: [...after.news.ids] } } });
      return { value, emitted: after.news.events };
    },
    { timeoutMs },
  );
}

type Root = typeof router extends TRPCRouterBuilder<infer R> ? R : never;

/**
 * Calls a router's procedures as the browser would, through `tenantProcedure` with a session's claims: membership,
 * permission and transaction are the real ones. `call.list(input)` answers or throws; `sent` holds the news that left
 * after the commits.
 */
export function callAs<R extends TRPCRouterRecord>(
  procedures: Parameters<typeof createCallerFactory<R>>[0],
  options: CallAsOptions,
): { readonly call: ReturnType<TRPCRouterCaller<Root, R>>; readonly sent: readonly EmittedEvent[]; readonly ended: readonly EndedSession[]; readonly changedLimits: readonly string[] } {
  const { request, ...lists } = requestAs(options);
  return { call: createCallerFactory<R>(procedures)(request), ...lists };
}
