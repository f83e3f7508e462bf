import { expect, test } from "vitest";
import { paceOf } from "./pace.ts";

test.each([
  { done: 0, total: 100, elapsedMs: 5_000, perSecond: null, secondsLeft: null },
  { done: 50, total: 100, elapsedMs: 0, perSecond: null, secondsLeft: null },
  // 500 in 4 s are 125 a second; the other 501 take 4.008 s, so 5.
  { done: 500, total: 1_001, elapsedMs: 4_000, perSecond: 125, secondsLeft: 5 },
  { done: 100, total: 100, elapsedMs: 1_000, perSecond: 100, secondsLeft: 0 },
  { done: 101, total: 100, elapsedMs: 1_000, perSecond: 101, secondsLeft: 0 },
])("$done of $total in $elapsedMs ms: $perSecond a second, $secondsLeft s left", ({ done, total, elapsedMs, ...pace }) => {
  expect(paceOf(done, total, elapsedMs)).toEqual(pace);
});
