import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatMoney, paiseFrom, paiseSchema, share, sumPaise } from "./money.ts";
import type { Rounding } from "./money.ts";

describe("a share of an amount is rounded once, in the named way", () => {
  test.each<[rounding: Rounding, amount: number, numerator: number, denominator: number, expected: number]>([
    // Provident fund: 12 % of ₹15,000, and of an amount that ends in half a rupee.
    ["paise", 1_500_000, 12, 100, 180_000],
    ["rupee", 1_234_500, 12, 100, 148_100],
    ["paise", 1, 1, 2, 1],
    ["paise", -1, 1, 2, -1],
    ["paise", 5, 1, 3, 2],
    ["paise", -5, 1, 3, -2],
    ["paise", 1, 1, 3, 0],
    ["paise", 0, 1, 3, 0],
    ["paise", 100, 1, -8, -13],
    ["rupee", 149, 1, 1, 100],
    ["rupee", 150, 1, 1, 200],
    ["rupee", -149, 1, 1, -100],
    ["rupee", -150, 1, 1, -200],
    // Half of a paisa under half a rupee is not half a rupee: no rounding in between.
    ["rupee", 299, 1, 2, 100],
    ["rupeeUp", 100, 1, 1, 100],
    ["rupeeUp", 101, 1, 1, 200],
    ["rupeeUp", 1, 1, 1000, 100],
    ["rupeeUp", 0, 1, 1, 0],
    ["rupeeUp", -150, 1, 1, -100],
    ["ten", 1_49_499, 1, 1, 1_49_000],
    ["ten", 1_49_500, 1, 1, 1_50_000],
    ["ten", 1_44_999, 1, 1, 1_45_000],
    ["ten", 1_44_499, 1, 1, 1_44_000],
    ["ten", -1_49_500, 1, 1, -1_50_000],
  ])("%s: %d × %d / %d = %d", (rounding, amount, numerator, denominator, expected) => {
    expect(share(amount, numerator, denominator, rounding)).toBe(expected);
  });

  test("ten drops the paise first: ₹4.99 is four rupees, and so nothing", () => {
    expect(share(499, 1, 1, "ten")).toBe(0);
    expect(share(500, 1, 1, "ten")).toBe(1_000);
  });

  test("it is exact where a product of numbers would not be", () => {
    expect(share(900_719_925_474_099, 999_999_937, 999_999_937, "paise")).toBe(900_719_925_474_099);
  });

  const amount = fc.maxSafeInteger();
  const part = fc.integer({ min: 0, max: 1_000 });
  const whole = fc.integer({ min: 1_000, max: 100_000 });
  const abs = (value: bigint) => (value < 0n ? -value : value);
  const step = { paise: 1n, rupee: 100n } as const;

  test.each(["paise", "rupee"] as const)("%s: never further than half a step from the fraction, a half away from zero, symmetric", (rounding) => {
    fc.assert(
      fc.property(amount, part, whole, (paise, numerator, denominator) => {
        const rounded = BigInt(share(paise, numerator, denominator, rounding));
        // Both sides times the denominator: the fraction itself, without dividing.
        const exact = BigInt(paise) * BigInt(numerator);
        const distance = abs(rounded * BigInt(denominator) - exact);
        const half = step[rounding] * BigInt(denominator);
        expect(rounded % step[rounding]).toBe(0n);
        expect(2n * distance <= half).toBe(true);
        if (2n * distance === half) expect(abs(rounded) * BigInt(denominator) > abs(exact)).toBe(true);
        expect(BigInt(share(-paise, numerator, denominator, rounding))).toBe(-rounded);
      }),
    );
  });

  test("rupeeUp: the smallest whole rupee that is not less than the fraction", () => {
    fc.assert(
      fc.property(amount, part, whole, (paise, numerator, denominator) => {
        const rounded = BigInt(share(paise, numerator, denominator, "rupeeUp"));
        const exact = BigInt(paise) * BigInt(numerator);
        expect(rounded % 100n).toBe(0n);
        expect(rounded * BigInt(denominator) >= exact).toBe(true);
        expect((rounded - 100n) * BigInt(denominator) < exact).toBe(true);
      }),
    );
  });

  test("a result beyond a safe number is refused, never rounded away", () => {
    expect(() => share(Number.MAX_SAFE_INTEGER, 2, 1, "paise")).toThrow(RangeError);
    expect(() => share(1, 1, 0, "paise")).toThrow(RangeError);
  });
});

describe("an amount is a whole, safe number of paise", () => {
  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER + 1, 9_007_199_254_740_992n])("%s is refused", (value) => {
    expect(() => paiseFrom(value)).toThrow(RangeError);
  });

  test("a bigint column is read as a number", () => {
    expect(paiseFrom(-12_345n)).toBe(-12_345);
    expect(paiseFrom(BigInt(Number.MAX_SAFE_INTEGER))).toBe(Number.MAX_SAFE_INTEGER);
  });

  test.each([0.1, "5", Number.MAX_SAFE_INTEGER + 1])("the schema refuses %s", (value) => {
    expect(paiseSchema.safeParse(value).success).toBe(false);
  });

  test("a sum that overflows or holds a fraction is refused", () => {
    expect(sumPaise([100, -30, 5])).toBe(75);
    expect(sumPaise([])).toBe(0);
    expect(() => sumPaise([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError);
    expect(() => sumPaise([1, 0.5])).toThrow(RangeError);
  });
});

describe("money is written the Indian way", () => {
  test.each<[amount: number | bigint, text: string]>([
    [0, "₹0.00"],
    [5, "₹0.05"],
    [123_456_00, "₹1,23,456.00"],
    [100_000_00, "₹1,00,000.00"],
    [12_345_678_90, "₹1,23,45,678.90"],
    [-500, "(₹5.00)"],
    [-1, "(₹0.01)"],
    [9_007_199_254_740_991, "₹9,00,71,99,25,47,409.91"],
    [9_007_199_254_740_993n, "₹9,00,71,99,25,47,409.93"],
  ])("%s is %s", (amount, text) => {
    expect(formatMoney(amount)).toBe(text);
  });
});
