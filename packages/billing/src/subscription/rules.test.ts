import fc from "fast-check";
import { addDays, graceDays, plans, planTerms, readOnlyDays, startOfBillingDay } from "@atrium/kernel";
import { describe, expect, it, test } from "vitest";
import { endOfNextMonth, unusedSpans } from "./period-rules.ts";
import { changeOf, dueFor, obstaclesTo, perMonth, refuseChange, renewalDue, renewed } from "./rules.ts";
import type { Subscription } from "./rules.ts";

const day = (text: string) => startOfBillingDay(text);
const noon = (text: string) => new Date(`${text}T12:00:00+05:30`);

/** Starter with 10 seats (₹600 a month), paid from 20 November for a month. */
const starter: Subscription = {
  kind: "company", plan: "starter", seats: 10, isTrial: false, subscriptionFrom: day("2026-11-20"), subscriptionUntil: day("2026-12-20"),
  nextPlan: null, nextSeats: null, nextPlanAt: null, cancelledAt: null,
};
const trial: Subscription = { ...starter, plan: "professional", seats: 50, isTrial: true, subscriptionFrom: null, subscriptionUntil: day("2026-12-05") };
const free: Subscription = { ...starter, plan: "free", subscriptionFrom: null, subscriptionUntil: null };
const professional20 = { plan: "professional", seats: 20 } as const;

describe("an upgrade within a paid month", () => {
  it("credits the days that are left of the old plan, and charges them of the new one", () => {
    const change = changeOf(starter, professional20, noon("2026-12-05"));
    expect(change).toMatchObject({ takesEffect: "at-once", paid: { from: day("2026-11-20"), until: day("2026-12-20") } });
    expect(change.takesEffect === "at-once" && change.lines).toEqual([
      { plan: "starter", seats: 10, unitMinor: 6_000, amountMinor: -30_000, from: "2026-12-05", until: "2026-12-19", days: 15, ofDays: 30 },
      { plan: "professional", seats: 20, unitMinor: 12_000, amountMinor: 120_000, from: "2026-12-05", until: "2026-12-19", days: 15, ofDays: 30 },
    ]);
    expect(dueFor(change)).toBe(90_000);
  });

  it("costs the whole difference on its first day, and a thirtieth of it on its last", () => {
    const difference = perMonth(professional20) - perMonth({ plan: "starter", seats: 10 });
    expect(dueFor(changeOf(starter, professional20, day("2026-11-20")))).toBe(difference);
    expect(dueFor(changeOf(starter, professional20, new Date(day("2026-12-20").getTime() - 1)))).toBe(difference / 30);
  });

  it("counts days by the seller's clock, wherever the company is", () => {
    const due = (now: string) => dueFor(changeOf(starter, professional20, new Date(now)));
    // 18:30 UTC is midnight in India.
    expect(due("2026-12-04T18:29:59.999Z")).toBe(96_000);
    expect(due("2026-12-04T18:30:00.000Z")).toBe(90_000);
  });

  it("rounds each line once, to the nearest paisa, half up", () => {
    const january = { ...starter, seats: 7, subscriptionFrom: day("2027-01-01"), subscriptionUntil: day("2027-02-01") };
    // 7 seats for 10 of 31 days: 42,000 × 10 / 31 = 13,548.39; 8 seats: 15,483.87.
    expect(changeOf(january, { plan: "starter", seats: 8 }, noon("2027-01-22"))).toMatchObject({ lines: [{ amountMinor: -13_548 }, { amountMinor: 15_484 }] });
  });

  it("credits each month that was paid ahead, with the days of its own", () => {
    const ahead = { ...starter, subscriptionFrom: day("2027-01-31"), subscriptionUntil: day("2027-03-31") };
    expect(unusedSpans(ahead, "2027-02-14")).toEqual([
      { from: "2027-02-14", to: "2027-02-28", days: 14, ofDays: 28 },
      { from: "2027-02-28", to: "2027-03-31", days: 31, ofDays: 31 },
    ]);
  });
});

describe("a month of a subscription", () => {
  test.each([
    ["2027-01-31", "2027-01-31", "2027-02-28"],
    ["2027-01-31", "2027-02-28", "2027-03-31"],
    ["2028-01-31", "2028-01-31", "2028-02-29"],
    ["2028-01-30", "2028-02-29", "2028-03-30"],
    ["2028-02-29", "2028-02-29", "2028-03-29"],
    ["2026-12-15", "2026-12-15", "2027-01-15"],
    ["2026-11-20", "2027-11-20", "2027-12-20"],
  ])("of one that began on %s and is paid up to %s ends on %s", (first, end, next) => {
    expect(endOfNextMonth(first, end)).toBe(next);
  });

  it("covers every day of what is left once", () => {
    const days = fc.record({ start: fc.integer({ min: 0, max: 1_500 }), months: fc.integer({ min: 1, max: 15 }), at: fc.integer({ min: 0, max: 500 }) });
    fc.assert(
      fc.property(days, ({ start, months, at }) => {
        const first = addDays("2026-01-01", start);
        let end = first;
        for (let month = 0; month < months; month += 1) end = endOfNextMonth(first, end);
        const today = addDays(first, at);
        const spans = unusedSpans({ subscriptionFrom: day(first), subscriptionUntil: day(end) }, today);
        const covered = spans.flatMap(({ from, days: count }) => Array.from({ length: count }, (_, n) => addDays(from, n)));
        expect(covered).toEqual(Array.from({ length: covered.length }, (_, n) => addDays(today, n)));
        expect(covered.at(-1) ?? addDays(end, -1)).toBe(addDays(end, -1));
      }),
    );
  });
});

describe("what takes something away", () => {
  test.each([
    ["a smaller plan", { plan: "free", seats: 10 }],
    ["fewer seats", { plan: "starter", seats: 9 }],
    ["fewer seats of a larger plan", { plan: "enterprise", seats: 9 }],
  ] as const)("waits for the end of what is paid, and costs nothing until then: %s", (_name, wanted) => {
    const change = changeOf(starter, wanted, noon("2026-12-05"));
    expect([change, dueFor(change)]).toEqual([{ takesEffect: "at-period-end", at: day("2026-12-20") }, 0]);
  });

  it("never comes back as money", () => {
    const terms = fc.record({ plan: fc.constantFrom(...plans), seats: fc.integer({ min: 1, max: 20_000 }) });
    fc.assert(
      fc.property(terms, terms, fc.integer({ min: 0, max: 29 }), fc.integer({ min: 1, max: 400 }), (held, wanted, used, start) => {
        const first = addDays("2027-01-01", start);
        const paid = { ...starter, ...held, subscriptionFrom: day(first), subscriptionUntil: day(endOfNextMonth(first, first)) };
        const change = changeOf(paid, wanted, noon(addDays(first, used)));
        expect(dueFor(change)).toBeGreaterThanOrEqual(0);
        expect(Number.isSafeInteger(dueFor(change))).toBe(true);
      }),
    );
  });
});

describe("a first paid month", () => {
  const month = (from: string, until: string) => ({ takesEffect: "at-once", paid: { from: day(from), until: day(until) } });

  it("of the free plan, and of one without an end, begins today", () => {
    expect(changeOf(free, professional20, noon("2027-01-31"))).toMatchObject(month("2027-01-31", "2027-02-28"));
    expect(changeOf({ ...starter, subscriptionUntil: null }, { plan: "starter", seats: 3 }, noon("2027-01-31"))).toMatchObject(month("2027-01-31", "2027-02-28"));
    expect(dueFor(changeOf(free, professional20, noon("2027-01-31")))).toBe(240_000);
  });

  it("of a trial begins when it ends, and its plan is in force before that", () => {
    expect(changeOf(trial, { plan: "starter", seats: 5 }, noon("2026-11-25"))).toMatchObject(month("2026-12-05", "2027-01-05"));
  });

  it("that has not begun yet is credited whole", () => {
    const bought = { ...starter, subscriptionFrom: day("2026-12-05"), subscriptionUntil: day("2027-01-05") };
    expect(dueFor(changeOf(bought, professional20, noon("2026-11-25")))).toBe(240_000 - 60_000);
  });

  it("after a trial that is over follows on it within the grace, and begins today after that", () => {
    expect(changeOf(trial, professional20, noon("2026-12-11"))).toMatchObject(month("2026-12-05", "2027-01-05"));
    expect(changeOf(trial, professional20, noon("2026-12-12"))).toMatchObject(month("2026-12-12", "2027-01-12"));
  });

  it("in grace is the whole month that follows on the last one, and keeps its day", () => {
    const january = { ...starter, subscriptionFrom: day("2027-01-31"), subscriptionUntil: day("2027-02-28") };
    expect(changeOf(january, professional20, noon("2027-03-03"))).toMatchObject(month("2027-01-31", "2027-03-31"));
    expect(dueFor(changeOf(january, professional20, noon("2027-03-03")))).toBe(240_000);
  });

  it("after a cancelled one begins today: that has no grace", () => {
    expect(changeOf({ ...starter, cancelledAt: noon("2026-12-01") }, professional20, noon("2026-12-21"))).toMatchObject(month("2026-12-21", "2027-01-21"));
  });
});

describe("the free plan", () => {
  it("takes the place of a trial when that ends, and of what is over at once", () => {
    expect(changeOf(trial, { plan: "free", seats: 10 }, noon("2026-11-25"))).toEqual({ takesEffect: "at-period-end", at: day("2026-12-05") });
    expect(changeOf(starter, { plan: "free", seats: 10 }, noon("2026-12-21"))).toEqual({ takesEffect: "at-once", paid: null, lines: [] });
  });
});

describe("a change that cannot be thought of", () => {
  const now = noon("2026-12-05");
  test.each([
    ["more seats than the plan has", starter, { plan: "starter", seats: 51 }, "subscription/seats-beyond-plan"],
    ["what there is", starter, { plan: "starter", seats: 10 }, "subscription/unchanged"],
    ["what there is without an end", { ...starter, subscriptionUntil: null }, { plan: "starter", seats: 10 }, "subscription/unchanged"],
    ["the free plan that came after a trial", { ...trial, nextPlan: "free", nextSeats: 5, nextPlanAt: day("2026-12-05") }, { plan: "free", seats: 5 }, "subscription/unchanged"],
    ["what is planned", { ...starter, nextPlan: "free", nextSeats: 5, nextPlanAt: day("2026-12-20") }, { plan: "free", seats: 5 }, "subscription/unchanged"],
    ["anything while it is cancelled and runs", { ...starter, cancelledAt: noon("2026-12-01") }, professional20, "subscription/cancelled"],
  ] as const)("is refused: %s", (_name, subscription, wanted, code) => {
    expect(refuseChange(subscription, wanted, now)).toBe(code);
  });

  it("is not: the plan that is tried, and the one that is over", () => {
    expect(refuseChange(trial, { plan: "professional", seats: 50 }, noon("2026-11-25"))).toBeUndefined();
    expect(refuseChange(starter, { plan: "starter", seats: 10 }, noon("2026-12-21"))).toBeUndefined();
    expect(refuseChange({ ...starter, cancelledAt: now }, { plan: "starter", seats: 10 }, noon("2026-12-21"))).toBeUndefined();
  });
});

describe("what would no longer fit", () => {
  const held = { plan: "professional", seats: 40 } as const;
  const much = { seats: 30, storedBytes: 60 * 1_073_741_824, modules: { sso: 1, "custom-roles": 2, "own-domain": 0 } };

  it("is named, each thing with how much there is", () => {
    expect(obstaclesTo(held, { plan: "starter", seats: 20 }, much)).toEqual([
      { code: "subscription/seats-in-use", params: { used: 30, seats: 20 } },
      { code: "subscription/storage-in-use", params: { usedBytes: 60 * 1_073_741_824, bytes: 10 * 1_073_741_824 } },
      { code: "subscription/module-in-use", params: { module: "custom-roles", count: 2, plan: "starter" } },
      { code: "subscription/module-in-use", params: { module: "sso", count: 1, plan: "starter" } },
    ]);
  });

  it("is nothing that just fits, and nothing that the plan in force does not hold either", () => {
    expect(obstaclesTo(held, { plan: "professional", seats: 30 }, much)).toEqual([]);
    expect(obstaclesTo({ plan: "starter", seats: 10 }, { plan: "starter", seats: 20 }, { ...much, seats: 25 })).toEqual([]);
  });
});

describe("a renewal", () => {
  it("is invoiced from a week before the end to the end of the grace, for the plan that is then in force", () => {
    const smaller: Subscription = { ...starter, nextPlan: "starter", nextSeats: 6, nextPlanAt: day("2026-12-20") };
    expect(renewalDue(smaller, new Date(day("2026-12-13").getTime() - 1))).toBeUndefined();
    expect(renewalDue(smaller, day("2026-12-13"))).toMatchObject({ plan: { plan: "starter", seats: 6 }, from: day("2026-12-20"), until: day("2027-01-20"), line: { amountMinor: 36_000 } });
    expect(renewalDue(starter, new Date(day("2026-12-20").getTime() + graceDays * 86_400_000 - 1))).toMatchObject({ plan: { seats: 10 } });
    expect(renewalDue(starter, new Date(day("2026-12-20").getTime() + graceDays * 86_400_000))).toBeUndefined();
  });

  test.each([
    ["a trial", trial],
    ["the free plan", free],
    ["a plan that ends in the free one", { ...starter, nextPlan: "free", nextSeats: 5, nextPlanAt: day("2026-12-20") }],
    ["what was cancelled", { ...starter, cancelledAt: noon("2026-12-01") }],
    ["our own tenant", { ...starter, kind: "platform" }],
  ])("is nothing for %s", (_name, subscription) => {
    const end = subscription.subscriptionUntil ?? day("2026-12-20");
    expect(renewalDue(subscription, new Date(end.getTime() - 1))).toBeUndefined();
  });

  const same = { plan: "starter", seats: 10 } as const;
  const open = { isTrial: false, cancelledAt: null };

  it("follows on what was paid and on the grace, and begins on the day of the payment after that", () => {
    const follows = { subscriptionFrom: day("2026-11-20"), subscriptionUntil: day("2027-01-20"), ...open };
    expect(renewed(starter, same, noon("2026-12-15"))).toEqual(follows);
    expect(renewed(starter, same, noon("2026-12-26"))).toEqual(follows);
    const after = addDays("2026-12-20", graceDays + readOnlyDays + 3);
    expect(renewed(starter, same, noon("2026-12-28"))).toEqual({ subscriptionFrom: day("2026-12-28"), subscriptionUntil: day("2027-01-28"), ...open });
    expect(renewed(starter, same, noon(after))).toEqual({ subscriptionFrom: day(after), subscriptionUntil: day("2027-02-28"), ...open });
  });

  it("is a month of the plan that was paid for, and leaves what is still to come of the one before", () => {
    const other = { plan: "starter", seats: 4 } as const;
    const planned = { nextPlan: "starter", nextSeats: 4, nextPlanAt: day("2026-12-20") };
    expect(renewed(starter, other, noon("2026-12-15"))).toMatchObject({ subscriptionUntil: day("2027-01-20"), ...planned });
    expect(renewed(starter, other, noon("2026-12-22"))).toMatchObject({ subscriptionUntil: day("2027-01-20"), ...other, nextPlan: null });
    expect(renewed({ ...starter, ...planned }, other, noon("2026-12-15"))).not.toHaveProperty("nextPlanAt");
    expect(renewed({ ...starter, ...planned }, same, noon("2026-12-15"))).toMatchObject({ nextPlanAt: day("2027-01-20") });
  });

  it("that was paid ahead for another plan is credited as that one when the plan changes", () => {
    const ahead: Subscription = { ...starter, subscriptionUntil: day("2027-01-20"), nextPlan: "starter", nextSeats: 4, nextPlanAt: day("2026-12-20") };
    const change = changeOf(ahead, professional20, noon("2026-12-05"));
    expect(change.takesEffect === "at-once" && change.lines.map(({ seats, amountMinor }) => [seats, amountMinor])).toEqual([[10, -30_000], [4, -24_000], [20, 120_000], [20, 240_000]]);
    const dear: Subscription = { ...ahead, nextPlan: "enterprise", nextSeats: 9 };
    expect(changeOf(dear, { plan: "starter", seats: 11 }, noon("2026-12-05"))).toEqual({ takesEffect: "at-period-end", at: day("2027-01-20") });
  });
});

it("every plan has a price in whole paise, and more seats never cost less", () => {
  for (const plan of plans) {
    expect(Number.isSafeInteger(perMonth({ plan, seats: planTerms[plan].seats }))).toBe(true);
    expect(perMonth({ plan, seats: 2 })).toBe(2 * perMonth({ plan, seats: 1 }));
  }
});
