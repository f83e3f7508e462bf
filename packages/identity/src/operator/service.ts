/*
 * What our operators do. They are members of the platform's own tenant and of no company: of a company they see what the
 * directory says, and its rows only by a grant that the company gave. Whatever they do to one stands in both trails.
 */
import { enter } from "@atrium/api";
import type { Actor, Ctx, RequestContext, SessionClaims, SteppedCall } from "@atrium/api";
import type { Database } from "@atrium/db";
import { AppError, refusal } from "@atrium/kernel";
import { asGuest } from "../guest.ts";
import { openSupportSession } from "../session/service.ts";
import { endAccess, listGrantsOf, requestAccess } from "../support/service.ts";
import type { SupportGrantDto } from "../support/contract.ts";
import { findCompanyOf, resumeTenant, suspendTenant } from "../tenant/service.ts";
import type { FoundCompany } from "../tenant/service.ts";
import { AccessRef, CompanyDto, operatorErrors } from "./contract.ts";
import type { CompanyRef, RequestAccess, SuspendCompany } from "./contract.ts";

interface DirectoryRow {
  readonly slug: string;
  readonly name: string;
  readonly status: string;
  readonly plan: string;
  readonly createdAt: Date;
}

const shown = ({ createdAt, ...company }: DirectoryRow) => ({ ...company, createdAt: createdAt.toISOString() });

/** One company as the directory knows it, with what this operator asked for there. Throws `tenant_not_found`. */
export async function getCompany({ request, transact }: SteppedCall, { slug }: CompanyRef): Promise<CompanyDto> {
  const operator = await transact(async ({ actor }) => asOperator(actor));
  const company = await findCompany(request.database, slug);
  const grants = await inCompany(request, company, operator, (ctx) => listGrantsOf(ctx, operator.operatorId));
  return CompanyDto.parse({ ...shown(company), suspendedBecause: company.suspendedBecause, grants });
}

/** Asks a company for a look. Throws `tenant_not_found`, `operator/already-asked`. */
export async function askForAccess({ request, transact }: SteppedCall, { slug, reason, minutes }: RequestAccess): Promise<SupportGrantDto> {
  const company = await findCompany(request.database, slug);
  // The operator's own trail first: what was tried stands there even when the company's part fails.
  const operator = await transact(async (ctx) => {
    ctx.audit({ action: "support-grant.request", entityId: company.id, after: { company: slug, minutes }, reason });
    return asOperator(ctx.actor);
  });
  const asked = await inCompany(request, company, operator, (ctx) => requestAccess(ctx, { reason, minutes, ...operator }));
  if (!asked) throw refusal(operatorErrors, "operator/already-asked");
  return asked;
}

/** Ends one's own look before its time. Throws `tenant_not_found`, `support/not-found`, `support/not-running`. */
export async function giveUpAccess({ request, transact }: SteppedCall, { slug, grantId }: AccessRef): Promise<SupportGrantDto> {
  const company = await findCompany(request.database, slug);
  const operator = await transact(async (ctx) => {
    ctx.audit({ action: "support-grant.end", entityId: company.id, after: { company: slug, grantId } });
    return asOperator(ctx.actor);
  });
  return inCompany(request, company, operator, async (ctx) => {
    await requireOwnGrant(ctx, grantId, operator);
    return endAccess(ctx, { grantId });
  });
}

/**
 * Opens a session in a company by a grant that it gave: it shows what an auditor sees, changes nothing and ends with the
 * grant. Throws `tenant_not_found`, `operator/not-granted`, and the refusals of the door.
 *
 * @param wanted what came: an `AccessRef`, or whatever else
 */
export async function lookIn(request: RequestContext, wanted: unknown): Promise<{ readonly claims: SessionClaims; readonly expiresAt: Date }> {
  // Who comes is asked before what they want.
  const operator = await enter(request, "platform:support", { stepUp: true }, async ({ actor }) => asOperator(actor));
  const { slug, grantId } = AccessRef.parse(wanted);
  const company = await findCompany(request.database, slug);
  await enter(request, "platform:support", { stepUp: true }, async (ctx) => {
    ctx.audit({ action: "support-grant.look-in", entityId: company.id, after: { company: slug, grantId } });
  });
  return inCompany(request, company, operator, async (ctx) => {
    const { expiresAt } = await requireOwnGrant(ctx, grantId, operator);
    const sessionId = await openSupportSession(ctx, { grantId, operatorName: operator.name, expiresAt });
    return { claims: { sessionId, tenantId: ctx.tenant.id, tenantSlug: slug, epoch: 0, userId: grantId }, expiresAt };
  });
}

/** Shuts a company's doors. Throws `tenant_not_found`, `company/not-active`. */
export async function suspendCompany({ request, transact }: SteppedCall, { slug, reason }: SuspendCompany): Promise<void> {
  const company = await findCompany(request.database, slug);
  const by = await transact(async (ctx) => {
    ctx.audit({ action: "company.suspend", entityId: company.id, after: { company: slug }, reason });
    return asOperator(ctx.actor);
  });
  await suspendTenant(request, { slug, reason, by });
}

/** Opens them again. Throws `tenant_not_found`, `company/not-suspended`. */
export async function resumeCompany({ request, transact }: SteppedCall, { slug }: CompanyRef): Promise<void> {
  const company = await findCompany(request.database, slug);
  const by = await transact(async (ctx) => {
    ctx.audit({ action: "company.resume", entityId: company.id, after: { company: slug } });
    return asOperator(ctx.actor);
  });
  await resumeTenant(request, { slug, by });
}

interface Operator {
  readonly operatorId: string;
  readonly name: string;
}

const asOperator = ({ memberId = "", name }: Actor): Operator => ({ operatorId: memberId, name });

/** A company, and never the platform's own tenant. Throws `tenant_not_found`. */
async function findCompany(database: Database, slug: string): Promise<FoundCompany> {
  const company = await findCompanyOf(database, slug);
  if (company.kind !== "company") throw new AppError("tenant_not_found", "not-found");
  return company;
}

/** One transaction of a company in an operator's name. What may be done in it stands in this file alone. */
function inCompany<T>(request: RequestContext, company: FoundCompany, { operatorId, name }: Operator, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  return asGuest({ ...request, claimedSlug: company.slug }, company, work, { kind: "operator", operatorId, name });
}

/** The grant, if it is this operator's, was given and runs. Throws `operator/not-granted`. */
async function requireOwnGrant({ db, tenant, now }: Ctx, grantId: string, { operatorId }: Operator): Promise<{ readonly expiresAt: Date }> {
  const grant = await db.supportGrant.findFirst({ where: { tenantId: tenant.id, id: grantId, operatorId, status: "granted", expiresAt: { gt: now } }, select: { expiresAt: true } });
  if (!grant?.expiresAt) throw refusal(operatorErrors, "operator/not-granted");
  return { expiresAt: grant.expiresAt };
}
