import { expect, it } from "vitest";
import { limitCode, limitCodes, problem, quotaExceeded } from "./problem.ts";
import { classPolicies } from "./route-classes.ts";
import type { BucketName } from "./route-classes.ts";
import type { BucketState } from "./verdict.ts";

const waiting = (name: BucketName, waitMs: number): BucketState => ({ name, capacity: 1, windowMs: 60_000, remaining: 0, waitMs });
const refused = (...buckets: readonly BucketState[]) => limitCode({ outcome: "refused", violated: buckets.map(({ name }) => name), buckets });

it("a refusal names the bucket that keeps one waiting longest", () => {
  expect(refused(waiting("minute", 500), waiting("hour", 90_000))).toBe("limits/tenant-hour");
  expect(refused(waiting("user", 900), waiting("minute", 500))).toBe("limits/user");
  expect(refused(waiting("report", 900))).toBe("limits/heavy");
});

it("every bucket of every class has a code of the closed list", () => {
  for (const { buckets } of Object.values(classPolicies)) for (const name of buckets) expect(limitCodes).toContain(refused(waiting(name, 1)));
  expect(limitCode({ outcome: "unavailable", violated: [], buckets: [] })).toBe("limits/unavailable");
});

it("the body of 429 has the registered type and names the policies that were exceeded", () => {
  expect(problem(429, "Wait 3 s.", { code: "limits/user" }, ["user"])).toEqual({
    type: quotaExceeded, title: "Too many requests", status: 429, detail: "Wait 3 s.", "violated-policies": ["user"], error: { code: "limits/user" },
  });
});

it("the body of any other refusal claims no quota", () => {
  expect(problem(503, "Wait.", {})).toEqual({ type: "about:blank", title: "Not available for the moment", status: 503, detail: "Wait.", error: {} });
});
