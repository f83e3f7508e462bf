import { describe, expect, test } from "vitest";
import { readOrder } from "./limits-order.ts";
import type { TypedOverride } from "./limits-order.ts";

const now = new Date("2026-11-20T10:00:00Z");
const good: TypedOverride = { perMinute: "500", for: "2h", reason: "A migration over the weekend." };
const faultOf = (typed: TypedOverride): string => {
  try {
    return `read: ${JSON.stringify(readOrder(typed, now))}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

describe("an override that was typed", () => {
  test("is read as it was meant", () => {
    expect(readOrder(good, now)).toEqual({ perMinute: 500, perHour: null, until: new Date("2026-11-20T12:00:00Z"), reason: "A migration over the weekend." });
    expect(readOrder({ ...good, perMinute: "1,000", perHour: "1_000_000" }, now)).toMatchObject({ perMinute: 1_000, perHour: 1_000_000 });
  });

  test.each([
    ["30m", "2026-11-20T10:30:00.000Z"],
    ["2H", "2026-11-20T12:00:00.000Z"],
    ["3d", "2026-11-23T10:00:00.000Z"],
  ])("holds for as long as was said: %s", (length, until) => {
    expect(readOrder({ ...good, for: length }, now).until.toISOString()).toBe(until);
  });

  test.each([
    ["2026-11-21T18:00Z", "2026-11-21T18:00:00.000Z"],
    ["2026-11-21T18:00+05:30", "2026-11-21T12:30:00.000Z"],
    ["2026-11-21T18:00", new Date(2026, 10, 21, 18).toISOString()],
  ])("holds until the moment that was said: %s", (moment, until) => {
    const { for: _length, ...rest } = good;
    expect(readOrder({ ...rest, until: moment }, now).until.toISOString()).toBe(until);
  });

  test.each<[string, TypedOverride, string]>([
    ["no limit", { for: "2h", reason: "A migration" }, "Say which limit is to hold: --per-minute N, --per-hour N, or both."],
    ["not a number", { ...good, perMinute: "many" }, '--per-minute takes a whole number such as 500; it was "many".'],
    ["half a request", { ...good, perMinute: "1.5" }, '--per-minute takes a whole number such as 500; it was "1.5".'],
    ["an exponent", { ...good, perHour: "1e3" }, '--per-hour takes a whole number such as 500; it was "1e3".'],
    ["nothing", { ...good, perMinute: "" }, '--per-minute takes a whole number such as 500; it was "".'],
    ["0", { ...good, perMinute: "0" }, "--per-minute 0 would let nobody in. To shut a company's doors: atrium tenant suspend."],
    ["a negative number", { ...good, perHour: "-5" }, "--per-hour must be at least 1; it was -5."],
    ["far too many", { ...good, perMinute: "99999999999999999999" }, "--per-minute may be 10,000,000 at most: more than that protects nobody."],
    ["no end", { perMinute: "500", reason: "A migration" }, "Say until when it holds: --for 2h, or --until 2026-11-21T18:00."],
    ["two ends", { ...good, until: "2026-11-21T18:00" }, "Give --for or --until, not both."],
    ["no length", { ...good, for: "long" }, '--for takes a length such as 30m, 2h or 3d; it was "long".'],
    ["a length of 0", { ...good, for: "0h" }, '--for takes a length such as 30m, 2h or 3d; it was "0h".'],
    ["a length without a unit", { ...good, for: "120" }, '--for takes a length such as 30m, 2h or 3d; it was "120".'],
    ["more than a year", { ...good, for: "367d" }, "An override ends within 366 days. For longer than that, change the plan."],
    ["no reason", { perMinute: "500", for: "2h" }, `Say why: --reason "…", at least 5 characters. It stands in the company's audit trail.`],
    ["a reason that says nothing", { ...good, reason: "  x   " }, `Say why: --reason "…", at least 5 characters. It stands in the company's audit trail.`],
    ["a novel", { ...good, reason: "x".repeat(501) }, "The reason has 500 characters at most."],
  ])("is refused with a sentence: %s", (_what, typed, sentence) => {
    expect(faultOf(typed)).toBe(sentence);
  });

  test.each([["2026-11-20T09:59Z", "is over already: it is 2026-11-20T10:00 UTC."], ["2026-11-31T10:00", "takes a moment"], ["tomorrow", "takes a moment"], ["2026-11-21", "takes a moment"]])(
    "is refused where its end is none: %s",
    (until, sentence) => {
      const { for: _length, ...rest } = good;
      expect(faultOf({ ...rest, until })).toContain(sentence);
    },
  );

  test("is told everything that is wrong at once", () => {
    expect(faultOf({ perMinute: "0", perHour: "x" }).split("\n")).toHaveLength(4);
  });
});
