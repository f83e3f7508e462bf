import type { UsageBucketDto } from "@atrium/billing/contract";
import { planTerms, plans } from "@atrium/kernel";
import { describe, expect, it } from "vitest";
import { lookAgainAfter, refilled, secondsUntilFull } from "./pace.ts";

const minute = (remaining: number, capacity = 60): UsageBucketDto => ({ name: "minute", capacity, windowMs: 60_000, remaining, waitMs: 0 });
const hour = (remaining: number, capacity = 1_000): UsageBucketDto => ({ name: "hour", capacity, windowMs: 3_600_000, remaining, waitMs: 0 });

describe("how often the usage is looked at", () => {
  it.each(plans)("takes no more than a fifth of what comes back to a company on %s", (plan) => {
    const { perMinute, perHour } = planTerms[plan].limits;
    const looksInAnHour = 3_600_000 / lookAgainAfter([minute(perMinute, perMinute), hour(perHour, perHour)]);
    expect(looksInAnHour).toBeLessThanOrEqual(perHour / 5);
  });

  it("is never more than every five seconds", () => {
    expect(lookAgainAfter([minute(1_000, 1_000), hour(50_000, 50_000)])).toBe(5_000);
  });

  it("becomes rarer when little is left", () => {
    expect(lookAgainAfter([minute(60), hour(199)])).toBeGreaterThan(lookAgainAfter([minute(60), hour(201)]));
  });

  it("is once a minute while nobody knows the buckets", () => {
    expect(lookAgainAfter([])).toBe(60_000);
  });
});

it("a bucket fills evenly, and no further than its brim", () => {
  expect([0, 999, 1_000, 10_000, 90_000].map((elapsed) => refilled(minute(50), elapsed))).toEqual([50, 50, 51, 60, 60]);
});

it("a clock that went backwards takes nothing from it", () => {
  expect(refilled(minute(50), -5_000)).toBe(50);
});

it("says when it will be full", () => {
  expect([secondsUntilFull(minute(0), 0), secondsUntilFull(hour(990), 990), secondsUntilFull(minute(60), 60)]).toEqual([60, 36, 0]);
});
