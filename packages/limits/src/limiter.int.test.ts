import { describe, expect, inject, it } from "vitest";
import { configKey, dayIndex, endedKey, tenantPrefix, usageKey } from "./keys.ts";
import { makeLimiter } from "./limiter.ts";
import { classPolicies, fixedBuckets, routeClasses } from "./route-classes.ts";
import type { RouteClass } from "./route-classes.ts";
import { hastyRedis } from "./store.ts";
import { admittedOf, burst, makeClock, makeHouse } from "./testing.ts";
import type { TenantLimits } from "./verdict.ts";

const redis = { url: inject("restUrl"), token: inject("restToken"), budgetMs: 20_000 };
const store = hastyRedis(redis);
const house = (limits?: TenantLimits) => makeHouse(redis, limits);

describe("a company's bucket", () => {
  it("lets exactly as many through as it holds, however many ask at once", async () => {
    const { process, publish } = house();
    await publish(60);
    const verdicts = await burst(process(), 1_000, (index) => ({ userId: `mem_${String(index)}` }));
    expect(admittedOf(verdicts)).toBe(60);
  });

  it("is shared by all processes, not by one more", async () => {
    const { process, publish, clock } = house();
    await publish(300);
    const processes = [process(), process(), process()];
    const verdicts = await Promise.all(processes.map((decide) => burst(decide, 300, (index) => ({ userId: `mem_${String(index % 7)}` }))));
    const admitted = admittedOf(verdicts.flat());
    expect(admitted).toBeLessThanOrEqual(300);
    // What is missing is lent, and comes back within the second.
    for (const pass of [900, 100]) clock.pass(pass);
    const late = await burst(processes[0] ?? process(), 300, (index) => ({ userId: `mem_${String(index)}` }));
    expect(admitted + admittedOf(late)).toBe(300 + 5);
  });

  it("fills again evenly, and never beyond its size", async () => {
    const { process, publish, clock } = house();
    await publish(60);
    const [decide, others] = [process(), (index: number) => ({ userId: `mem_${String(index)}` })];
    await burst(decide, 60, others);
    clock.pass(2_999);
    expect(admittedOf(await burst(decide, 10, others))).toBe(2);
    clock.pass(3_600_000);
    expect(admittedOf(await burst(decide, 100, others))).toBe(60);
  });

  it("says what is left and when there is more", async () => {
    const { process, publish } = house();
    await publish(60);
    const decide = process();
    const { buckets } = await decide();
    expect(buckets.map(({ name, capacity, remaining, waitMs }) => [name, capacity, remaining, waitMs])).toEqual([
      ["minute", 60, 59, 1_000],
      ["hour", 1_000_000, 999_999, 4],
      ["user", 30, 29, 2_000],
    ]);
    await burst(decide, 40);
    expect(await decide()).toMatchObject({ outcome: "refused", violated: ["user"], retryAfterMs: 2_000 });
  });

  it("takes from none when one of them has too little", async () => {
    const { process, publish } = house();
    await publish(100, 1_000);
    const decide = process();
    const imports = await burst(decide, 5, () => ({ routeClass: "import" }));
    expect(admittedOf(imports)).toBe(2);
    const { buckets } = await decide();
    expect(buckets.find(({ name }) => name === "minute")?.remaining).toBe(97);
  });

  it("one member takes no more than their share of it", async () => {
    const { process, publish } = house();
    await publish(60);
    const decide = process();
    expect(admittedOf(await burst(decide, 60))).toBe(30);
    expect(admittedOf(await burst(decide, 60, () => ({ userId: "mem_2" })))).toBe(30);
  });

  it("counts a batch of writes as so many, and still lets a smaller one through when the larger does not fit", async () => {
    const { process, publish } = house();
    await publish(20);
    const decide = process();
    const verdicts = await Promise.all([7, 7, 7, 6].map((cost) => decide({ routeClass: "write", cost })));
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(["admitted", "admitted", "refused", "admitted"]);
  });
});

describe("a caller without a session", () => {
  it("draws on its address alone: a company is not touched, whatever is claimed", async () => {
    const { process, publish, tenantId } = house();
    await publish(60);
    const decide = process();
    const address = crypto.randomUUID();
    const guests = await burst(decide, 300, () => ({ routeClass: "guest", tenantId, userId: undefined, sessionId: undefined, address }));
    expect(admittedOf(guests)).toBe(fixedBuckets.address.capacity);
    const { buckets } = await decide();
    expect(buckets[0]?.remaining).toBe(59);
  });

  it("tries an account so many times from one address, and another account of the same address still", async () => {
    const { process } = house();
    const decide = process();
    const guest = { routeClass: "sign-in", tenantId: undefined, userId: undefined, sessionId: undefined, address: crypto.randomUUID() } as const;
    expect(admittedOf(await burst(decide, 30, () => ({ ...guest, account: "a" })))).toBe(10);
    expect(admittedOf(await burst(decide, 30, () => ({ ...guest, account: "b" })))).toBe(10);
  });

  it.each(["*", "}", "{ten_1}:config", "a:b", "../..", "mem_1:held"])("reaches no other key by an id such as %s", async (userId) => {
    const { process, publish } = house();
    await publish(60);
    const decide = process();
    await burst(decide, 40, () => ({ userId, account: userId }));
    const { buckets } = await decide({ userId: "mem_other" });
    expect(buckets.find(({ name }) => name === "user")?.remaining).toBe(29);
  });
});

describe("what a company may do", () => {
  it("is asked of the house when Redis does not know it, once for all who wait", async () => {
    const { process, refreshed } = house({ perMinute: 200, perHour: 5_000, version: 1 });
    const verdicts = await burst(process(), 50, (index) => ({ userId: `mem_${String(index)}` }));
    expect([admittedOf(verdicts), refreshed()]).toEqual([50, 1]);
    expect(verdicts[0]?.buckets[0]?.capacity).toBe(200);
  });

  it("is in force at once when it is raised, also where a refusal was just remembered", async () => {
    const { process, publish, clock } = house();
    await publish(40);
    const decide = process();
    await burst(decide, 40, (index) => ({ userId: `mem_${String(index % 2)}` }));
    expect((await decide()).outcome).toBe("refused");
    await publish(400, 1_000_000, 2);
    clock.pass(1_000);
    expect((await decide()).outcome).toBe("admitted");
  });

  it("what was used stays used when it is lowered", async () => {
    const { process, publish } = house();
    await publish(200);
    const decide = process();
    await burst(decide, 50, (index) => ({ userId: `mem_${String(index)}` }));
    await publish(60, 1_000_000, 2);
    expect((await decide({ userId: "mem_x" })).buckets[0]?.remaining).toBe(9);
  });

  it("is no fuller for having been lowered and raised again", async () => {
    const { process, publish, clock } = house();
    const everybody = (index: number) => ({ userId: `mem_${String(index)}` });
    const drain = async () => admittedOf(await burst(process(), 210, everybody));
    await publish(200);
    expect(await drain()).toBe(200);
    for (const version of [2, 4, 6]) {
      await publish(60, 1_000_000, version);
      clock.pass(1_000);
      expect(await drain()).toBe(1);
      await publish(200, 1_000_000, version + 1);
      expect(await drain()).toBe(0);
    }
    // What it holds less than it could comes back as it always would.
    clock.pass(60_000);
    expect(await drain()).toBe(200);
  });

  it("an older word never overwrites a newer", async () => {
    const { process, publish } = house();
    await publish(200, 5_000, 7);
    await publish(60, 1_000, 6);
    expect((await process()()).buckets[0]?.capacity).toBe(200);
  });
});

describe("the alarm", () => {
  it("is raised once in a window when nine tenths are used", async () => {
    const { process, publish, clock } = house();
    await publish(100);
    const decide = process();
    const alarmsOf = async (count: number, first: number) =>
      (await burst(decide, count, (index) => ({ userId: `mem_${String(first + index)}` }))).flatMap(({ alarms }) => alarms);
    expect(await alarmsOf(90, 0)).toEqual([]);
    expect(await alarmsOf(10, 100)).toEqual(["minute"]);
    clock.pass(20_000);
    expect(await alarmsOf(33, 200)).toEqual([]);
  });
});

it("an ended session is told apart in the same round trip, and takes nothing", async () => {
  const { process, publish, tenantId } = house();
  await publish(60);
  await store.set(endedKey(tenantId, "ses_gone"), 1, { px: 60_000 });
  const decide = process();
  expect((await decide({ sessionId: "ses_gone" })).outcome).toBe("ended");
  expect((await decide()).buckets[0]?.remaining).toBe(59);
});

describe("while Redis cannot be asked", () => {
  const nobody = { url: "http://127.0.0.1:1", token: "no-token-of-anybody" };
  const usual = { cost: 1, tenantId: "ten_1", userId: "mem_1", sessionId: "ses_1", address: "203.0.113.7", account: "a" };

  it.each(routeClasses.map((name) => [name, classPolicies[name].withoutRedis] as const))("%s is decided as its table says: %s", async (routeClass: RouteClass, without) => {
    for (const door of [nobody, undefined]) {
      const limiter = makeLimiter({ redis: door, refresh: () => Promise.resolve(), wallClock: Date.now });
      const verdict = await limiter.decide({ ...usual, routeClass });
      expect(verdict).toMatchObject({ isDegraded: true, outcome: without === "local" ? "admitted" : "unavailable" });
      if (without === "refuse") expect(verdict.retryAfterMs).toBeGreaterThan(0);
    }
  });

  it("this process alone lets no more through than the company has", async () => {
    const clock = makeClock();
    const limiter = makeLimiter({ redis: nobody, refresh: () => Promise.resolve(), wallClock: Date.now, now: clock.now });
    const ask = async (index: number) => limiter.decide({ ...usual, routeClass: "read", userId: `mem_${String(index)}` });
    const verdicts = await Promise.all(Array.from({ length: 200 }, (_, index) => ask(index)));
    expect(admittedOf(verdicts)).toBe(60);
    clock.pass(2_000);
    expect(admittedOf(await Promise.all([ask(1), ask(2), ask(3)]))).toBe(2);
  });

  it("whoever comes only now has the share of the plan that the company was seen with, and takes nothing of the others'", async () => {
    const { tenantId, clock, publish } = house();
    await publish(1_000, 50_000);
    const limiter = makeLimiter({ redis, now: clock.now, redisClock: clock.now, wallClock: clock.now, later: clock.later, refresh: () => Promise.reject(new Error("Nobody answers.")) });
    const ask = async (userId: string) => limiter.decide({ ...usual, tenantId, routeClass: "read", userId, sessionId: userId });
    expect(await ask("mem_1")).toMatchObject({ outcome: "admitted", isDegraded: false });
    await store.del(configKey(tenantId));
    const late = await burst(() => ask("mem_2"), 200);
    expect(late[0]).toMatchObject({ isDegraded: true });
    expect(admittedOf(late)).toBe(200);
    expect(admittedOf(await burst(() => ask("mem_1"), 200))).toBe(200);
  });

  it("what is counted of it later does not stay for ever, also of a company that did nothing else", async () => {
    const { tenantId, clock, publish } = house();
    let isGone = true;
    const limiter = makeLimiter({
      redis, now: clock.now, redisClock: clock.now, wallClock: clock.now, later: clock.later,
      refresh: () => (isGone ? Promise.reject(new Error("Nobody answers.")) : publish(60)),
    });
    expect(await limiter.decide({ ...usual, tenantId, routeClass: "payroll" })).toMatchObject({ outcome: "unavailable" });
    isGone = false;
    clock.pass(1_000);
    await limiter.decide({ ...usual, tenantId, routeClass: "page" });
    const key = usageKey(tenantPrefix(tenantId), "day", dayIndex(clock.now()));
    await expect.poll(() => store.hget(key, "degraded")).toBe(1);
    expect(await store.ttl(key)).toBeGreaterThan(0);
  });

  it("what was let through meanwhile is charged once Redis answers, so that a company gains nothing by bad times", async () => {
    const { process, publish, tenantId, clock } = house();
    await publish(60);
    let isAway = true;
    const away = makeLimiter({
      redis, now: clock.now, redisClock: clock.now, wallClock: clock.now, later: clock.later,
      // Without the house's word nothing is decided by Redis.
      refresh: () => (isAway ? Promise.reject(new Error("Nobody answers.")) : publish(60, 1_000_000, 2)),
    });
    await store.del(`limits:{${tenantId}}:config`);
    const served = await Promise.all(Array.from({ length: 60 }, async (_, index) => away.decide({ ...usual, tenantId, routeClass: "read", userId: `mem_${String(index % 3)}` })));
    expect(admittedOf(served)).toBe(60);
    isAway = false;
    clock.pass(2_000);
    await publish(60, 1_000_000, 3);
    await expect.poll(async () => (await process()({ userId: "mem_9", routeClass: "write" })).outcome).toBe("refused");
    clock.pass(60_000);
    expect((await process()({ userId: "mem_9" })).outcome).toBe("admitted");
  });
});
