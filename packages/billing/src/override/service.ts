import type { TenantDb } from "@atrium/db";
import { AppError } from "@atrium/kernel";
import type { PlanFacts } from "@atrium/kernel";
import { limitsAt } from "./rules.ts";
import type { LimitsInForce, RunningOverride } from "./rules.ts";

export type { LimitsInForce } from "./rules.ts";

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
