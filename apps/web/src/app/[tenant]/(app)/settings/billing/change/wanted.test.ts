import { expect, it } from "vitest";
import { firstChoice, isUnchanged, seatsFrom, withPlan } from "./wanted.ts";

it("begins with what is planned, else with what the company has", () => {
  expect(firstChoice({ plan: "professional", seats: 60, next: null })).toEqual({ plan: "professional", seats: "60" });
  expect(firstChoice({ plan: "professional", seats: 60, next: { plan: "starter", seats: 20, at: "2026-12-01T00:00:00.000Z" } })).toEqual({ plan: "starter", seats: "20" });
});

it("another plan keeps the seats, as far as it has so many", () => {
  expect(withPlan({ plan: "professional", seats: "60" }, "enterprise").seats).toBe("60");
  expect(withPlan({ plan: "professional", seats: "60" }, "free").seats).toBe("10");
  expect(withPlan({ plan: "professional", seats: "many" }, "free").seats).toBe("many");
});

it.each([
  ["20", 20],
  [" 20 ", 20],
  ["0", undefined],
  ["51", undefined],
  ["2.5", undefined],
  ["-3", undefined],
  ["", undefined],
])("reads %j seats of a plan that has fifty", (seats, count) => {
  expect(seatsFrom({ plan: "starter", seats })).toBe(count);
});

it("reads seats as people group them", () => {
  expect(seatsFrom({ plan: "enterprise", seats: "1,200" })).toBe(1_200);
});

it("there is nothing to ask about what the company has, or gets anyhow", () => {
  const running = { plan: "starter", seats: 20, next: null, isTrial: false, standing: "open" } as const;
  const planned = { ...running, next: { plan: "free", seats: 5, at: "2026-12-01T00:00:00.000Z" } } as const;
  expect([isUnchanged(running, "starter", 20), isUnchanged(planned, "free", 5)]).toEqual([true, true]);
  expect([isUnchanged(running, "starter", 21), isUnchanged(running, "free", 20), isUnchanged(planned, "free", 6)]).toEqual([false, false, false]);
});

it("a plan that is tried, or is over, can be chosen again", () => {
  const over = { plan: "starter", seats: 20, next: null, isTrial: false, standing: "grace" } as const;
  expect([isUnchanged(over, "starter", 20), isUnchanged({ ...over, standing: "open", isTrial: true }, "starter", 20)]).toEqual([false, false]);
});
