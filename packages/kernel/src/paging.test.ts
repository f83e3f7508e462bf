import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { decodeCursor, encodeCursor, maxPageSize, pageOf, pageRequestShape } from "./paging.ts";

test("a cursor gives back what was packed, in any script, and is safe in an address", () => {
  const value = fc.oneof(fc.string({ unit: "grapheme" }), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 8 }), (values) => {
      const cursor = encodeCursor(values);
      expect(cursor).toMatch(/^[A-Za-z0-9_-]*$/);
      expect(decodeCursor(cursor)).toEqual(values);
    }),
  );
  expect(decodeCursor(encodeCursor(["आशा", 1]))).toEqual(["आशा", 1]);
});

test.each([
  ["nothing", ""],
  ["no base64", "%%%"],
  ["no JSON", btoa("hello")],
  ["no list", btoa('{"a":1}')],
  ["a list of something else", btoa("[[1],null]")],
  ["a longer list than any sort has", btoa("[1,2,3,4,5,6,7,8,9]")],
  ["a cut one", encodeCursor(["asha", "emp_1"]).slice(0, -3)],
])("a cursor that is %s is refused", (_what, cursor) => {
  expect(decodeCursor(cursor)).toBeUndefined();
});

test("any text at all is read or refused, never thrown at", () => {
  fc.assert(fc.property(fc.string(), (text) => { expect(() => decodeCursor(text)).not.toThrow(); }));
});

test.each([
  { rows: [], page: [], next: null },
  { rows: ["a", "b"], page: ["a", "b"], next: null },
  { rows: ["a", "b", "c"], page: ["a", "b"], next: encodeCursor(["b"]) },
])("two at a time, $rows are the page $page and lead on from its last row if there is more", ({ rows, page, next }) => {
  expect(pageOf(rows, 2, (last) => [last])).toEqual({ page, next });
});

test("a page has a size, and a largest one", () => {
  const pageRequest = z.object(pageRequestShape);
  expect(pageRequest.parse({})).toEqual({ limit: 50 });
  expect(pageRequest.safeParse({ limit: maxPageSize }).success).toBe(true);
  for (const limit of [0, -1, maxPageSize + 1, 1.5, "50"]) expect(pageRequest.safeParse({ limit }).success).toBe(false);
  expect(pageRequest.safeParse({ after: "x".repeat(501) }).success).toBe(false);
});
