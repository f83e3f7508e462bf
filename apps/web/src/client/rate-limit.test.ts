import { describe, expect, it } from "vitest";
import { noteRateLimit, shareLeft } from "./rate-limit.ts";
import { paceMs } from "./use-pace.ts";

const policy = '"minute";q=30;w=60, "hour";q=500;w=3600, "user";q=20;w=60';

describe("what the newest answer says is left", () => {
  it("is the share of the scarcest bucket", () => {
    noteRateLimit(new Headers({ "ratelimit-policy": policy, ratelimit: '"minute";r=15;t=2, "hour";r=490;t=8, "user";r=4;t=3' }));
    expect(shareLeft()).toBe(0.2);
  });

  it("is not that of heavy work, of which little is left as soon as it is begun", () => {
    noteRateLimit(new Headers({ "ratelimit-policy": `${policy}, "import";q=2;w=60`, ratelimit: '"minute";r=24;t=2, "hour";r=490;t=8, "user";r=18;t=3, "import";r=0;t=30' }));
    expect(shareLeft()).toBe(0.8);
  });

  it("stays as it was after an answer that says nothing, or nothing that can be read", () => {
    noteRateLimit(new Headers({ "ratelimit-policy": policy, ratelimit: '"minute";r=15;t=2' }));
    noteRateLimit(new Headers());
    noteRateLimit(new Headers({ "ratelimit-policy": "?", ratelimit: '"minute";r=many' }));
    expect(shareLeft()).toBe(0.5);
  });
});

/** How many questions a watched act is asked in so many seconds. */
function questions(seconds: number, share: number): number {
  let [asked, elapsedMs] = [0, 0];
  for (; elapsedMs < seconds * 1_000; asked += 1) elapsedMs += paceMs(asked, share);
  return asked;
}

describe("the pace at which something is watched", () => {
  it("is quick at first, so that what is over in seconds is seen to move", () => {
    expect(paceMs(0, 1)).toBe(700);
    expect(questions(8, 1)).toBeGreaterThanOrEqual(5);
  });

  it("ends at four seconds, which a company of the smallest plan can bear for as long as it takes", () => {
    expect(paceMs(100, 1)).toBe(4_000);
    expect(questions(60, 1)).toBeLessThanOrEqual(19);
    expect(questions(600, 1)).toBeLessThanOrEqual(155);
  });

  it("slows down where little is left, so that the rest is for other work", () => {
    expect(paceMs(100, 0.5)).toBe(4_000);
    expect(paceMs(100, 0.25)).toBe(8_000);
    expect(paceMs(100, 0)).toBe(40_000);
  });
});
