import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { plans } from "./plans.ts";
import { firstSubscription, planAt, standingAt, standingEnds, standings } from "./subscriptions.ts";
import type { SubscriptionFacts } from "./subscriptions.ts";

const until = new Date("2026-12-20T10:00:00Z");
const paid: SubscriptionFacts = {
  kind: "company", plan: "professional", seats: 40, nextPlan: null, nextSeats: null, nextPlanAt: null, subscriptionUntil: until, cancelledAt: null,
};
const daysAfter = (days: number, ms = 0) => new Date(until.getTime() + days * 86_400_000 + ms);

test.each([
  ["a millisecond before its end", daysAfter(0, -1), "open"],
  ["at its end", daysAfter(0), "grace"],
  ["a millisecond before seven days after", daysAfter(7, -1), "grace"],
  ["seven days after", daysAfter(7), "read-only"],
  ["a millisecond before thirty-seven days after", daysAfter(37, -1), "read-only"],
  ["thirty-seven days after", daysAfter(37), "closed"],
] as const)("a subscription that is not renewed is, %s, %s", (_name, now, standing) => {
  expect(standingAt(paid, now)).toBe(standing);
});

test.each([
  ["a millisecond before its end", daysAfter(0, -1), "open"],
  ["at its end", daysAfter(0), "read-only"],
  ["a millisecond before thirty days after", daysAfter(30, -1), "read-only"],
  ["thirty days after", daysAfter(30), "closed"],
] as const)("a cancelled subscription has no grace: it is, %s, %s", (_name, now, standing) => {
  expect(standingAt({ ...paid, cancelledAt: daysAfter(-3) }, now)).toBe(standing);
});

describe("what has no end", () => {
  it("is open in a hundred years", () => {
    const later = daysAfter(36_500);
    expect(standingAt({ ...paid, subscriptionUntil: null }, later)).toBe("open");
    expect(standingAt({ ...paid, plan: "free" }, later)).toBe("open");
    expect(standingEnds({ ...paid, plan: "free" }, later)).toBeUndefined();
  });

  it("is our own tenant, whatever its row says", () => {
    expect(standingAt({ ...paid, kind: "platform" }, daysAfter(100))).toBe("open");
  });

  it("is a free plan that was planned for the end of a paid one, from then on", () => {
    const leaving = { ...paid, nextPlan: "free", nextSeats: 5, nextPlanAt: until };
    expect(standingAt(leaving, daysAfter(0, -1))).toBe("open");
    expect(planAt(leaving, daysAfter(0, -1))).toEqual({ plan: "professional", seats: 40 });
    expect(planAt(leaving, until)).toEqual({ plan: "free", seats: 5 });
    expect(standingAt(leaving, daysAfter(400))).toBe("open");
  });
});

it("a smaller plan that begins with nothing paid is in grace with that plan", () => {
  const smaller = { ...paid, nextPlan: "starter", nextSeats: 12, nextPlanAt: until };
  expect(planAt(smaller, daysAfter(1))).toEqual({ plan: "starter", seats: 12 });
  expect(standingAt(smaller, daysAfter(1))).toBe("grace");
});

it("time never opens a door again", () => {
  const facts = fc.record({ plan: fc.constantFrom(...plans), cancelled: fc.boolean(), at: fc.integer({ min: -50, max: 80 }), later: fc.integer({ min: 0, max: 80 }) });
  fc.assert(
    fc.property(facts, ({ plan, cancelled, at, later }) => {
      const subscription = { ...paid, plan, cancelledAt: cancelled ? daysAfter(-10) : null };
      const [before, after] = [standingAt(subscription, daysAfter(at)), standingAt(subscription, daysAfter(at + later))];
      expect(standings.indexOf(after)).toBeGreaterThanOrEqual(standings.indexOf(before));
    }),
  );
});

it("a plan that there is not is no plan", () => {
  expect(() => planAt({ ...paid, plan: "gold" }, until)).toThrow(RangeError);
});

it("a company begins with a trial of fourteen whole days after its first, by the seller's clock, and a free one without an end", () => {
  const trial = (now: string) => firstSubscription("professional", new Date(now)).subscriptionUntil?.toISOString();
  expect(trial("2026-11-20T18:29:59.999Z")).toBe("2026-12-04T18:30:00.000Z");
  expect(trial("2026-11-20T18:30:00Z")).toBe("2026-12-05T18:30:00.000Z");
  expect(firstSubscription("starter", until)).toMatchObject({ plan: "starter", seats: 50, isTrial: true });
  expect(firstSubscription("enterprise", until)).toMatchObject({ seats: 50 });
  expect(firstSubscription("free", until)).toEqual({ plan: "free", seats: 10, subscriptionUntil: null, isTrial: false });
});
