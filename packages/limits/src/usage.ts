import { bucketKey, configKey, dayIndex, degradedKey, hourIndex, minuteIndex, tenantPrefix, usageKey } from "./keys.ts";
import { fixedBuckets, routeClasses } from "./route-classes.ts";
import type { BucketName, RouteClass } from "./route-classes.ts";
import { hastyRedis } from "./store.ts";
import type { RedisDoor } from "./store.ts";
import type { BucketState, TenantLimits } from "./verdict.ts";

/** What was refused to one person from one bucket, in the last thirty days. */
export interface RefusedCount {
  readonly bucket: string;
  readonly userId: string;
  readonly count: number;
}

export interface UsageReading {
  /** False when Redis cannot be asked; everything else is empty then. */
  readonly isLive: boolean;
  readonly buckets: readonly BucketState[];
  /** The last sixty minutes, oldest first; `at` in ms since 1970. */
  readonly minutes: readonly { readonly at: number; readonly admitted: number; readonly refused: number }[];
  /** The last thirty days in India, oldest first. */
  readonly days: readonly { readonly day: string; readonly admitted: number; readonly refused: number; readonly degraded: number }[];
  readonly refused: readonly RefusedCount[];
}

/** @param limits the company's sizes where Redis does not know them, because nobody of it has called for a while */
export type ReadUsage = (tenantId: string, limits?: TenantLimits) => Promise<UsageReading>;

const shown = ["minute", "hour", "payroll", "payslips", "report", "import"] as const satisfies readonly BucketName[];
const heldMinutes = 60;
const heldDays = 30;
/** Somebody waits for a page, not for a decision. */
const patienceMs = 1_000;

type Hash = Readonly<Record<string, unknown>> | null;

const numberAt = (hash: Hash, field: string): number => Number(hash?.[field] ?? 0);

/** Reads how full a company's buckets are and what was admitted and refused, in one round trip that takes nothing. Never throws. */
export function usageReader(door: RedisDoor, now: () => number): ReadUsage {
  const redis = hastyRedis({ budgetMs: patienceMs, ...door });
  return async (tenantId, limits) => {
    const prefix = tenantPrefix(tenantId);
    const at = now();
    const [minute, day] = [minuteIndex(at), dayIndex(at)];
    const minutes = Array.from({ length: heldMinutes }, (_, back) => minute - heldMinutes + 1 + back);
    const days = Array.from({ length: heldDays }, (_, back) => day - heldDays + 1 + back);
    const keys = [
      configKey(tenantId), ...shown.map((name) => bucketKey(prefix, name)),
      ...minutes.map((index) => usageKey(prefix, "minute", index)), ...days.map((index) => usageKey(prefix, "day", index)),
    ];
    const pipeline = redis.pipeline();
    for (const key of keys) pipeline.hgetall(key);
    try {
      const [config = null, ...rest] = await pipeline.exec<Hash[]>();
      const counts = rest.slice(shown.length);
      return {
        isLive: true,
        buckets: shown.flatMap((name, index) => bucketNow(name, rest[index] ?? null, capacityOf(name, config, limits), at) ?? []),
        minutes: minutes.map((index, place) => ({ at: index * 60_000, ...admittedAndRefused(counts[place] ?? null) })),
        days: days.map((index, place) => dayOf(index, counts[heldMinutes + place] ?? null)),
        refused: refusedIn(counts.slice(heldMinutes)),
      };
    } catch {
      return { isLive: false, buckets: [], minutes: [], days: [], refused: [] };
    }
  };
}

const admittedAndRefused = (hash: Hash) => ({ admitted: numberAt(hash, "admitted"), refused: numberAt(hash, "refused") });

const dayOf = (index: number, hash: Hash) => ({ day: new Date(index * 86_400_000).toISOString().slice(0, 10), ...admittedAndRefused(hash), degraded: numberAt(hash, "degraded") });

function capacityOf(name: (typeof shown)[number], config: Hash, limits: TenantLimits | undefined): number | undefined {
  if (name !== "minute" && name !== "hour") return fixedBuckets[name].capacity;
  const known = numberAt(config, name);
  if (known > 0) return known;
  return name === "minute" ? limits?.perMinute : limits?.perHour;
}

/** A bucket as it would be if it were asked now; nothing for one whose size nobody knows. */
function bucketNow(name: (typeof shown)[number], hash: Hash, capacity: number | undefined, now: number): BucketState | undefined {
  if (capacity === undefined) return undefined;
  const windowMs = name === "minute" ? 60_000 : name === "hour" ? 3_600_000 : fixedBuckets[name].windowMs;
  const rate = capacity / windowMs;
  const kept = hash?.["level"] === undefined ? capacity : numberAt(hash, "level") + capacity - numberAt(hash, "capacity");
  // What processes hold in advance is theirs to spend, and not used yet.
  const held = numberAt(hash, "held");
  const level = Math.max(0, Math.min(capacity, kept + held + Math.max(0, now - numberAt(hash, "at")) * rate));
  const remaining = Math.floor(level);
  return { name, capacity, windowMs, remaining, waitMs: remaining >= capacity ? 0 : Math.ceil((remaining + 1 - level) / rate) };
}

function refusedIn(days: readonly Hash[]): readonly RefusedCount[] {
  const counts = new Map<string, number>();
  for (const day of days) {
    for (const [field, count] of Object.entries(day ?? {})) {
      if (field.startsWith("refused:")) counts.set(field, (counts.get(field) ?? 0) + Number(count));
    }
  }
  return [...counts].map(([field, count]) => {
    const [, bucket = "", userId = ""] = field.split(":");
    return { bucket, userId, count };
  });
}

/** How close one of many companies is to its limits. */
export interface Gauge {
  readonly tenantId: string;
  /** What is used of each window, between 0 and 1. */
  readonly minuteUsed: number;
  readonly hourUsed: number;
  /** Since the hour began. */
  readonly admitted: number;
  readonly refused: number;
}

/** So many companies are asked about in one round trip. */
const companiesAtOnce = 300;

/**
 * Reads the gauges of many companies, a few hundred in each round trip.
 * Throws when Redis does not answer.
 */
export async function readGauges(door: RedisDoor, tenants: readonly { readonly id: string; readonly limits: TenantLimits }[], now: number): Promise<readonly Gauge[]> {
  const redis = hastyRedis({ budgetMs: patienceMs, ...door });
  const gauges: Gauge[] = [];
  for (let first = 0; first < tenants.length; first += companiesAtOnce) {
    const some = tenants.slice(first, first + companiesAtOnce);
    const pipeline = redis.pipeline();
    for (const { id } of some) {
      const prefix = tenantPrefix(id);
      pipeline.hgetall(bucketKey(prefix, "minute")).hgetall(bucketKey(prefix, "hour")).hgetall(usageKey(prefix, "hour", hourIndex(now)));
    }
    const answers = await pipeline.exec<Hash[]>();
    some.forEach(({ id, limits }, index) => {
      const [minute = null, hour = null, counts = null] = answers.slice(index * 3, index * 3 + 3);
      gauges.push({ tenantId: id, minuteUsed: used("minute", minute, limits.perMinute, now), hourUsed: used("hour", hour, limits.perHour, now), ...admittedAndRefused(counts) });
    });
  }
  return gauges;
}

function used(name: "minute" | "hour", hash: Hash, capacity: number, now: number): number {
  const bucket = bucketNow(name, hash, capacity, now);
  return bucket === undefined ? 0 : 1 - bucket.remaining / bucket.capacity;
}

/** Decisions that were made without Redis on a day in India, by class. Throws when Redis does not answer. */
export async function readDegraded(door: RedisDoor, now: number): Promise<Readonly<Partial<Record<RouteClass, number>>>> {
  const hash = await hastyRedis({ budgetMs: patienceMs, ...door }).hgetall(degradedKey(dayIndex(now)));
  return Object.fromEntries(routeClasses.filter((name) => numberAt(hash, name) > 0).map((name) => [name, numberAt(hash, name)]));
}

