import type { SubscriptionDto } from "@atrium/billing/contract";
import { expect, it } from "vitest";
import { canCancel, canResume, shownStanding } from "./standing.ts";

const running: SubscriptionDto = {
  plan: "starter", seats: 50, seatsUsed: 3, storedBytes: 0, isTrial: false, from: "2026-11-01T00:00:00.000Z", until: "2026-12-01T00:00:00.000Z", standing: "open",
  graceUntil: "2026-12-08T00:00:00.000Z", readOnlyUntil: "2027-01-07T00:00:00.000Z", next: null, cancelledAt: null, perMonthMinor: 300_000,
  limits: { perMinute: 60, perHour: 1_000, isOverridden: false },
};
const cancelled: SubscriptionDto = { ...running, cancelledAt: "2026-11-10T00:00:00.000Z" };

it("what is over says so, whatever it was before", () => {
  expect(shownStanding({ ...cancelled, standing: "read-only" })).toBe("read-only");
  expect(shownStanding({ ...running, isTrial: true, standing: "grace" })).toBe("grace");
});

it("a trial that was cancelled is cancelled", () => {
  expect(shownStanding({ ...cancelled, isTrial: true })).toBe("cancelled");
  expect(shownStanding({ ...running, isTrial: true })).toBe("trial");
});

it("only what has an end ahead can be cancelled", () => {
  expect(canCancel(running)).toBe(true);
  expect([{ ...running, plan: "free" as const }, { ...running, until: null }, cancelled, { ...running, standing: "grace" as const }].map(canCancel)).toEqual([false, false, false, false]);
});

it("a cancelled one can be resumed until it ends", () => {
  expect([cancelled, running, { ...cancelled, standing: "read-only" as const }].map(canResume)).toEqual([true, false, false]);
});
