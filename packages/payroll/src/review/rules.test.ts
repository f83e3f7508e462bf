import { describe, expect, it } from "vitest";
import { causesOf } from "./rules.ts";

const salary = { from: "2024-04", basicMinor: 20_000_00, hraMinor: 0, allowanceMinor: 0, isPfMember: true };
const days = { monthHalfDays: 60, employedHalfDays: 60, lossOfPayHalfDays: 0, paidHalfDays: 60 };
const month = { salary, days };
const employed = { wasEmployed: true, hasLeft: false };

describe("why somebody's net pay differs", () => {
  it.each([
    { what: "a rise", after: { ...month, salary: { ...salary, basicMinor: 21_000_00 } }, causes: ["salary"] },
    { what: "the same rate set again", after: { ...month, salary: { ...salary, from: "2026-11" } }, causes: ["rule"] },
    { what: "joining the provident fund", after: { ...month, salary: { ...salary, isPfMember: false } }, causes: ["salary"] },
    { what: "days lost", after: { ...month, days: { ...days, lossOfPayHalfDays: 2, paidHalfDays: 58 } }, causes: ["loss-of-pay"] },
    { what: "leaving in the month", after: { ...month, days: { ...days, employedHalfDays: 20, paidHalfDays: 20 } }, causes: ["part-month"] },
    {
      what: "a rise and days lost",
      after: { salary: { ...salary, basicMinor: 1 }, days: { ...days, lossOfPayHalfDays: 1, paidHalfDays: 59 } },
      causes: ["salary", "loss-of-pay"],
    },
    { what: "nothing but the law", after: month, causes: ["rule"] },
  ])("$what", ({ after, causes }) => {
    expect(causesOf({ kind: "changed", before: month, after, ...employed })).toEqual(causes);
  });

  it("tells a full month after a part of one by the earlier month", () => {
    const joined = { ...month, days: { ...days, employedHalfDays: 10, paidHalfDays: 10 } };
    expect(causesOf({ kind: "changed", before: joined, after: month, ...employed })).toEqual(["part-month"]);
  });

  it.each([
    { kind: "new", wasEmployed: false, hasLeft: false, causes: ["joiner"] },
    { kind: "new", wasEmployed: true, hasLeft: false, causes: ["left-out"] },
    { kind: "gone", wasEmployed: true, hasLeft: true, causes: ["leaver"] },
    { kind: "gone", wasEmployed: true, hasLeft: false, causes: ["left-out"] },
  ] as const)("$kind, employed before: $wasEmployed, has left: $hasLeft", ({ causes, ...rest }) => {
    expect(causesOf({ before: month, after: null, ...rest })).toEqual(causes);
  });
});
