import { expect, it } from "vitest";
import { patience } from "./patience.ts";

const at = (seconds: number): Date => new Date(Date.UTC(2026, 10, 20) + seconds * 1_000);

it("takes so many tries within a time, and says how long the next one has to wait", () => {
  const waitMs = patience({ tries: 2, withinMs: 60_000 });
  expect([waitMs("a", at(0)), waitMs("a", at(10)), waitMs("a", at(20)), waitMs("a", at(59))]).toEqual([0, 0, 40_000, 1_000]);
  // The first is forgotten after its minute, the second is not.
  expect([waitMs("a", at(60)), waitMs("a", at(61))]).toEqual([0, 9_000]);
});

it("makes nobody wait for somebody else", () => {
  const waitMs = patience({ tries: 1, withinMs: 60_000 });
  expect([waitMs("a", at(0)), waitMs("b", at(0)), waitMs("a", at(1))]).toEqual([0, 0, 59_000]);
});

it("forgets the oldest when there are too many", () => {
  const waitMs = patience({ tries: 1, withinMs: 60_000 });
  for (let i = 0; i <= 10_000; i += 1) waitMs(String(i), at(0));
  expect([waitMs("0", at(1)), waitMs("10000", at(1))]).toEqual([0, 59_000]);
});
