import { inContext } from "@atrium/api/testing";
import type { ContextOptions } from "@atrium/api/testing";
import type { Ctx } from "@atrium/api";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import { describe, expect, it } from "vitest";
import { clearOverride, limitsInForce, listOverrides, overrideOf, setOverride } from "./service.ts";

const database = await testDatabase();
const now = new Date("2026-11-20T09:30:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const meena = { kind: "operator", operatorId: "mem_0001", name: "Meena Iyer" } as const;
const reason = "A month of hiring that the company told us of.";

async function company() {
  const tenant = await makeTenant();
  await database.withTenant(tenant.id, (db) => db.tenant.updateMany({ where: { id: tenant.id }, data: { plan: "starter" } }));
  const within = async <T>(work: (ctx: Ctx) => Promise<T>, options: ContextOptions = {}): Promise<T> => (await inContext(database, tenant, work, { actor: meena, now, ...options })).value;
  const limits = (at = now) => database.withTenant(tenant.id, (db) => limitsInForce(db, tenant.id, at));
  const trail = () => database.withTenant(tenant.id, (db) => db.auditEvent.findMany({ where: { tenantId: tenant.id, entity: "limit-override" }, orderBy: { seq: "asc" } }));
  return { tenant, within, limits, trail };
}

describe("an override", () => {
  it("is in force with its commit, stands in the company's trail with who, why, before and after, and ends by the clock", async () => {
    const { within, limits, trail } = await company();
    const first = await within((ctx) => setOverride(ctx, { perMinute: 600, until: later(60).toISOString(), reason }));
    expect(first).toMatchObject({ perMinute: 600, perHour: null, madeBy: "Meena Iyer", madeAt: now.toISOString(), isInForce: true });
    expect(await limits()).toMatchObject({ perMinute: 600, perHour: 1_000, isOverridden: true });
    expect(await limits(later(60))).toMatchObject({ perMinute: 60, isOverridden: false });
    await within((ctx) => setOverride(ctx, { perMinute: 900, perHour: 20_000, until: null, reason }), { now: later(5) });
    expect(await limits(later(6))).toMatchObject({ perMinute: 900, perHour: 20_000 });
    expect(await trail()).toMatchObject([
      { action: "limit-override.set", actorKind: "operator", actorName: "Meena Iyer", reason, before: null, after: { perMinute: 600, until: later(60).toISOString() } },
      { action: "limit-override.set", reason, before: { perMinute: 600 }, after: { perMinute: 900, perHour: 20_000, until: null } },
    ]);
  });

  it("that is cleared leaves the plan's limits, and stays in the history", async () => {
    const { within, limits, trail } = await company();
    await within((ctx) => setOverride(ctx, { perHour: 9_000, until: null, reason }));
    await within(clearOverride, { now: later(1) });
    expect([await limits(later(1)), await within(overrideOf, { now: later(1) })]).toMatchObject([{ perMinute: 60, perHour: 1_000 }, undefined]);
    expect(await within(listOverrides)).toMatchObject([{ perHour: 9_000, endedAt: later(1).toISOString(), endedBy: "Meena Iyer", isInForce: false }]);
    expect((await trail()).at(-1)).toMatchObject({ action: "limit-override.clear", before: { perHour: 9_000 } });
    await expect(within(clearOverride, { now: later(2) })).rejects.toMatchObject({ code: "override/none", kind: "not-found" });
  });

  it("that ran out ended at its own end when the next one is set, and cannot be cleared", async () => {
    const { within } = await company();
    await within((ctx) => setOverride(ctx, { perMinute: 600, until: later(60).toISOString(), reason }));
    expect(await within(overrideOf, { now: later(61) })).toBeUndefined();
    await expect(within(clearOverride, { now: later(61) })).rejects.toMatchObject({ code: "override/none" });
    await within((ctx) => setOverride(ctx, { perMinute: 700, until: null, reason }), { now: later(90) });
    expect(await within(listOverrides, { now: later(90) })).toMatchObject([{ perMinute: 700, isInForce: true }, { perMinute: 600, endedAt: later(60).toISOString() }]);
  });

  it("of two that are set at the same moment one holds, and each raises the number of the limits", async () => {
    const { within, limits } = await company();
    const before = (await limits()).version;
    await Promise.all([600, 700, 800].map((perMinute) => within((ctx) => setOverride(ctx, { perMinute, until: null, reason }))));
    expect((await within(listOverrides)).filter(({ isInForce }) => isInForce)).toHaveLength(1);
    expect((await limits()).version).toBe(before + 9);
  });

  it.each([
    ["nothing", { until: null, reason }, "override/nothing-set"],
    ["an end that has passed", { perMinute: 10, until: now.toISOString(), reason }, "override/until-past"],
  ] as const)("is refused with %s", async (_name, given, code) => {
    const { within, limits } = await company();
    await expect(within((ctx) => setOverride(ctx, given))).rejects.toMatchObject({ code });
    expect(await limits()).toMatchObject({ isOverridden: false, version: 0 });
  });

  it.each([
    ["no requests", { perMinute: 0 }],
    ["fewer than none", { perMinute: -5 }],
    ["part of one", { perHour: 1.5 }],
    ["more than anybody could make", { perHour: 1e12 }],
    ["no reason", { perMinute: 10, reason: "  " }],
    ["an end that is no moment", { perMinute: 10, until: "tomorrow" }],
  ])("is refused with %s", async (_name, given) => {
    const { within } = await company();
    await expect(within((ctx) => setOverride(ctx, { until: null, reason, ...given }))).rejects.toMatchObject({ name: "ZodError" });
  });

  it("of one company is nothing to another", async () => {
    const [ours, theirs] = [await company(), await company()];
    await ours.within((ctx) => setOverride(ctx, { perMinute: 600, until: null, reason }));
    expect([await theirs.limits(), await theirs.within(listOverrides)]).toMatchObject([{ perMinute: 60 }, []]);
    await expect(database.withTenant(theirs.tenant.id, (db) => limitsInForce(db, ours.tenant.id, now))).rejects.toMatchObject({ code: "tenant_not_found" });
  });

  it("is seen by the operators' list, which sees neither its reason nor one that has ended", async () => {
    const { tenant, within } = await company();
    await within((ctx) => setOverride(ctx, { perMinute: 600, until: null, reason }));
    const seen = () => database.withSystem((db) => db.$queryRaw`SELECT per_minute AS "perMinute" FROM limit_override WHERE tenant_id = ${tenant.id}`);
    expect(await seen()).toEqual([{ perMinute: 600 }]);
    await expect(database.withSystem((db) => db.$queryRaw`SELECT reason FROM limit_override WHERE tenant_id = ${tenant.id}`)).rejects.toThrow(/permission denied/);
    await within(clearOverride, { now: later(1) });
    expect(await seen()).toEqual([]);
  });
});
