import type { SteppedCall } from "@atrium/api";
import type { TenantDb } from "@atrium/db";
import type { UsageReading } from "@atrium/limits";
import { limitsInForce } from "../override/service.ts";
import { UsageDto } from "./contract.ts";
import { isUsageBucket, refusedFor } from "./rules.ts";
import type { Asker } from "./rules.ts";

const nothing: UsageReading = { isLive: false, buckets: [], minutes: [], days: [], refused: [] };

/**
 * How much of its requests the company has left, what was admitted and refused in the last hour and month, and for whom.
 * The limiter's store is asked between two transactions, and `isLive` is false where it does not answer.
 */
export async function describeUsage({ request, transact }: SteppedCall): Promise<UsageDto> {
  const { tenantId, limits } = await transact(async ({ db, tenant, now }) => ({ tenantId: tenant.id, limits: await limitsInForce(db, tenant.id, now) }));
  const { refused, ...read } = (await request.readUsage?.(tenantId, limits)) ?? nothing;
  const ids = [...new Set(refused.map(({ userId }) => userId))];
  const askers = ids.length === 0 ? new Map<string, Asker>() : await transact(({ db }) => askersOf(db, tenantId, ids));
  return UsageDto.parse({
    isLive: read.isLive,
    at: request.now.toISOString(),
    buckets: read.buckets.filter(({ name }) => isUsageBucket(name)),
    minutes: read.minutes.map(({ at, ...counts }) => ({ at: new Date(at).toISOString(), ...counts })),
    days: read.days,
    refusedFor: refusedFor(refused, askers),
  });
}

/** The members of the company by their ids and by those of their sessions. Whoever is deleted, or of another company, is not among them. */
async function askersOf(db: TenantDb, tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, Asker>> {
  const rows = await db.$queryRaw<(Asker & { readonly id: string })[]>`
    SELECT m.id, m.id AS "memberId", m.name FROM member m WHERE m.tenant_id = ${tenantId} AND m.id = ANY(${ids})
    UNION ALL
    SELECT s.id, m.id AS "memberId", m.name FROM session s JOIN member m ON m.tenant_id = s.tenant_id AND m.id = s.member_id
    WHERE s.tenant_id = ${tenantId} AND s.id = ANY(${ids})`;
  return new Map(rows.map(({ id, ...asker }) => [id, asker]));
}
