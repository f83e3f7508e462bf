import fc from "fast-check";
import { expect, test } from "vitest";
import { anywhereInLike, oneLine } from "./text.ts";

test.each([
  [" Asha  Rao ", "Asha Rao"],
  ["Asha\r\n\tRao", "Asha Rao"],
  ["Asha\u0000Rao", "Asha Rao"],
  ["\u202eAsha \u2066Rao\u2069", "Asha Rao"],
  ["शर्\u200dमा 👩\u200d👧", "शर्\u200dमा 👩\u200d👧"],
  ["محمد علي", "محمد علي"],
  [" \u200b\u2060\ufeff ", ""],
  ["", ""],
])("%j is kept as %j", (text, kept) => {
  expect(oneLine(text)).toBe(kept);
});

test("what was kept once is kept as it is", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => { expect(oneLine(oneLine(text))).toBe(oneLine(text)); }));
});

test("a text that is looked for means itself", () => {
  expect(anywhereInLike("50%_a\\")).toBe("%50\\%\\_a\\\\%");
});
