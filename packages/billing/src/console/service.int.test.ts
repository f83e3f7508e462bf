import { enter } from "@atrium/api";
import { makeMember, makeSession, requestAs } from "@atrium/api/testing";
import { openDatabase } from "@atrium/db";
import { copyTemplate, dropDatabase, makeTenant, statementsAsSuperuser, testDatabase } from "@atrium/db/testing";
import type { TestDatabase } from "@atrium/db/testing";
import { createOperator, deleteTenant, findTenant } from "@atrium/identity";
import { platformSlug } from "@atrium/kernel";
import { houseReader, makeLimiter, publishLimits, usageReader } from "@atrium/limits";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { issueInvoice } from "../invoice/service.ts";
import { consoleRouter } from "./router.ts";
import { companyLimits, searchConsole, setCompanyOverride } from "./service.ts";

const redis = { url: inject("restUrl"), token: inject("restToken"), budgetMs: 10_000 };
const now = new Date("2026-11-20T09:30:30Z");
const clock = () => now.getTime();
const readers = { readUsage: usageReader(redis, clock), readHouse: houseReader(redis, clock) };
const reason = "A migration over the weekend.";

let database: TestDatabase;
let platform: { readonly id: string; readonly slug: string };
beforeAll(async () => {
  database = await testDatabase();
  if (!(await findTenant(database, platformSlug))) await createOperator(outside(), { email: "first@atrium.test", name: "First" });
  platform = (await findTenant(database, platformSlug)) ?? { id: "", slug: "" };
});
const outside = () => requestAs({ database, tenant: { id: "", slug: platformSlug }, member: undefined, now }).request;

/** An operator at the console, and the companies whose limits their acts changed. */
async function operator(options: { readonly isFresh?: boolean } = {}) {
  const member = await makeMember(database, platform, ["operator"], { name: "Om Operator" });
  const sessionId = await database.withTenant(platform.id, (db) => makeSession(db, platform.id, member.id, options.isFresh === false ? { verifiedAt: new Date(0) } : {}));
  const { request, changedLimits } = requestAs({ database, tenant: platform, member: { ...member, sessionId }, now });
  return { member, changedLimits, call: consoleRouter.createCaller({ ...request, ...readers }) };
}

async function company() {
  const tenant = await makeTenant();
  await database.withTenant(tenant.id, (db) => db.tenant.update({ where: { id: tenant.id }, data: { plan: "starter" } }));
  const owner = await makeMember(database, tenant, ["owner"], { name: "Olive Owner" });
  /** So many requests of the owner, each decided by Redis at once. */
  const ask = async (times: number): Promise<void> => {
    const limiter = makeLimiter({ redis, refresh: async () => undefined, wallClock: clock, redisClock: clock, now: clock });
    for (let done = 0; done < times; done += 1) {
      await limiter.decide({ routeClass: "report", cost: 1, tenantId: tenant.id, userId: owner.id, sessionId: owner.sessionId, address: "203.0.113.7", account: undefined });
    }
  };
  return { tenant, owner, ask, slug: tenant.slug };
}

const trailOf = (tenantId: string, entityId: string) => database.withTenant(tenantId, (db) => db.auditEvent.findMany({ where: { tenantId, entityId }, orderBy: { seq: "asc" } }));

describe("the console's list", () => {
  it("says of each company what it has, how it stands and how much of its limits is used", async () => {
    const [{ tenant, slug, ask }, { call }] = [await company(), await operator()];
    await publishLimits(redis, tenant.id, { perMinute: 4, perHour: 100, version: 1 });
    await ask(5);
    await call.setOverride({ slug, perMinute: 4, minutes: 60, reason });
    const { rows, total } = await call.companies({ limit: 10, search: slug.toUpperCase() });
    expect(total).toBe(1);
    expect(rows).toEqual([
      {
        slug, name: tenant.name, status: "active", plan: "starter", standing: "open",
        override: { until: "2026-11-20T10:30:30.000Z" },
        load: { minutePercent: 100, hourPercent: expect.any(Number), refused: 1 },
      },
    ]);
  });

  it.each(["%", "_", "\\"])("finds nothing by a sign that means any: %s", async (search) => {
    expect((await (await operator()).call.companies({ limit: 10, search })).rows).toEqual([]);
  });

  it("goes through all companies once, and not through the operators' own", async () => {
    const made = [await company(), await company(), await company()].map(({ slug }) => slug);
    const { call } = await operator();
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof call.companies>> = await call.companies({ limit: 2, after });
      seen.push(...page.rows.map(({ slug }) => slug));
      after = page.next;
    } while (after !== null);
    expect(seen).toEqual([...new Set(seen)].sort());
    expect(seen).toEqual(expect.arrayContaining(made));
    expect(seen).not.toContain(platformSlug);
  });

  it("shows the busiest first, and goes on below them", async () => {
    const [quiet, busy, { call }] = [await company(), await company(), await operator()];
    await publishLimits(redis, busy.tenant.id, { perMinute: 60, perHour: 1_000, version: 1 });
    await busy.ask(6);
    const search = `${quiet.tenant.name.slice(0, 4)}`;
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof call.companies>> = await call.companies({ limit: 20, order: "usage", search, after });
      expect(page.order).toBe("usage");
      seen.push(...page.rows.map(({ slug }) => slug));
      after = page.next;
    } while (after !== null);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.indexOf(busy.slug)).toBeLessThan(seen.indexOf(quiet.slug));
    expect(seen).not.toContain(platformSlug);
  });

  it("goes by address name and says nothing of usage where nobody knows it", async () => {
    const { slug } = await company();
    const away = houseReader({ url: "http://127.0.0.1:9", token: "none", budgetMs: 200 }, clock);
    for (const readHouse of [undefined, away]) {
      const { readHouse: _none, ...request } = { ...outside(), readHouse };
      const page = await searchConsole({ ...request, ...(readHouse && { readHouse }) }, { limit: 10, search: slug, order: "usage" });
      expect(page).toMatchObject({ order: "slug", rows: [{ slug, load: null }] });
    }
  });

  it("finds the busiest of five thousand companies", async () => {
    const name = `atrium_console_${process.pid}`;
    const urls = await copyTemplate({ superuserUrl: inject("superuserUrl"), ownerUrl: inject("ownerUrl"), appUrl: inject("appUrl") }, name);
    await statementsAsSuperuser(
      urls.superuserUrl,
      `INSERT INTO tenant (id, slug, name, created_at) SELECT 'ten_many_' || lpad(n::text, 13, '0'), 'many-' || lpad(n::text, 4, '0'), 'Many ' || n, now() FROM generate_series(1, 5000) n`,
    );
    const many = openDatabase({ url: urls.appUrl, poolMax: 2 });
    try {
      await publishLimits(redis, "ten_many_0000000004321", { perMinute: 60, perHour: 1_000, version: 1 });
      const limiter = makeLimiter({ redis, refresh: async () => undefined, wallClock: clock, redisClock: clock, now: clock });
      await limiter.decide({ routeClass: "report", cost: 1, tenantId: "ten_many_0000000004321", userId: "mem_1", sessionId: "ses_1", address: "203.0.113.7", account: undefined });
      const request = { ...outside(), ...readers, database: many };
      const busiest = await searchConsole(request, { limit: 50, order: "usage" });
      expect(busiest).toMatchObject({ total: 5_000, order: "usage" });
      expect(busiest.rows.slice(0, 2).map(({ slug }) => slug)).toEqual(["many-4321", "many-0001"]);
      expect((await searchConsole(request, { limit: 50, order: "slug", after: busiest.next })).rows).toHaveLength(50);
    } finally {
      await many.close();
      await dropDatabase(inject("superuserUrl"), name);
    }
  });
});

describe("a company's page", () => {
  it("shows its usage with the ids of its people and no names", async () => {
    const [{ tenant, owner, slug, ask }, { call }] = [await company(), await operator()];
    await publishLimits(redis, tenant.id, { perMinute: 2, perHour: 100, version: 1 });
    await ask(3);
    const shown = await call.company({ slug });
    expect(shown.usage).toMatchObject({ isLive: true, refusedFor: [{ memberId: owner.id, bucket: "minute", count: 1 }] });
    expect(JSON.stringify(shown)).not.toContain("Olive");
    expect(shown).toMatchObject({ plan: "starter", standing: "open", override: null, overrides: [], unpaid: [], limits: { perMinute: 60, perHour: 1_000 } });
  });

  it("is there for no company that there is not, and not for the operators' own", async () => {
    const { call } = await operator();
    for (const slug of ["nobody-here", platformSlug]) {
      await expect(call.company({ slug })).rejects.toMatchObject({ message: "tenant_not_found" });
      await expect(call.setOverride({ slug, perMinute: 10, minutes: 60, reason })).rejects.toMatchObject({ message: "tenant_not_found" });
    }
  });

  it("is nobody's but an operator's", async () => {
    const { tenant, owner } = await company();
    const own = consoleRouter.createCaller(requestAs({ database, tenant, member: owner, now }).request);
    for (const call of [() => own.companies({}), () => own.company({ slug: tenant.slug }), () => own.degraded(), () => own.setOverride({ slug: tenant.slug, perMinute: 9, minutes: 60, reason })]) {
      await expect(call()).rejects.toMatchObject({ message: "permission/missing" });
    }
  });
});

describe("an override from the console", () => {
  it("holds from now on, is told to the edge, and stands in both trails with its reason", async () => {
    const [{ tenant, slug }, { member, call, changedLimits }] = [await company(), await operator()];
    await call.setOverride({ slug, perMinute: 500, minutes: 120, reason });
    const shown = await call.company({ slug });
    expect(shown.limits).toEqual({ perMinute: 500, perHour: 1_000 });
    expect(shown.override).toMatchObject({ perMinute: 500, perHour: null, until: "2026-11-20T11:30:30.000Z", madeBy: "Om Operator", reason, isInForce: true });
    expect(shown.overrides).toHaveLength(1);
    expect(changedLimits).toEqual([tenant.id]);
    expect(await trailOf(tenant.id, shown.override?.id ?? "")).toMatchObject([{ action: "limit-override.set", actorKind: "operator", actorMemberId: member.id, reason }]);
    expect(await trailOf(platform.id, tenant.id)).toMatchObject([{ action: "limit-override.set", actorKind: "member", actorMemberId: member.id, reason, after: { company: slug, perMinute: 500, until: "2026-11-20T11:30:30.000Z" } }]);

    await call.clearOverride({ slug });
    expect(await call.company({ slug })).toMatchObject({ override: null, limits: { perMinute: 60, perHour: 1_000 }, overrides: [{ endedBy: "Om Operator" }] });
    await expect(call.clearOverride({ slug })).rejects.toMatchObject({ message: "override/none" });
  });

  it("asks for a fresh proof of who gives it", async () => {
    const [{ slug }, { call }] = [await company(), await operator({ isFresh: false })];
    await expect(call.setOverride({ slug, perMinute: 9, minutes: 60, reason })).rejects.toMatchObject({ message: "session/step-up-required" });
    await expect(call.clearOverride({ slug })).rejects.toMatchObject({ message: "session/step-up-required" });
    expect((await call.company({ slug })).overrides).toEqual([]);
  });

  it.each([{ perMinute: 0 }, { perMinute: -1 }, { perMinute: 1.5 }, { perMinute: 10_000_001 }, { reason: "why" }, { minutes: 4 }, { minutes: 600_000 }])("is not given on such terms: %j", async (odd) => {
    const [{ slug }, { call }] = [await company(), await operator()];
    await expect(call.setOverride({ slug, perMinute: 100, minutes: 60, reason, ...odd })).rejects.toMatchObject({ message: "request/invalid" });
  });

  it("needs a limit, and a company that is not deleted", async () => {
    const [{ slug }, { call }] = [await company(), await operator()];
    await expect(call.setOverride({ slug, minutes: 60, reason })).rejects.toMatchObject({ message: "override/nothing-set" });
    await deleteTenant(outside(), { slug });
    await expect(call.setOverride({ slug, perMinute: 9, minutes: 60, reason })).rejects.toMatchObject({ message: "console/company-deleted" });
  });

  it("from the command line names the command line", async () => {
    const { slug } = await company();
    await setCompanyOverride(outside(), slug, { perMinute: 7, until: null, reason });
    expect(await companyLimits(outside(), { slug })).toMatchObject({ override: { madeBy: "Command line", until: null }, limits: { perMinute: 7 }, usage: { isLive: false } });
  });
});

it("a payment that an operator records stands in both trails, and the invoice is paid", async () => {
  const [{ tenant, owner, slug }, { call }] = [await company(), await operator()];
  const { request } = requestAs({ database, tenant, member: owner, now });
  const lines = [{ description: "Ten seats for a month", quantity: 10, unitMinor: 6_000, amountMinor: 60_000 }];
  const invoice = await enter(request, "billing:manage", {}, (ctx) => issueInvoice(ctx, { lines, periodFrom: now, periodUntil: new Date("2026-12-20T09:30:30Z") }));
  const { unpaid } = await call.company({ slug });
  expect(unpaid).toMatchObject([{ number: invoice?.number, status: "open", openMinor: 70_800 }]);
  const payment = { slug, invoiceNumber: invoice?.number ?? "", amountMinor: 70_800, paidOn: "2026-11-20", method: "upi", reference: `UTR ${slug.slice(-12)}`, reason: "Seen on the statement." } as const;
  await expect(call.recordPayment({ ...payment, amountMinor: 70_801 })).rejects.toMatchObject({ message: "payment/too-much" });
  await call.recordPayment(payment);
  expect((await call.company({ slug })).unpaid).toEqual([]);
  expect((await trailOf(platform.id, tenant.id)).map(({ action }) => action)).toEqual(["invoice-payment.record", "invoice-payment.record"]);
});
