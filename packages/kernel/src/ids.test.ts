import fc from "fast-check";
import { expect, test } from "vitest";
import { idSchema, newId } from "./ids.ts";

test("ids sort by the time they were made, as text", () => {
  const at = fc.integer({ min: 0, max: 253_402_300_799_999 });
  fc.assert(
    fc.property(at, at, (one, two) => {
      fc.pre(one !== two);
      expect(newId("emp", one) < newId("emp", two)).toBe(one < two);
    }),
  );
});

test("ids of one millisecond differ", () => {
  const ids = Array.from({ length: 10_000 }, () => newId("emp", 1_795_000_000_000));
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(ids.map((id) => id.slice(0, 14))).size).toBe(1);
});

test("an id names its kind, and passes the schema of its own kind alone", () => {
  const id = newId("emp", 1_795_000_000_000);
  expect(id).toMatch(/^emp_[0-9a-hjkmnp-tv-z]{22}$/);
  expect(idSchema("emp").safeParse(id).success).toBe(true);
  expect(idSchema("ten").safeParse(id).success).toBe(false);
});

test.each(["", "emp_", "emp_abc", "EMP_01jd3k9v7q", "emp_01JD3K9V7Q", "emp_' OR 1=1", "emp_01jd\n", "xemp_01jd3k9v7q", `emp_${"a".repeat(41)}`])(
  "%j is no id",
  (text) => {
    expect(idSchema("emp").safeParse(text).success).toBe(false);
  },
);
