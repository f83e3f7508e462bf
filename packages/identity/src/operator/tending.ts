/*
 * Operators themselves: made, helped and let go by whoever has the command line. There is no page for it, so that nobody
 * who takes over an operator's session can make another.
 */
import type { Ctx } from "@atrium/api";
import { newId, operatorRole, platformSlug, refusal } from "@atrium/kernel";
import { asGuest } from "../guest.ts";
import { handOutLink, voidLinks } from "../link/service.ts";
import { endSessions, findTenant } from "../session/service.ts";
import { endAccessOf } from "../support/service.ts";
import { listCompanies } from "../tenant/service.ts";
import type { OutsideRequest } from "../tenant/service.ts";
import { operatorErrors } from "./contract.ts";
import type { NewOperator } from "./contract.ts";

export interface OperatorRow {
  readonly name: string;
  readonly email: string;
  readonly status: string;
  readonly hasMfa: boolean;
  readonly lastSignInAt: Date | null;
}

/**
 * Makes an operator and answers the path of a one-time link by which they choose their password; a second factor is asked
 * of them then. Somebody who has yet to accept gets a new link. Throws `operator/exists`.
 */
export async function createOperator(request: OutsideRequest, { email, name }: NewOperator): Promise<string> {
  const platform = await ensurePlatform(request);
  return inPlatform(request, platform, async (ctx) => {
    const found = await findOperator(ctx, email);
    if (found && found.status !== "invited") throw refusal(operatorErrors, "operator/exists");
    const memberId = found?.id ?? ctx.newId("mem");
    if (!found) {
      await ctx.db.member.create({ data: { tenantId: ctx.tenant.id, id: memberId, email, name, roles: [operatorRole], status: "invited", createdAt: ctx.now } });
      ctx.audit({ action: "member.create", entityId: memberId, after: { name, email, roles: [operatorRole] } });
    }
    const secret = await handOutLink(ctx, { memberId, purpose: "invitation" });
    ctx.audit({ action: "member.invite", entityId: memberId });
    return `/${platformSlug}/invitation#${secret}`;
  });
}

/** All operators, in the order of their addresses. None before the first was made. */
export async function listOperators(request: OutsideRequest): Promise<readonly OperatorRow[]> {
  const platform = await findTenant(request.database, platformSlug);
  if (!platform) return [];
  return inPlatform(request, platform, async ({ db, tenant }) => {
    const rows = await db.member.findMany({
      where: { tenantId: tenant.id }, orderBy: { emailLower: "asc" },
      select: { name: true, email: true, status: true, lastSignInAt: true, totp: { select: { confirmedAt: true } }, _count: { select: { passkeys: true } } },
    });
    return rows.map(({ totp, _count, ...row }) => ({ ...row, hasMfa: (totp?.confirmedAt ?? null) !== null || _count.passkeys > 0 }));
  });
}

/**
 * Takes an operator's second factors away, so that they set up new ones at their next sign-in. Their looks into companies end:
 * whoever has the factors may be the one who looks. Throws `operator/not-found`.
 */
export async function resetOperatorMfa(request: OutsideRequest, email: string): Promise<void> {
  const operatorId = await inPlatform(request, await ensurePlatform(request), async (ctx) => {
    const { id: memberId } = await requireOperator(ctx, email);
    const where = { tenantId: ctx.tenant.id, memberId };
    await ctx.db.totp.deleteMany({ where });
    await ctx.db.passkey.deleteMany({ where });
    await ctx.db.recoveryCode.deleteMany({ where });
    await endSessions(ctx, memberId, "mfa-changed");
    ctx.audit({ action: "member.reset-mfa", entityId: memberId });
    return memberId;
  });
  await endAccessEverywhere(request, operatorId);
}

/** Lets an operator go: their sessions end, and their looks into companies with them. Throws `operator/not-found`. */
export async function deactivateOperator(request: OutsideRequest, email: string): Promise<void> {
  const operatorId = await inPlatform(request, await ensurePlatform(request), async (ctx) => {
    const { id: memberId, status } = await requireOperator(ctx, email);
    await ctx.db.member.update({ where: { tenantId_id: { tenantId: ctx.tenant.id, id: memberId } }, data: { status: "deactivated" }, select: { id: true } });
    await voidLinks(ctx, memberId, ["invitation", "password-reset", "email-change"]);
    await endSessions(ctx, memberId, "deactivated");
    ctx.audit({ action: "member.deactivate", entityId: memberId, before: { status }, after: { status: "deactivated" } });
    return memberId;
  });
  await endAccessEverywhere(request, operatorId);
}

async function endAccessEverywhere(request: OutsideRequest, operatorId: string): Promise<void> {
  for (const company of await listCompanies(request.database)) {
    await asGuest({ ...request, claimedSlug: company.slug }, company, (ctx) => endAccessOf(ctx, operatorId));
  }
}

interface Platform {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly timeZone: string;
}

function inPlatform<T>(request: OutsideRequest, platform: Platform, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  return asGuest({ ...request, claimedSlug: platformSlug }, platform, work);
}

/** The platform's own tenant, made the first time somebody needs it. Everybody in it has to have a second factor. */
async function ensurePlatform(request: OutsideRequest): Promise<Platform> {
  const found = await findTenant(request.database, platformSlug);
  if (found) return found;
  const platform = { id: newId("ten", request.now.getTime()), slug: platformSlug, name: "Atrium operators", timeZone: "Asia/Kolkata" };
  await inPlatform(request, platform, async (ctx) => {
    await ctx.db.tenant.create({ data: { ...platform, kind: "platform", plan: "enterprise", requiresMfa: true, createdAt: ctx.now } });
    ctx.audit({ action: "platform.create", entityId: platform.id });
  });
  return platform;
}

async function findOperator({ db, tenant }: Ctx, email: string): Promise<{ readonly id: string; readonly status: string } | null> {
  return db.member.findUnique({ where: { tenantId_emailLower: { tenantId: tenant.id, emailLower: email.toLowerCase() } }, select: { id: true, status: true } });
}

async function requireOperator(ctx: Ctx, email: string): Promise<{ readonly id: string; readonly status: string }> {
  const found = await findOperator(ctx, email);
  if (!found) throw refusal(operatorErrors, "operator/not-found");
  return found;
}
