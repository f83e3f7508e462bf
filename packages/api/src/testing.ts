import type { Database } from "@atrium/db";
import { newId } from "@atrium/kernel";
import type { EmittedEvent, Role } from "@atrium/kernel";
import type { TRPCRouterBuilder, TRPCRouterCaller, TRPCRouterRecord } from "@trpc/server";
import type { RequestContext } from "./enter.ts";
import { createLogger } from "./log.ts";
import type { SessionClaims } from "./membership.ts";
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
  readonly roles: readonly Role[];
  readonly employeeId: string | undefined;
  readonly epoch: number;
}

export interface MemberOptions {
  readonly name?: string;
  readonly employeeId?: string;
}

/** Makes an active member without a password, for calls in the name of these roles. */
export async function makeMember(database: Database, tenant: TestTenant, roles: readonly Role[], options: MemberOptions = {}): Promise<TestMember> {
  const now = new Date();
  const id = newId("mem", now.getTime());
  const { name = `Test ${roles.join(" ")}`, employeeId } = options;
  await database.withTenant(tenant.id, (db) =>
    db.member.create({
      data: { tenantId: tenant.id, id, name, email: `${id}@${tenant.slug}.test`, roles: [...roles], employeeId: employeeId ?? null, createdAt: now },
    }),
  );
  return { id, name, roles, employeeId, epoch: 0 };
}

export interface CallAsOptions {
  readonly database: Database;
  /** The company in the path of the call. */
  readonly tenant: TestTenant;
  /** Who calls; undefined is somebody who has not signed in. */
  readonly member: Pick<TestMember, "id" | "epoch"> | undefined;
  /** The company of the session, when it is not the one in the path. */
  readonly sessionTenant?: TestTenant;
  /** The moment of every call; the machine's own unless told. */
  readonly now?: Date;
}

/** What a request brings when this member calls, and the list that the news of its calls collect in. */
export function requestAs(options: CallAsOptions): { readonly request: RequestContext; readonly sent: readonly EmittedEvent[] } {
  const { database, tenant, member, sessionTenant = tenant, now = new Date() } = options;
  const sent: EmittedEvent[] = [];
  const session: SessionClaims | undefined = member && {
    tenantId: sessionTenant.id,
    tenantSlug: sessionTenant.slug,
    memberId: member.id,
    epoch: member.epoch,
  };
  const request: RequestContext = {
    database,
    session,
    claimedSlug: tenant.slug,
    requestId: newId("req", now.getTime()),
    log: createLogger("silent"),
    now,
    sendEvents: async (events) => {
      sent.push(...events);
    },
  };
  return { request, sent };
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
): { readonly call: ReturnType<TRPCRouterCaller<Root, R>>; readonly sent: readonly EmittedEvent[] } {
  const { request, sent } = requestAs(options);
  return { call: createCallerFactory<R>(procedures)(request), sent };
}
