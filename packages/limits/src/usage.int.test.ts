import { expect, inject, it } from "vitest";
import { degradedKey } from "./keys.ts";
import { makeLimiter } from "./limiter.ts";
import { hastyRedis } from "./store.ts";
import { admittedOf, burst, makeHouse } from "./testing.ts";
import { readDegraded, readGauges, usageReader } from "./usage.ts";

const redis = { url: inject("restUrl"), token: inject("restToken"), budgetMs: 20_000 };

it("tells how full the buckets are, and takes nothing by telling it", async () => {
  const { process, publish, clock, tenantId } = makeHouse(redis);
  await publish(100, 1_000);
  await burst(process(), 40, (index) => ({ userId: `mem_${String(index)}` }));
  const read = usageReader(redis, clock.now);
  for (const round of [1, 2, 3]) {
    const { isLive, buckets } = await read(tenantId);
    expect([round, isLive, buckets.slice(0, 2).map(({ name, capacity, remaining }) => [name, capacity, remaining])]).toEqual([
      round, true, [["minute", 100, 60], ["hour", 1_000, 960]],
    ]);
  }
  clock.pass(600);
  expect((await read(tenantId)).buckets[0]).toMatchObject({ remaining: 61, waitMs: 600 });
});

it("counts what was admitted and refused by minute and by day, and for whom, also what was decided without a question", async () => {
  const { process, publish, clock, tenantId } = makeHouse(redis);
  await publish(60);
  const decide = process();
  const first = await burst(decide, 40);
  const again = await burst(decide, 25);
  const others = await burst(decide, 12, () => ({ userId: "mem_2", routeClass: "report" }));
  clock.pass(950);
  const admitted = admittedOf([...first, ...again, ...others]);
  const read = usageReader(redis, clock.now);
  await expect.poll(async () => (await read(tenantId)).days.at(-1)).toMatchObject({ admitted, refused: 77 - admitted });
  const { minutes, refused } = await read(tenantId);
  expect(minutes).toHaveLength(60);
  expect(minutes.reduce((sum, minute) => sum + minute.admitted, 0)).toBe(admitted);
  expect(refused).toContainEqual({ bucket: "user", userId: "mem_1", count: 35 });
  expect(refused).toContainEqual({ bucket: "report", userId: "mem_2", count: 2 });
});

it("knows nothing of another company", async () => {
  const [one, other] = [makeHouse(redis), makeHouse(redis)];
  await one.publish(60);
  await burst(one.process(), 30);
  const { buckets, days, refused } = await usageReader(redis, one.clock.now)(other.tenantId, { perMinute: 30, perHour: 500, version: 0 });
  expect(buckets[0]).toMatchObject({ name: "minute", capacity: 30, remaining: 30 });
  expect([days.every(({ admitted }) => admitted === 0), refused]).toEqual([true, []]);
});

it("says that nothing can be told where Redis does not answer", async () => {
  const read = usageReader({ url: "http://127.0.0.1:1", token: "no-token-of-anybody" }, () => 0);
  expect(await read("ten_1")).toEqual({ isLive: false, buckets: [], minutes: [], days: [], refused: [] });
});

it("reads the gauges of many companies", async () => {
  const houses = Array.from({ length: 3 }, () => makeHouse(redis));
  const limits = { perMinute: 100, perHour: 1_000, version: 1 };
  for (const [place, { publish, process }] of houses.entries()) {
    await publish(100, 1_000);
    await burst(process(), place * 20);
  }
  const now = houses[0]?.clock.now() ?? 0;
  const gauges = await readGauges(redis, houses.map(({ tenantId }) => ({ id: tenantId, limits })), now);
  expect(gauges.map(({ tenantId }) => tenantId)).toEqual(houses.map(({ tenantId }) => tenantId));
  expect(gauges[0]).toMatchObject({ minuteUsed: 0, hourUsed: 0 });
});

it("decisions made without Redis are counted once it is back", async () => {
  const { tenantId, clock, publish } = makeHouse(redis);
  await publish(60);
  const before = (await readDegraded(redis, clock.now())).payroll ?? 0;
  let isGone = true;
  const limiter = makeLimiter({
    redis, now: clock.now, redisClock: clock.now, wallClock: clock.now, later: clock.later,
    // The house cannot be reached either, and without its word nothing is decided by Redis.
    refresh: () => (isGone ? Promise.reject(new Error("Nobody answers.")) : publish(60)),
  });
  const ask = { cost: 1, tenantId, userId: "mem_1", sessionId: "ses_1", address: "203.0.113.7", account: undefined };
  await hastyRedis(redis).del(`limits:{${tenantId}}:config`);
  for (const routeClass of ["payroll", "payroll", "read"] as const) {
    expect(await limiter.decide({ ...ask, routeClass })).toMatchObject({ isDegraded: true });
  }
  isGone = false;
  clock.pass(1_000);
  expect(await limiter.decide({ ...ask, routeClass: "read" })).toMatchObject({ outcome: "admitted", isDegraded: false });
  await expect.poll(async () => (await readDegraded(redis, clock.now())).payroll).toBe(before + 2);
  expect((await usageReader(redis, clock.now)(tenantId)).days.at(-1)?.degraded).toBe(3);
  expect(await hastyRedis(redis).ttl(degradedKey(Math.floor((clock.now() + 19_800_000) / 86_400_000)))).toBeGreaterThan(0);
});
