import { expect, inject, test } from "vitest";
import { houseReader } from "./house-reading.ts";
import { dayIndex, degradedKey } from "./keys.ts";
import { makeLimiter } from "./limiter.ts";
import { hastyRedis, publishLimits } from "./store.ts";

const door = { url: inject("restUrl"), token: inject("restToken"), budgetMs: 10_000 };
// A day far from every other test's, so that the house's own counts are this test's alone.
const now = Date.UTC(2031, 4, 6, 7, 30);
const clock = () => now;
const limits = { perMinute: 10, perHour: 1_000, version: 1 };
const mark = Date.now().toString(36);
const idOf = (place: number): string => `ten_house_${mark}_${String(place)}`;
const reading = houseReader(door, clock);

async function call(tenantId: string, times: number): Promise<void> {
  await publishLimits(door, tenantId, limits);
  const limiter = makeLimiter({ redis: door, refresh: async () => undefined, wallClock: clock, redisClock: clock, now: clock });
  for (let done = 0; done < times; done += 1) {
    await limiter.decide({ routeClass: "report", cost: 1, tenantId, userId: `mem_${String(done)}`, sessionId: "ses_1", address: "203.0.113.7", account: undefined });
  }
}

test.each([3, 2_500])("of %i companies each has its gauge, whether it has called or not", async (count) => {
  const tenants = Array.from({ length: count }, (_, place) => ({ id: `${idOf(place)}_${String(count)}`, limits }));
  await call(tenants[1]?.id ?? "", 4);
  const gauges = await reading.gauges(tenants);
  expect(gauges?.size).toBe(count);
  expect(gauges?.get(tenants[1]?.id ?? "")).toMatchObject({ minuteUsed: 0.4, admitted: 4, refused: 0 });
  expect(gauges?.get(tenants[2]?.id ?? "")).toMatchObject({ minuteUsed: 0, hourUsed: 0, admitted: 0, refused: 0 });
});

test("what was decided without Redis in the last seven days is told by class, the newest day first", async () => {
  const redis = hastyRedis(door);
  await redis.hset(degradedKey(dayIndex(now)), { read: 12, "sign-in": 3 });
  await redis.hset(degradedKey(dayIndex(now) - 6), { payroll: 1 });
  await redis.hset(degradedKey(dayIndex(now) - 7), { payroll: 9 });
  expect(await reading.degraded()).toEqual([
    { day: "2031-05-06", routeClass: "read", count: 12 },
    { day: "2031-05-06", routeClass: "sign-in", count: 3 },
    { day: "2031-04-30", routeClass: "payroll", count: 1 },
  ]);
});

test("where Redis does not answer, that is the answer", async () => {
  const away = houseReader({ url: "http://127.0.0.1:9", token: "nobody-listens", budgetMs: 500 }, clock);
  expect([await away.gauges([{ id: idOf(1), limits }]), await away.degraded()]).toEqual([undefined, undefined]);
});
