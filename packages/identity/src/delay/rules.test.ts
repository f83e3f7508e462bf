import { describe, expect, it } from "vitest";
import { addressPatience, pairPatience, waitMs } from "./rules.ts";

const lastAt = new Date("2026-11-20T09:00:00Z");
const after = (seconds: number) => new Date(lastAt.getTime() + seconds * 1000);
const waitAfter = (failures: number, seconds = 0) => waitMs({ failures, lastAt }, pairPatience, after(seconds)) / 1000;

describe("the wait of an account at one address", () => {
  it("is nothing for the first five tries, and doubles with each that follows, up to five minutes", () => {
    expect([0, 1, 4].map((failures) => waitAfter(failures))).toEqual([0, 0, 0]);
    expect([5, 6, 7, 8, 12, 13, 14, 60].map((failures) => waitAfter(failures))).toEqual([1, 2, 4, 8, 128, 256, 300, 300]);
  });

  it("runs from the last failure", () => {
    expect(waitAfter(8, 3)).toBe(5);
    expect(waitAfter(8, 8)).toBe(0);
    expect(waitAfter(8, 9)).toBe(0);
  });

  it("is forgotten after a day", () => {
    expect(waitAfter(14, 24 * 3600)).toBe(0);
  });
});

it("bears far more from one address over all accounts", () => {
  expect(waitMs({ failures: 49, lastAt }, addressPatience, lastAt)).toBe(0);
  expect(waitMs({ failures: 53, lastAt }, addressPatience, lastAt)).toBe(8000);
});
