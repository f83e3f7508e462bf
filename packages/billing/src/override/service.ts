import type { Ctx } from "@atrium/api";
import type { Prisma, TenantDb } from "@atrium/db";
import { AppError, refusal } from "@atrium/kernel";
import type { PlanFacts } from "@atrium/kernel";
import { OverrideDto, overrideErrors, OverrideLimits } from "./contract.ts";
import { isInForce, limitsAt } from "./rules.ts";
import type { LimitsInForce, RunningOverride } from "./rules.ts";

export { limitsAt } from "./rules.ts";
export type { LimitsInForce, RunningOverride } from "./rules.ts";

const columns = { id: true, perMinute: true, perHour: true, until: true, reason: true, madeBy: true, madeAt: true, endedAt: true, endedBy: true } as const;
type Row = Prisma.LimitOverrideGetPayload<{ select: typeof columns }>;

/** How many requests the company may make at this moment, its override counted in. Throws `tenant_not_found`. */
export async function limitsInForce(db: TenantDb, tenantId: string, now: Date): Promise<LimitsInForce> {
  const [found] = await db.$queryRaw<(PlanFacts & RunningOverride & { readonly limitsVersion: number; readonly overrideId: string | null })[]>`
    SELECT t.plan, t.seats, t.next_plan AS "nextPlan", t.next_seats AS "nextSeats", t.next_plan_at AS "nextPlanAt", t.limits_version AS "limitsVersion",
           o.id AS "overrideId", o.per_minute AS "perMinute", o.per_hour AS "perHour", o.until
    FROM tenant t LEFT JOIN limit_override o ON o.tenant_id = t.id AND o.ended_at IS NULL
    WHERE t.id = ${tenantId}`;
  if (!found) throw new AppError("tenant_not_found", "not-found");
  return limitsAt(found, found.overrideId === null ? undefined : found, now);
}

/**
 * Lets the company make so many requests instead of its plan's, in the place of what was set before. Called for an operator,
 * in the company's own transaction, so that it stands in its trail. Throws `override/until-past`, `override/nothing-set`.
 */
export async function setOverride(ctx: Ctx, given: OverrideLimits): Promise<OverrideDto> {
  const { perMinute, perHour, until, reason } = OverrideLimits.parse(given);
  if (perMinute === undefined && perHour === undefined) throw refusal(overrideErrors, "override/nothing-set", { field: "perMinute" });
  if (until !== null && new Date(until) <= ctx.now) throw refusal(overrideErrors, "override/until-past", { field: "until" });
  await raiseVersion(ctx);
  const before = await endRunning(ctx);
  const data = { id: ctx.newId("lim"), perMinute: perMinute ?? null, perHour: perHour ?? null, until: until === null ? null : new Date(until), reason };
  const saved = await ctx.db.limitOverride.create({ data: { ...data, tenantId: ctx.tenant.id, madeBy: ctx.actor.name, madeAt: ctx.now }, select: columns });
  ctx.audit({ action: "limit-override.set", entityId: saved.id, ...(before && { before: told(before) }), after: told(saved), reason });
  return shown(saved, ctx.now);
}

/** Lets the company have its plan's limits again. Throws `override/none`. */
export async function clearOverride(ctx: Ctx): Promise<void> {
  await raiseVersion(ctx);
  const before = await endRunning(ctx);
  if (!before || !isInForce(before, ctx.now)) throw refusal(overrideErrors, "override/none");
  ctx.audit({ action: "limit-override.clear", entityId: before.id, before: told(before) });
}

/** The override in force; undefined when the company has its plan's limits. */
export async function overrideOf(ctx: Ctx): Promise<OverrideDto | undefined> {
  const row = await running(ctx);
  return row && isInForce(row, ctx.now) ? shown(row, ctx.now) : undefined;
}

/** The overrides that the company ever had, the newest first. */
export async function listOverrides({ db, tenant, now }: Ctx): Promise<OverrideDto[]> {
  const rows = await db.limitOverride.findMany({ where: { tenantId: tenant.id }, orderBy: { id: "desc" }, take: 100, select: columns });
  return rows.map((row) => shown(row, now));
}

const running = ({ db, tenant }: Ctx): Promise<Row | null> => db.limitOverride.findFirst({ where: { tenantId: tenant.id, endedAt: null }, select: columns });

/** The company's row is the turn to change: of two who set an override at the same moment the second one's holds. */
async function raiseVersion(ctx: Ctx): Promise<void> {
  await ctx.db.tenant.update({ where: { id: ctx.tenant.id }, data: { limitsVersion: { increment: 1 } }, select: { id: true } });
  ctx.limitsChanged();
}

/** Ends what runs, and what ran out without anybody ending it: that one at its own end. */
async function endRunning(ctx: Ctx): Promise<Row | null> {
  const row = await running(ctx);
  if (!row) return null;
  const ending = isInForce(row, ctx.now) ? { endedAt: ctx.now, endedBy: ctx.actor.name } : { endedAt: row.until, endedBy: row.madeBy };
  await ctx.db.limitOverride.update({ where: { tenantId_id: { tenantId: ctx.tenant.id, id: row.id } }, data: ending, select: { id: true } });
  return row;
}

const told = ({ perMinute, perHour, until }: Row) => ({ perMinute, perHour, until: until?.toISOString() ?? null });

function shown({ until, madeAt, endedAt, ...row }: Row, now: Date): OverrideDto {
  const moments = { until: until?.toISOString() ?? null, madeAt: madeAt.toISOString(), endedAt: endedAt?.toISOString() ?? null };
  return OverrideDto.parse({ ...row, ...moments, isInForce: endedAt === null && isInForce({ until }, now) });
}
