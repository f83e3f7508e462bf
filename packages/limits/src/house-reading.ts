import { bucketKey, indiaOffsetMs, tenantPrefix } from "./keys.ts";
import { hastyRedis } from "./store.ts";
import type { RedisDoor } from "./store.ts";
import { readDegraded, readGauges } from "./usage.ts";
import type { Gauge } from "./usage.ts";
import type { TenantLimits } from "./verdict.ts";

/** So many decisions of one class that were made without Redis on one day in India. */
export interface DegradedCount {
  readonly day: string;
  readonly routeClass: string;
  readonly count: number;
}

/** What our operators ask of Redis. Each answers undefined when Redis does not. */
export interface HouseReading {
  /** How close these companies are to their limits: one round trip for a page of them, a few at once for all. */
  readonly gauges: (tenants: readonly { readonly id: string; readonly limits: TenantLimits }[]) => Promise<ReadonlyMap<string, Gauge> | undefined>;
  /** What was decided without Redis in the last seven days, the newest first. */
  readonly degraded: () => Promise<readonly DegradedCount[] | undefined>;
}

/** So many companies are read in one round trip, and so many are asked in one whether they have called at all. */
const atOnce = 300;
const askedAtOnce = 1_000;
const patienceMs = 2_000;
const days = 7;
const dayMs = 86_400_000;

export function houseReader(door: RedisDoor, now: () => number): HouseReading {
  return {
    gauges: async (tenants) => {
      const at = now();
      try {
        const active = tenants.length > atOnce ? await activeOf(door, tenants) : tenants;
        const read = await Promise.all(cut(active, atOnce).map((part) => readGauges(door, part, at)));
        const gauges = new Map(tenants.map(({ id }) => [id, idle(id)]));
        for (const gauge of read.flat()) gauges.set(gauge.tenantId, gauge);
        return gauges;
      } catch {
        return undefined;
      }
    },
    degraded: async () => {
      const moments = Array.from({ length: days }, (_, ago) => now() - ago * dayMs);
      try {
        const counts = await Promise.all(moments.map((moment) => readDegraded(door, moment)));
        return counts.flatMap((byClass, index) => {
          const day = new Date((moments[index] ?? 0) + indiaOffsetMs).toISOString().slice(0, 10);
          return Object.entries(byClass).map(([routeClass, count]) => ({ day, routeClass, count }));
        });
      } catch {
        return undefined;
      }
    },
  };
}

const idle = (tenantId: string): Gauge => ({ tenantId, minuteUsed: 0, hourUsed: 0, admitted: 0, refused: 0 });

/** Of very many companies few have called within the hour, and only those have something to read. */
async function activeOf<T extends { readonly id: string }>(door: RedisDoor, tenants: readonly T[]): Promise<readonly T[]> {
  const redis = hastyRedis({ budgetMs: patienceMs, ...door });
  const parts = await Promise.all(
    cut(tenants, askedAtOnce).map(async (part) => {
      const pipeline = redis.pipeline();
      for (const { id } of part) pipeline.exists(bucketKey(tenantPrefix(id), "hour"));
      const isThere = await pipeline.exec<number[]>();
      return part.filter((_tenant, index) => isThere[index] === 1);
    }),
  );
  return parts.flat();
}

const cut = <T>(all: readonly T[], size: number): (readonly T[])[] => Array.from({ length: Math.ceil(all.length / size) }, (_, part) => all.slice(part * size, (part + 1) * size));
