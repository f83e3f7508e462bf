import { callAs, inContext, makeMember } from "@atrium/api/testing";
import type { ContextOptions } from "@atrium/api/testing";
import type { Ctx } from "@atrium/api";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import { startOfBillingDay } from "@atrium/kernel";
import type { Role } from "@atrium/kernel";
import { describe, expect, it } from "vitest";
import { issueInvoice, listInvoices } from "../invoice/service.ts";
import { limitsInForce } from "../override/service.ts";
import { subscriptionRouter } from "./router.ts";
import { issueRenewalWhenDue, renewSubscription } from "./service.ts";
import type { Subscription } from "./rules.ts";

const database = await testDatabase();
const day = (text: string) => startOfBillingDay(text);
const noon = (text: string) => new Date(`${text}T12:00:00+05:30`);

/** Starter with 10 seats (₹600 a month), paid from 20 November to 19 December 2026. */
const starter: Partial<Subscription> = { plan: "starter", seats: 10, subscriptionFrom: day("2026-11-20"), subscriptionUntil: day("2026-12-20") };
const professional20 = { plan: "professional", seats: 20 } as const;

async function company(change: Partial<Subscription> = starter, role: Role = "owner") {
  const tenant = await makeTenant();
  await database.withTenant(tenant.id, (db) => db.tenant.updateMany({ where: { id: tenant.id }, data: change }));
  const member = await makeMember(database, tenant, [role]);
  /** The billing page at noon of this day, by the seller's clock. */
  const on = (date: string) => callAs(subscriptionRouter, { database, tenant, member, now: noon(date) }).call;
  const within = async <T>(work: (ctx: Ctx) => Promise<T>, date: string, options: ContextOptions = {}): Promise<T> => (await inContext(database, tenant, work, { now: noon(date), ...options })).value;
  const invoices = async (date: string) => (await within((ctx) => listInvoices(ctx, { limit: 100 }), date)).rows;
  const limits = (date: string) => database.withTenant(tenant.id, (db) => limitsInForce(db, tenant.id, noon(date)));
  const trail = () => database.withTenant(tenant.id, (db) => db.auditEvent.findMany({ where: { tenantId: tenant.id, entity: "subscription" }, orderBy: { seq: "asc" } }));
  /** So many members more, who may sign in. */
  const seat = async (count: number) => {
    for (let n = 0; n < count; n += 1) await makeMember(database, tenant, ["employee"]);
  };
  return { tenant, member, on, within, invoices, limits, trail, seat };
}

describe("a subscription", () => {
  it("is told with what is used of it and what is in force", async () => {
    const { on, seat } = await company();
    await seat(2);
    expect(await on("2026-12-05").get()).toEqual({
      plan: "starter", seats: 10, seatsUsed: 3, storedBytes: 0, isTrial: false, perMonthMinor: 60_000,
      from: "2026-11-19T18:30:00.000Z", until: "2026-12-19T18:30:00.000Z", standing: "open", graceUntil: "2026-12-26T18:30:00.000Z", readOnlyUntil: "2027-01-25T18:30:00.000Z",
      next: null, cancelledAt: null, limits: { perMinute: 60, perHour: 1_000, isOverridden: false },
    });
  });

  it("is told in every standing, to whoever may see it", async () => {
    const { on } = await company(starter, "tenant-admin");
    const standings = ["2026-12-20", "2026-12-27", "2027-01-26"].map(async (date) => (await on(date).get()).standing);
    expect(await Promise.all(standings)).toEqual(["grace", "read-only", "closed"]);
    expect(await (await company({ plan: "free", seats: 10, subscriptionUntil: null })).on("2036-12-05").get()).toMatchObject({ standing: "open", until: null, graceUntil: null });
  });

  it("is nothing that an employee sees, and an auditor changes", async () => {
    await expect((await company(starter, "employee")).on("2026-12-05").get()).rejects.toMatchObject({ message: "permission/missing" });
    const { on } = await company(starter, "auditor");
    expect(await on("2026-12-05").preview(professional20)).toMatchObject({ dueMinor: 90_000 });
    for (const act of [() => on("2026-12-05").change({ ...professional20, agreedMinor: 90_000 }), () => on("2026-12-05").cancel(), () => on("2026-12-05").withdrawChange()]) {
      await expect(act()).rejects.toMatchObject({ message: "permission/missing" });
    }
  });
});

describe("an upgrade", () => {
  it("is in force with the answer, invoiced by the day, told to the limiter, and stands in the trail with before and after", async () => {
    const { tenant, member, on, invoices, limits, trail } = await company();
    const preview = await on("2026-12-05").preview(professional20);
    expect(preview).toMatchObject({ takesEffect: "at-once", dueMinor: 90_000, totalMinor: 106_200, perMonthMinor: 240_000, limits: { perMinute: 200, perHour: 5_000 }, obstacles: [], until: "2026-12-19T18:30:00.000Z" });
    // What the preview says with tax is what the invoice comes to.
    expect(preview).toMatchObject({ taxes: [{ ratePercent: 9, amountMinor: 8_100 }, { ratePercent: 9, amountMinor: 8_100 }], totalMinor: 106_200 });
    expect(await invoices("2026-12-05")).toEqual([]);

    const { call, changedLimits } = callAs(subscriptionRouter, { database, tenant, member, now: noon("2026-12-05") });
    expect(await call.change({ ...professional20, agreedMinor: preview.dueMinor })).toMatchObject({ plan: "professional", seats: 20, until: "2026-12-19T18:30:00.000Z" });
    expect(changedLimits).toEqual([tenant.id]);
    expect(await limits("2026-12-05")).toMatchObject({ perMinute: 200, perHour: 5_000, version: 3 });
    // 900 rupees and 18 % tax.
    expect(await invoices("2026-12-05")).toMatchObject([{ totalMinor: 106_200, dueOn: "2026-12-19", periodFrom: "2026-12-05", periodUntil: "2026-12-19" }]);
    expect(await trail()).toMatchObject([{ action: "subscription.change", actorMemberId: member.id, before: { plan: "starter", seats: 10 }, after: { plan: "professional", seats: 20 } }]);
  });

  it("asks for the amount that was seen, and for a fresh proof of who comes", async () => {
    const { tenant, member, on } = await company();
    await expect(on("2026-12-06").change({ ...professional20, agreedMinor: 90_000 })).rejects.toMatchObject({ message: "subscription/amount-changed", code: "CONFLICT" });
    await database.withTenant(tenant.id, (db) => db.session.updateMany({ where: { tenantId: tenant.id, id: member.sessionId }, data: { verifiedAt: noon("2026-12-01") } }));
    await expect(on("2026-12-05").change({ ...professional20, agreedMinor: 90_000 })).rejects.toMatchObject({ message: "session/step-up-required" });
  });

  it("that two ask for at the same moment is made once", async () => {
    const { on, invoices } = await company();
    const asked = await Promise.allSettled([1, 2, 3].map(() => on("2026-12-05").change({ ...professional20, agreedMinor: 90_000 })));
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await invoices("2026-12-05")).toHaveLength(1);
  });

  it("waits for what is overdue also behind a hundred newer invoices", async () => {
    const { on, within } = await company();
    const lines = [{ description: "Starter", quantity: 1, unitMinor: 6_000, amountMinor: 6_000 }];
    const period = { lines, periodFrom: day("2026-11-20"), periodUntil: day("2026-12-20") };
    const overdue = await within((ctx) => issueInvoice(ctx, period), "2026-11-20");
    await within(async (ctx) => {
      for (let newer = 0; newer < 100; newer += 1) await issueInvoice(ctx, period);
    }, "2026-12-05");
    await expect(on("2026-12-06").preview(professional20)).rejects.toMatchObject({ message: "subscription/invoice-unpaid", cause: { detail: { params: { number: overdue?.number } } } });
  });

  it("waits until what is overdue has been paid", async () => {
    const { on, within } = await company();
    const lines = [{ description: "Starter", quantity: 10, unitMinor: 6_000, amountMinor: 60_000 }];
    const invoice = await within((ctx) => issueInvoice(ctx, { lines, periodFrom: day("2026-11-20"), periodUntil: day("2026-12-20") }), "2026-11-20");
    expect(await on("2026-12-04").preview(professional20)).toMatchObject({ takesEffect: "at-once" });
    await expect(on("2026-12-05").preview(professional20)).rejects.toMatchObject({ message: "subscription/invoice-unpaid", cause: { detail: { params: { number: invoice?.number } } } });
  });
});

describe("what takes something away", () => {
  const fewer = { plan: "starter", seats: 4, agreedMinor: 0 } as const;

  it("is planned for the end of what is paid, and the clock brings it", async () => {
    const { on, limits, invoices, trail } = await company({ ...starter, plan: "professional" });
    expect(await on("2026-12-05").change(fewer)).toMatchObject({ plan: "professional", seats: 10, next: { plan: "starter", seats: 4, at: "2026-12-19T18:30:00.000Z" } });
    expect([(await limits("2026-12-19")).perMinute, (await limits("2026-12-20")).perMinute]).toEqual([200, 60]);
    expect(await on("2026-12-20").get()).toMatchObject({ plan: "starter", seats: 4, next: null, standing: "grace", perMonthMinor: 24_000 });
    expect(await invoices("2026-12-20")).toEqual([]);
    expect(await trail()).toMatchObject([{ action: "subscription.plan-change", before: { nextPlan: null }, after: { plan: "professional", nextPlan: "starter", nextSeats: 4 } }]);
  });

  it("is refused with a field for each thing that would no longer fit", async () => {
    const { tenant, on, seat } = await company({ ...starter, plan: "professional", seats: 40 });
    await seat(5);
    const at = noon("2026-12-01");
    await database.withTenant(tenant.id, async (db) => {
      await db.role.create({ data: { tenantId: tenant.id, id: "rol_recruiter", name: "Recruiter", grants: {}, createdAt: at, updatedAt: at } });
      await db.tenantDomain.create({ data: { tenantId: tenant.id, id: "dom_acme", name: `${tenant.slug}.example`, proof: "none", createdAt: at } });
      await db.storedFile.create({ data: { tenantId: tenant.id, key: `${tenant.id}/large`, bytes: 11n * 1_073_741_824n, storedAt: at } });
    });
    const codes = ["subscription/seats-in-use", "subscription/storage-in-use", "subscription/module-in-use", "subscription/module-in-use"];
    expect((await on("2026-12-05").preview({ plan: "starter", seats: 5 })).obstacles.map(({ code }) => code)).toEqual(codes);
    await expect(on("2026-12-05").change({ plan: "starter", seats: 5, agreedMinor: 0 })).rejects.toMatchObject({
      message: "subscription/would-not-fit",
      cause: { detail: { fields: [{ field: "seats", code: codes[0], params: { used: 6, seats: 5 } }, { field: "plan", code: codes[1] }, { field: "plan", params: { module: "custom-roles", count: 1 } }, { field: "plan", params: { module: "own-domain" } }] } },
    });
    expect(await on("2026-12-05").get()).toMatchObject({ next: null });
  });

  it("can be withdrawn until it begins, and an upgrade takes its place", async () => {
    const { on } = await company({ ...starter, plan: "professional" });
    await on("2026-12-05").change(fewer);
    expect(await on("2026-12-06").withdrawChange()).toMatchObject({ plan: "professional", next: null });
    await expect(on("2026-12-06").withdrawChange()).rejects.toMatchObject({ message: "subscription/nothing-planned" });
    await on("2026-12-07").change(fewer);
    await expect(on("2026-12-20").withdrawChange()).rejects.toMatchObject({ message: "subscription/nothing-planned" });
    const { dueMinor } = await on("2026-12-08").preview(professional20);
    expect(await on("2026-12-08").change({ ...professional20, agreedMinor: dueMinor })).toMatchObject({ ...professional20, next: null });
  });

  it("cannot be withdrawn any more when the month that it begins with has been invoiced", async () => {
    const { on, within } = await company({ ...starter, plan: "professional" });
    await on("2026-12-05").change(fewer);
    const renewal = await within(issueRenewalWhenDue, "2026-12-14");
    expect(renewal?.renewal).toEqual({ plan: "starter", seats: 4 });
    const invoiced = { message: "subscription/already-invoiced", cause: { detail: { params: { number: renewal?.number } } } };
    await expect(on("2026-12-15").withdrawChange()).rejects.toMatchObject(invoiced);
    await expect(on("2026-12-15").preview({ plan: "free", seats: 1 })).rejects.toMatchObject(invoiced);
    await within((ctx) => renewSubscription(ctx, { plan: "starter", seats: 4 }), "2026-12-16");
    await expect(on("2026-12-17").withdrawChange()).rejects.toMatchObject(invoiced);
    expect(await on("2026-12-17").cancel()).toMatchObject({ plan: "professional", next: { plan: "starter" }, until: "2027-01-19T18:30:00.000Z" });
  });

  it("lets the next month pass too when that one's invoice is out, and no upgrade comes before it is paid", async () => {
    const { on, within } = await company({ ...starter, plan: "professional" });
    const renewal = await within(issueRenewalWhenDue, "2026-12-14");
    expect(await on("2026-12-15").preview({ plan: "starter", seats: 4 })).toMatchObject({ beginsAt: "2027-01-19T18:30:00.000Z" });
    await expect(on("2026-12-15").preview({ plan: "enterprise", seats: 20 })).rejects.toMatchObject({ message: "subscription/invoice-unpaid", cause: { detail: { params: { number: renewal?.number } } } });
  });
});

describe("a cancellation", () => {
  it("ends the subscription with what is paid, without a grace, and can be taken back until then", async () => {
    const { on } = await company();
    await on("2026-12-05").change({ plan: "starter", seats: 4, agreedMinor: 0 });
    expect(await on("2026-12-06").cancel()).toMatchObject({ cancelledAt: noon("2026-12-06").toISOString(), next: null, standing: "open", graceUntil: "2026-12-19T18:30:00.000Z" });
    await expect(on("2026-12-07").cancel()).rejects.toMatchObject({ message: "subscription/cancelled" });
    await expect(on("2026-12-07").change({ ...professional20, agreedMinor: 0 })).rejects.toMatchObject({ message: "subscription/cancelled" });
    expect(await on("2026-12-08").resume()).toMatchObject({ cancelledAt: null });
    await expect(on("2026-12-08").resume()).rejects.toMatchObject({ message: "subscription/not-cancelled" });
    await on("2026-12-09").cancel();
    expect((await on("2026-12-20").get()).standing).toBe("read-only");
    await expect(on("2026-12-20").resume()).rejects.toMatchObject({ message: "subscription/over" });
  });

  it("of what has no end, and of what is over, is refused", async () => {
    await expect((await company({ plan: "free", seats: 5 })).on("2026-12-05").cancel()).rejects.toMatchObject({ message: "subscription/nothing-to-cancel" });
    await expect((await company()).on("2026-12-21").cancel()).rejects.toMatchObject({ message: "subscription/over" });
  });
});

describe("the way back", () => {
  it.each(["2026-12-22", "2026-12-30", "2027-02-20"])("from a cancelled subscription is to choose a plan: on %s it begins that day", async (date) => {
    const { on, invoices } = await company();
    await on("2026-12-05").cancel();
    const { dueMinor } = await on(date).preview(professional20);
    const begun = await on(date).change({ ...professional20, agreedMinor: dueMinor });
    expect([dueMinor, begun]).toMatchObject([240_000, { ...professional20, standing: "open", cancelledAt: null, from: day(date).toISOString() }]);
    expect(await invoices(date)).toMatchObject([{ totalMinor: 283_200, periodFrom: date }]);
  });

  it("to the free plan costs nothing and has no end", async () => {
    const { on, invoices } = await company();
    expect(await on("2027-02-20").change({ plan: "free", seats: 3, agreedMinor: 0 })).toMatchObject({ plan: "free", seats: 3, standing: "open", until: null });
    expect(await invoices("2027-02-20")).toEqual([]);
  });
});

describe("a trial", () => {
  const trial: Partial<Subscription> = { plan: "professional", seats: 50, isTrial: true, subscriptionUntil: day("2026-12-05") };

  it("that is bought goes on, and its first paid month begins when it ends", async () => {
    const { on, invoices } = await company(trial);
    const bought = await on("2026-11-25").change({ plan: "starter", seats: 10, agreedMinor: 60_000 });
    expect(bought).toMatchObject({ plan: "starter", seats: 10, isTrial: true, from: "2026-12-04T18:30:00.000Z", until: "2027-01-04T18:30:00.000Z", standing: "open" });
    expect(await invoices("2026-11-25")).toMatchObject([{ periodFrom: "2026-12-05", periodUntil: "2027-01-04", totalMinor: 70_800 }]);
    expect((await on("2026-12-05").get()).isTrial).toBe(false);
    await expect(on("2026-11-25").change({ plan: "starter", seats: 10, agreedMinor: 0 })).rejects.toMatchObject({ message: "subscription/unchanged" });
  });

  it("that nobody buys is in grace, then to be read only, then closed", async () => {
    const { on } = await company(trial);
    const seen = await Promise.all(["2026-12-04", "2026-12-05", "2026-12-12", "2027-01-11"].map(async (date) => (await on(date).get()).standing));
    expect(seen).toEqual(["open", "grace", "read-only", "closed"]);
  });
});

describe("a renewal", () => {
  it("is invoiced once from a week before the end, and gives a month when it is paid", async () => {
    const { on, within, invoices, trail } = await company();
    expect(await within(issueRenewalWhenDue, "2026-12-12")).toBeNull();
    const [first, second] = [await within(issueRenewalWhenDue, "2026-12-13"), await within(issueRenewalWhenDue, "2026-12-15")];
    expect([first?.number, first?.renewal]).toEqual([second?.number, { plan: "starter", seats: 10 }]);
    expect(await invoices("2026-12-15")).toMatchObject([{ periodFrom: "2026-12-20", periodUntil: "2027-01-19", dueOn: "2026-12-27" }]);
    expect((await on("2026-12-15").get()).until).toBe("2026-12-19T18:30:00.000Z");
    await within((ctx) => renewSubscription(ctx, { plan: "starter", seats: 10 }), "2026-12-22");
    expect(await on("2026-12-22").get()).toMatchObject({ standing: "open", until: "2027-01-19T18:30:00.000Z", from: "2026-11-19T18:30:00.000Z" });
    expect((await trail()).at(-1)).toMatchObject({ action: "subscription.renew", before: { until: "2026-12-19T18:30:00.000Z" }, after: { until: "2027-01-19T18:30:00.000Z" } });
  });

  it("that is paid late, when the doors were shut, gives a month from that day", async () => {
    const { on, within } = await company();
    await within((ctx) => renewSubscription(ctx, { plan: "starter", seats: 10 }), "2027-03-31");
    expect(await on("2027-03-31").get()).toMatchObject({ standing: "open", from: day("2027-03-31").toISOString(), until: day("2027-04-30").toISOString() });
  });

  it("of the planned plan keeps its beginning; of the plan in force moves it to the month's end", async () => {
    const [agreed, kept] = [await company({ ...starter, plan: "professional" }), await company({ ...starter, plan: "professional" })];
    for (const one of [agreed, kept]) await one.on("2026-12-05").change({ plan: "starter", seats: 4, agreedMinor: 0 });
    await agreed.within((ctx) => renewSubscription(ctx, { plan: "starter", seats: 4 }), "2026-12-15");
    expect(await agreed.on("2026-12-20").get()).toMatchObject({ plan: "starter", seats: 4, standing: "open" });
    await kept.within((ctx) => renewSubscription(ctx, { plan: "professional", seats: 10 }), "2026-12-15");
    expect(await kept.on("2026-12-20").get()).toMatchObject({ plan: "professional", next: { plan: "starter", at: "2027-01-19T18:30:00.000Z" } });
  });
});

describe("a change that is not one", () => {
  it.each([
    ["no seats", { plan: "starter", seats: 0 }],
    ["fewer than none", { plan: "starter", seats: -1 }],
    ["part of a seat", { plan: "starter", seats: 2.5 }],
    ["more seats than anybody has", { plan: "enterprise", seats: 1e15 }],
  ] as const)("is refused: %s", async (_name, wanted) => {
    await expect((await company()).on("2026-12-05").preview(wanted)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it.each([
    ["more seats than the plan has", { plan: "starter", seats: 51 }, "subscription/seats-beyond-plan"],
    ["what there is", { plan: "starter", seats: 10 }, "subscription/unchanged"],
  ] as const)("is refused: %s", async (_name, wanted, message) => {
    const { on } = await company();
    await expect(on("2026-12-05").preview(wanted)).rejects.toMatchObject({ message });
    await expect(on("2026-12-05").change({ ...wanted, agreedMinor: 0 })).rejects.toMatchObject({ message });
  });

  it("is refused: a plan that there is not, and an amount that is not what it costs", async () => {
    const { tenant, member, on, trail } = await company();
    const { call } = callAs(subscriptionRouter, { database, tenant, member, now: noon("2026-12-05") });
    const gold: unknown = { plan: "gold", seats: 1 };
    await expect(Reflect.apply(call.preview, call, [gold])).rejects.toMatchObject({ code: "BAD_REQUEST" });
    for (const agreedMinor of [0, -90_000, 89_999]) await expect(on("2026-12-05").change({ ...professional20, agreedMinor })).rejects.toMatchObject({ message: "subscription/amount-changed" });
    expect(await trail()).toEqual([]);
  });
});
