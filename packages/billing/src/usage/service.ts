import type { SteppedCall } from "@atrium/api";
import type { TenantDb } from "@atrium/db";
import type { UsageReading } from "@atrium/limits";
import { UsageDto } from "./contract.ts";
import { isUsageBucket, refusedFor } from "./rules.ts";

const nothing: UsageReading = { isLive: false, buckets: [], minutes: [], days: [], refused: [] };

/**
 * How much of its requests the company has left, what was admitted and refused in the last hour and month, and for whom.
 * The limiter's store is asked between two transactions, and `isLive` is false where it does not answer.
 */
export async function describeUsage({ request, transact }: SteppedCall): Promise<UsageDto> {
  const tenantId = await transact(async ({ tenant }) => tenant.id);
  const { refused, ...read } = (await request.readUsage?.(tenantId)) ?? nothing;
  const names = refused.length === 0 ? new Map<string, string>() : await transact(({ db }) => namesOf(db, tenantId, refused));
  return UsageDto.parse({
    isLive: read.isLive,
    at: request.now.toISOString(),
    buckets: read.buckets.filter(({ name }) => isUsageBucket(name)),
    minutes: read.minutes.map(({ at, ...counts }) => ({ at: new Date(at).toISOString(), ...counts })),
    days: read.days,
    refusedFor: refusedFor(refused, names),
  });
}

async function namesOf(db: TenantDb, tenantId: string, refused: UsageReading["refused"]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(refused.map(({ userId }) => userId))];
  const members = await db.member.findMany({ where: { tenantId, id: { in: ids } }, select: { id: true, name: true } });
  return new Map(members.map(({ id, name }) => [id, name]));
}
