import fc from "fast-check";
import { expect, test } from "vitest";
import { checkDigitOf, hasCheckDigit } from "./verhoeff.ts";

test.each([
  ["236", 3],
  ["12345", 1],
  ["142857", 0],
])("the check digit of %s is %i, as published", (digits, digit) => {
  expect(checkDigitOf(digits)).toBe(digit);
});

const number = fc.stringMatching(/^[2-9][0-9]{10}$/).map((digits) => `${digits}${checkDigitOf(digits)}`);

test("every single wrong digit is found", () => {
  fc.assert(
    fc.property(number, fc.nat(11), fc.integer({ min: 1, max: 9 }), (whole, place, by) => {
      const wrong = whole.slice(0, place) + String((Number(whole[place]) + by) % 10) + whole.slice(place + 1);
      expect([hasCheckDigit(whole), hasCheckDigit(wrong)]).toEqual([true, false]);
    }),
  );
});

test("two digits that changed places are found", () => {
  fc.assert(
    fc.property(number, fc.nat(10), (whole, place) => {
      fc.pre(whole[place] !== whole[place + 1]);
      const wrong = whole.slice(0, place) + (whole[place + 1] ?? "") + (whole[place] ?? "") + whole.slice(place + 2);
      expect(hasCheckDigit(wrong)).toBe(false);
    }),
  );
});
