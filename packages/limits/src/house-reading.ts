import { indiaOffsetMs } from "./keys.ts";
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

const atOnce = 300;
const days = 7;
const dayMs = 86_400_000;

export function houseReader(door: RedisDoor, now: () => number): HouseReading {
  return {
    gauges: async (tenants) => {
      const at = now();
      const parts = Array.from({ length: Math.ceil(tenants.length / atOnce) }, (_, part) => tenants.slice(part * atOnce, (part + 1) * atOnce));
      try {
        const read = await Promise.all(parts.map((part) => readGauges(door, part, at)));
        return new Map(read.flat().map((gauge) => [gauge.tenantId, gauge]));
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
