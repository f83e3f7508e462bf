import { describe, expect, it } from "vitest";
import { limitsAt } from "./rules.ts";

const now = new Date("2026-11-20T09:30:00Z");
const at = (ms: number) => new Date(now.getTime() + ms);
const starter = { plan: "starter", seats: 10, nextPlan: null, nextSeats: null, nextPlanAt: null, limitsVersion: 4 } as const;

describe("what a company may do", () => {
  it("is its plan's without an override", () => {
    expect(limitsAt(starter, undefined, now)).toEqual({ perMinute: 60, perHour: 1_000, version: 12, isOverridden: false, changesAt: undefined });
  });

  it("is what an override says, and its plan's where that says nothing", () => {
    expect(limitsAt(starter, { perMinute: 600, perHour: null, until: null }, now)).toMatchObject({ perMinute: 600, perHour: 1_000, isOverridden: true });
    expect(limitsAt(starter, { perMinute: null, perHour: 10, until: at(1) }, now)).toMatchObject({ perMinute: 60, perHour: 10, changesAt: at(1) });
  });

  it("is its plan's again from the very moment that an override ends", () => {
    expect(limitsAt(starter, { perMinute: 600, perHour: null, until: now }, now)).toMatchObject({ perMinute: 60, isOverridden: false });
  });

  it("is the next plan's from the moment that begins, with the override still on top of it", () => {
    const planned = { ...starter, nextPlan: "free", nextSeats: 5, nextPlanAt: at(10) };
    expect(limitsAt(planned, undefined, at(9))).toMatchObject({ perMinute: 60, changesAt: at(10) });
    expect(limitsAt(planned, { perMinute: null, perHour: 9_000, until: at(20) }, at(10))).toMatchObject({ perMinute: 30, perHour: 9_000, changesAt: at(20) });
  });

  it("has a higher number after each change, whether somebody made it or the clock", () => {
    const planned = { ...starter, nextPlan: "free", nextSeats: 5, nextPlanAt: at(10) };
    const override = { perMinute: 600, perHour: null, until: at(20) };
    const versions = [9, 10, 20].map((ms) => limitsAt(planned, override, at(ms)).version);
    const settled = limitsAt({ ...starter, limitsVersion: 5 }, undefined, at(20)).version;
    expect([...versions, settled]).toEqual([12, 13, 14, 15]);
  });
});
