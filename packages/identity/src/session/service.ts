import { createCtx } from "@atrium/api";
import type { Ctx, SessionClaims } from "@atrium/api";
import type { Database, TenantDb } from "@atrium/db";
import { AppError, isRole, refusal } from "@atrium/kernel";
import { isPassword } from "../password.ts";
import { sessionErrors } from "./contract.ts";
import type { Credentials, Me } from "./contract.ts";
import { grantsOf } from "./rules.ts";

/** A company as the directory knows it, before anyone has signed in. */
export interface DirectoryEntry {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly timeZone: string;
  readonly status: string;
}

/** The company behind the address name in a path; undefined when there is none. Reads as the system role. */
export async function findTenant(database: Database, slug: string): Promise<DirectoryEntry | undefined> {
  const rows = await database.withSystem(
    (db) => db.$queryRaw<DirectoryEntry[]>`
      SELECT id, slug, name, time_zone AS "timeZone", status FROM tenant WHERE slug = ${slug}`,
  );
  return rows[0];
}

/** What signing in needs besides what the person typed: there is no session yet, so there is no `Ctx`. */
export interface SignInRequest {
  readonly database: Database;
  /** The company in the path. */
  readonly slug: string;
  readonly requestId: string;
  readonly now: Date;
}

/**
 * Checks what a person typed and answers the claims of their session. Throws `session/wrong-credentials` in the same time
 * whatever was wrong, `tenant/suspended` to somebody who has the right password, `request/busy` when too many sign in.
 */
export async function signIn(request: SignInRequest, { email, password }: Credentials): Promise<SessionClaims> {
  const { database } = request;
  const tenant = await findTenant(database, request.slug);
  const member = tenant && (await database.withTenant(tenant.id, (db) => findByEmail(db, tenant.id, email)));
  // Outside of any transaction: the work takes a tenth of a second of one processor.
  const isRight = await isPassword(password, member?.passwordHash);
  if (!tenant || !member || !isRight || member.status !== "active") throw refusal(sessionErrors, "session/wrong-credentials");
  if (tenant.status !== "active") throw new AppError("tenant/suspended", "forbidden");
  await database.withTenant(tenant.id, async (db) => {
    const key = { tenantId_id: { tenantId: tenant.id, id: member.id } };
    await db.member.update({ where: key, data: { lastSignInAt: request.now }, select: { id: true } });
    const actor = { kind: "member", memberId: member.id, employeeId: undefined, name: member.name, roles: member.roles.filter(isRole) } as const;
    const { ctx } = createCtx({ tenant, actor, scope: "own", db, requestId: request.requestId, now: request.now });
    await ctx.audit({ action: "member.sign-in", entityId: member.id });
  });
  return { tenantId: tenant.id, tenantSlug: tenant.slug, memberId: member.id, epoch: member.sessionEpoch };
}

function findByEmail(db: TenantDb, tenantId: string, email: string) {
  return db.member.findUnique({
    where: { tenantId_emailLower: { tenantId, emailLower: email.toLowerCase() } },
    select: { id: true, name: true, roles: true, status: true, passwordHash: true, sessionEpoch: true },
  });
}

/** Who the caller is and what they may do. */
export async function describeMe(ctx: Ctx): Promise<Me> {
  const { tenant, actor } = ctx;
  const { id, email } = await ctx.db.member.findUniqueOrThrow({
    where: { tenantId_id: { tenantId: tenant.id, id: actor.memberId ?? "" } },
    select: { id: true, email: true },
  });
  return {
    tenant: { slug: tenant.slug, name: tenant.name, timeZone: tenant.timeZone },
    member: { id, name: actor.name, email, employeeId: actor.employeeId ?? null },
    roles: [...actor.roles],
    grants: grantsOf(actor.roles),
  };
}

/** Ends every session of the caller, this one included: the next call of each is refused. */
export async function signOutEverywhere(ctx: Ctx): Promise<void> {
  const { tenant, actor } = ctx;
  const { id } = await ctx.db.member.update({
    where: { tenantId_id: { tenantId: tenant.id, id: actor.memberId ?? "" } },
    data: { sessionEpoch: { increment: 1 } },
    select: { id: true },
  });
  await ctx.audit({ action: "member.sign-out-everywhere", entityId: id });
}
