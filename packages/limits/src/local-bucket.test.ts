import { expect, it } from "vitest";
import { LocalBuckets } from "./local-bucket.ts";

const minute = { key: "k", name: "minute", capacity: 60, windowMs: 60_000 } as const;
const admitted = (buckets: LocalBuckets, tries: number, now: number) =>
  Array.from({ length: tries }, () => buckets.take([minute], 1, now)).filter(({ violated }) => violated.length === 0).length;

it("a bucket of which Redis never told is full at first", () => {
  expect(admitted(new LocalBuckets(), 100, 1_000)).toBe(60);
});

it("what was used up in Redis is used up without it, but for what has flowed in since", () => {
  const buckets = new LocalBuckets();
  buckets.see(minute.key, { remaining: 0, capacity: 60 }, 1_000);
  expect(admitted(buckets, 100, 1_000)).toBe(0);
  expect(admitted(buckets, 100, 6_000)).toBe(5);
});
