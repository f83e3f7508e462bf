import { isInnerList, parseList, Token } from "structured-headers";
import type { Item } from "structured-headers";
import { describe, expect, it } from "vitest";
import { rateLimitHeaders, retryAfterSeconds } from "./headers.ts";
import { classPolicies, fixedBuckets } from "./route-classes.ts";
import type { BucketName } from "./route-classes.ts";
import type { BucketState } from "./verdict.ts";

const bucket = (name: BucketName, capacity: number, remaining: number, waitMs: number, windowMs = 60_000): BucketState => ({ name, capacity, windowMs, remaining, waitMs });
const [minute, hour, user] = [bucket("minute", 60, 12, 30_100), bucket("hour", 1_000, 0, 3_600, 3_600_000), bucket("user", 30, 30, 0)];

/** What a client with a structured-field parser reads: name and parameters of each member. */
function parsed(field: string) {
  return parseList(field).map((member): Item => {
    if (isInnerList(member)) throw new Error(`${field} holds an inner list.`);
    return member;
  }).map(([name, params]) => {
    expect(name).not.toBeInstanceOf(Token);
    return { name, ...Object.fromEntries(params) };
  });
}

describe("the fields of the rate limit", () => {
  it("say what each bucket holds within its window, what is left and when there is more, in whole seconds", () => {
    const { policy, limit } = rateLimitHeaders([minute, hour, user]);
    expect(policy).toBe('"minute";q=60;w=60, "hour";q=1000;w=3600, "user";q=30;w=60');
    expect(limit).toBe('"minute";r=12;t=31, "hour";r=0;t=4, "user";r=30;t=0');
  });

  it("can be read by any parser of structured fields, for every class of request", () => {
    for (const { buckets } of Object.values(classPolicies)) {
      const states = buckets.map((name) => bucket(name, name in fixedBuckets ? 5 : 1_000, 3, 12_345));
      const { policy, limit } = rateLimitHeaders(states);
      expect(parsed(policy)).toEqual(states.map(({ name, capacity }) => ({ name, q: capacity, w: 60 })));
      expect(parsed(limit)).toEqual(states.map(({ name }) => ({ name, r: 3, t: 13 })));
    }
  });

  it("follow a change of size at once", () => {
    expect(rateLimitHeaders([minute]).policy).toBe('"minute";q=60;w=60');
    expect(rateLimitHeaders([{ ...minute, capacity: 600 }]).policy).toBe('"minute";q=600;w=60');
  });
});

describe("the time to wait", () => {
  it("is in whole seconds, rounded up, and never nothing", () => {
    expect(retryAfterSeconds({ retryAfterMs: 1_001, violated: [], buckets: [] })).toBe(2);
    expect(retryAfterSeconds({ retryAfterMs: 0, violated: [], buckets: [] })).toBe(1);
  });

  it("is over no sooner than any bucket that was empty has enough", () => {
    expect(retryAfterSeconds({ retryAfterMs: 1, violated: ["hour", "minute"], buckets: [minute, hour, user] })).toBe(31);
    expect(retryAfterSeconds({ retryAfterMs: 1, violated: ["hour"], buckets: [minute, hour, user] })).toBe(4);
  });
});
