import { callAs, makeMember, requestAs } from "@atrium/api/testing";
import type { TestMember } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import { planTerms } from "@atrium/kernel";
import { makeLimiter, publishLimits, usageReader } from "@atrium/limits";
import { expect, inject, it } from "vitest";
import { usageRouter } from "./router.ts";

const now = new Date("2026-11-20T09:30:30Z");
const clock = () => now.getTime();
const redis = { url: inject("restUrl"), token: inject("restToken"), budgetMs: 10_000 };
const readUsage = usageReader(redis, clock);

async function company(role: "owner" | "employee" = "owner") {
  const [database, tenant] = [await testDatabase(), await makeTenant()];
  const owner = await makeMember(database, tenant, [role], { name: "Kavya Nair" });
  const limiter = makeLimiter({ redis, refresh: async () => undefined, wallClock: clock, redisClock: clock, now: clock });
  /** A request that is decided by Redis each time, so that each is counted at once. */
  const ask = (member: Pick<TestMember, "id" | "sessionId">, userId = member.id) =>
    limiter.decide({ routeClass: "report", cost: 1, tenantId: tenant.id, userId, sessionId: member.sessionId, address: "203.0.113.7", account: undefined });
  const options = { database, tenant, member: owner, now };
  const usage = (read = readUsage) => usageRouter.createCaller({ ...requestAs(options).request, readUsage: read }).get();
  return { database, tenant, owner, ask, options, usage };
}

it("what was admitted, what was refused and for whom stands in the minute and the day it happened, whichever session it came by", async () => {
  const { database, tenant, owner, ask, usage } = await company();
  const arjun = await makeMember(database, tenant, ["employee"], { name: "Arjun Rao" });
  await publishLimits(redis, tenant.id, { perMinute: 3, perHour: 100, version: 1 });
  for (let request = 0; request < 3; request += 1) await ask(owner);
  await ask(arjun);
  await ask(arjun, arjun.sessionId);
  await ask(owner);

  const seen = await usage();
  expect(seen.isLive).toBe(true);
  expect(seen.buckets.find(({ name }) => name === "minute")).toMatchObject({ capacity: 3, remaining: 0, windowMs: 60_000 });
  expect(seen.buckets.find(({ name }) => name === "hour")).toMatchObject({ capacity: 100, remaining: 97 });
  expect(seen.minutes).toHaveLength(60);
  expect(seen.minutes.at(-1)).toEqual({ at: "2026-11-20T09:30:00.000Z", admitted: 3, refused: 3 });
  expect(seen.days).toHaveLength(30);
  expect(seen.days.at(-1)).toEqual({ day: "2026-11-20", admitted: 3, refused: 3, degraded: 0 });
  expect(seen.refusedFor).toEqual([
    { memberId: arjun.id, name: "Arjun Rao", bucket: "minute", count: 2 },
    { memberId: owner.id, name: "Kavya Nair", bucket: "minute", count: 1 },
  ]);
});

it("looking takes nothing", async () => {
  const { tenant, owner, ask, usage } = await company();
  await publishLimits(redis, tenant.id, { perMinute: 60, perHour: 1_000, version: 1 });
  await ask(owner);
  const [first, second] = [await usage(), await usage()];
  expect(second.buckets).toEqual(first.buckets);
});

it("a company that has not called for a while is told the limits of its plan, all of them left", async () => {
  const { database, tenant, usage } = await company();
  await database.withTenant(tenant.id, (db) => db.tenant.updateMany({ where: { id: tenant.id }, data: { plan: "starter" } }));
  const { buckets } = await usage();
  const { perMinute, perHour } = planTerms.starter.limits;
  expect(buckets.find(({ name }) => name === "minute")).toMatchObject({ capacity: perMinute, remaining: perMinute, waitMs: 0 });
  expect(buckets.find(({ name }) => name === "hour")).toMatchObject({ capacity: perHour, remaining: perHour });
});

it("no company sees another's, not even by the id of somebody who was refused there", async () => {
  const [mine, other] = [await company(), await company()];
  await publishLimits(redis, mine.tenant.id, { perMinute: 1, perHour: 100, version: 1 });
  await mine.ask(mine.owner);
  await mine.ask(other.owner);
  expect((await mine.usage()).refusedFor).toEqual([{ memberId: null, name: null, bucket: "minute", count: 1 }]);
  const seen = await other.usage();
  expect([seen.days.at(-1), seen.refusedFor]).toEqual([{ day: "2026-11-20", admitted: 0, refused: 0, degraded: 0 }, []]);
});

it("where the limiter's store cannot be asked, or there is none, that is what is said", async () => {
  const { usage, options } = await company();
  const deaf = usageReader({ url: "http://127.0.0.1:9", token: "nobody-listens", budgetMs: 1_000 }, clock);
  const nothing = { isLive: false, buckets: [], minutes: [], days: [], refusedFor: [] };
  expect(await usage(deaf)).toMatchObject(nothing);
  expect(await callAs(usageRouter, options).call.get()).toMatchObject(nothing);
});

it("is nothing that an employee sees", async () => {
  await expect((await company("employee")).usage()).rejects.toMatchObject({ message: "permission/missing" });
});
