/*
 * What our operators see of companies' limits and payments, and do about them. They are members of no company: of one they
 * see what the directory, the limiter and the invoices say, and whatever they do to it stands in both trails.
 */
import type { Actor, AuditEntry, Ctx, SteppedCall } from "@atrium/api";
import type { Database, Prisma } from "@atrium/db";
import { asGuest, findCompanyOf } from "@atrium/identity";
import type { FoundCompany, OutsideRequest } from "@atrium/identity";
import { AppError, planAt, planTerms, refusal, standingAt } from "@atrium/kernel";
import type { UsageReading } from "@atrium/limits";
import { listUnpaid } from "../invoice/service.ts";
import { clearOverride, limitsInForce, listOverrides, overrideOf, setOverride } from "../override/service.ts";
import type { OverrideLimits } from "../override/contract.ts";
import { recordPaymentOf } from "../payment/service.ts";
import { usageBuckets } from "../usage/contract.ts";
import type { UsageBucket } from "../usage/contract.ts";
import { CompanyLimits, ConsoleCompany, consoleErrors, DegradedDecisions } from "./contract.ts";
import type { CompanyOfConsole, OverrideCompany, RecordCompanyPayment } from "./contract.ts";

export { searchConsole } from "./directory.ts";

/** An operator of ours; whoever has the command line is none. */
export type ByOperator = Pick<Actor, "operatorId" | "name">;

/** What a company may do, what holds of it, and how much it uses. Throws `tenant_not_found`. */
export async function companyLimits(request: OutsideRequest, { slug }: CompanyOfConsole, by?: ByOperator): Promise<CompanyLimits> {
  const company = await findCompany(request.database, slug);
  return CompanyLimits.parse(await describeLimits(request, company, by, (ctx) => factsOf(ctx, company)));
}

/** The company's page. Throws `tenant_not_found`. */
export async function consoleCompany({ request, transact }: SteppedCall, { slug }: CompanyOfConsole): Promise<ConsoleCompany> {
  const by = await transact(async ({ actor }) => operatorOf(actor));
  const company = await findCompany(request.database, slug);
  return ConsoleCompany.parse(
    await describeLimits(request, company, by, async (ctx) => ({ ...(await factsOf(ctx, company)), overrides: await listOverrides(ctx), unpaid: await listUnpaid(ctx) })),
  );
}

/** What was decided without Redis in the whole house. */
export async function degradedDecisions({ readHouse }: Pick<OutsideRequest, "readHouse">): Promise<DegradedDecisions> {
  const counts = await readHouse?.degraded();
  return DegradedDecisions.parse({ isLive: counts !== undefined, counts: counts ?? [] });
}

/**
 * Lets a company make more requests than its plan says, or fewer, in the place of what was set before. In force within a
 * second. Throws `tenant_not_found`, `console/company-deleted` and the refusals of an override.
 */
export async function setCompanyOverride(request: OutsideRequest, slug: string, limits: OverrideLimits, by?: ByOperator): Promise<void> {
  const company = await findLiving(request.database, slug);
  await inCompany(request, company, by, (ctx) => setOverride(ctx, limits));
}

/** Lets it have its plan's again. Throws `tenant_not_found`, `override/none`. */
export async function clearCompanyOverride(request: OutsideRequest, slug: string, by?: ByOperator): Promise<void> {
  const company = await findCompany(request.database, slug);
  await inCompany(request, company, by, (ctx) => clearOverride(ctx));
}

/** `setCompanyOverride` for an operator at the console, from this moment on. */
export async function overrideByOperator(call: SteppedCall, { slug, minutes, ...limits }: OverrideCompany): Promise<void> {
  const until = minutes === null ? null : new Date(call.request.now.getTime() + minutes * 60_000).toISOString();
  const { reason, ...after } = { ...limits, until };
  const by = await note(call, slug, { action: "limit-override.set", after, reason });
  await setCompanyOverride(call.request, slug, { ...limits, until }, by);
}

/** `clearCompanyOverride` for an operator at the console. */
export async function clearByOperator(call: SteppedCall, { slug }: CompanyOfConsole): Promise<void> {
  await clearCompanyOverride(call.request, slug, await note(call, slug, { action: "limit-override.clear", after: {} }));
}

/** Writes down that money has arrived. Throws `tenant_not_found` and the refusals of a payment. */
export async function payByOperator(call: SteppedCall, { slug, ...payment }: RecordCompanyPayment): Promise<void> {
  const { reason, ...after } = payment;
  await recordPaymentOf(call.request, { slug, ...payment, by: await note(call, slug, { action: "invoice-payment.record", after, reason }) });
}

/** The operators' own trail first: what was tried stands there even when the company's part fails. */
async function note({ request, transact }: SteppedCall, slug: string, entry: Pick<AuditEntry, "action" | "reason"> & { readonly after: Prisma.InputJsonObject }): Promise<ByOperator> {
  const company = await findCompany(request.database, slug);
  return transact(async (ctx) => {
    ctx.audit({ ...entry, entityId: company.id, after: { company: slug, ...entry.after } });
    return operatorOf(ctx.actor);
  });
}

const operatorOf = ({ memberId = "", name }: Actor): ByOperator => ({ operatorId: memberId, name });

async function factsOf(ctx: Ctx, { id }: FoundCompany) {
  const { db, now } = ctx;
  const facts = await db.tenant.findUniqueOrThrow({
    where: { id },
    select: { kind: true, plan: true, seats: true, nextPlan: true, nextSeats: true, nextPlanAt: true, subscriptionUntil: true, cancelledAt: true },
  });
  const { plan } = planAt(facts, now);
  const { perMinute, perHour } = await limitsInForce(db, id, now);
  return { plan, standing: standingAt(facts, now), planLimits: planTerms[plan].limits, limits: { perMinute, perHour }, override: (await overrideOf(ctx)) ?? null };
}

/** The limits with what the limiter knows, which no transaction waits for. */
async function describeLimits<F extends Awaited<ReturnType<typeof factsOf>>>(request: OutsideRequest, company: FoundCompany, by: ByOperator | undefined, read: (ctx: Ctx) => Promise<F>) {
  const facts = await inCompany(request, company, by, read);
  const usage = await request.readUsage?.(company.id, { ...facts.limits, version: 0 });
  const { slug, name, status } = company;
  return { slug, name, status, ...facts, usage: usageShown(usage ?? nothing, request.now) };
}

const nothing: UsageReading = { isLive: false, buckets: [], minutes: [], days: [], refused: [] };
const isUsageBucket = (name: string): name is UsageBucket => usageBuckets.some((bucket) => bucket === name);
const mostRefused = 100;

/** Whom something was refused for is an id here, and stays one. */
function usageShown({ isLive, buckets, minutes, days, refused }: UsageReading, now: Date) {
  const known = refused.filter(({ bucket, count }) => isUsageBucket(bucket) && count > 0).sort((one, other) => other.count - one.count);
  return {
    isLive, days,
    at: now.toISOString(),
    buckets: buckets.filter(({ name }) => isUsageBucket(name)),
    minutes: minutes.map(({ at, ...counts }) => ({ at: new Date(at).toISOString(), ...counts })),
    refusedFor: known.slice(0, mostRefused).map(({ userId, ...one }) => ({ memberId: userId, ...one })),
  };
}

/** A company, and never the platform's own tenant. Throws `tenant_not_found`. */
async function findCompany(database: Database, slug: string): Promise<FoundCompany> {
  const company = await findCompanyOf(database, slug);
  if (company.kind !== "company") throw new AppError("tenant_not_found", "not-found");
  return company;
}

/** Throws `tenant_not_found`, `console/company-deleted`. */
async function findLiving(database: Database, slug: string): Promise<FoundCompany> {
  const company = await findCompany(database, slug);
  if (company.status === "deleted") throw refusal(consoleErrors, "console/company-deleted");
  return company;
}

/** One transaction of a company in an operator's name, or in the command line's. What may be done in it stands in this file alone. */
function inCompany<T>(request: OutsideRequest, company: FoundCompany, by: ByOperator | undefined, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  return asGuest({ ...request, claimedSlug: company.slug }, company, work, by ? { kind: "operator", ...by } : { name: "Command line" });
}
