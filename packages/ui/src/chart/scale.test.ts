import { expect, it } from "vitest";
import { axisTop, labelledPlaces } from "./scale.ts";

it.each([
  [0, 1],
  [1, 1],
  [3, 4],
  [7, 8],
  [10, 10],
  [11, 20],
  [5, 6],
  [60, 60],
  [201, 400],
  [4_999, 6_000],
])("an axis for %i ends at %i", (largest, top) => {
  expect(axisTop(largest)).toBe(top);
});

it("labels the first bar and the last, and never one twice", () => {
  expect(labelledPlaces(60, 5)).toEqual([0, 15, 30, 44, 59]);
  expect(labelledPlaces(2, 5)).toEqual([0, 1]);
  expect(labelledPlaces(1, 5)).toEqual([0]);
  expect(labelledPlaces(0, 5)).toEqual([]);
});
