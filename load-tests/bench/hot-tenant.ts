import { hastyRedis, publishLimits, readDegraded } from "@atrium/limits";
import type { RedisDoor } from "@atrium/limits";

/** A benchmark waits longer for Redis than a request may. */
const patient = ({ url, token }: RedisDoor): RedisDoor => ({ url, token, budgetMs: 5_000 });

/** So much in an hour that it never binds. */
const perHour = 360_000_000;

/** Gives a company its sizes by the way that all of them go. They live for a minute; in the real house the edge has them written again. */
export const giveLimits = (door: RedisDoor, tenantId: string, perMinute: number): Promise<void> =>
  publishLimits(patient(door), tenantId, { perMinute, perHour, version: 1 });

/** So many decisions were made without Redis until now. */
export async function degradedDecisions(door: RedisDoor): Promise<number> {
  const counts = await readDegraded(patient(door), Date.now());
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Redis's own clock, in ms. */
export async function redisTime(door: RedisDoor): Promise<number> {
  const [seconds, microseconds] = await hastyRedis(patient(door)).time();
  return seconds * 1_000 + microseconds / 1_000;
}
