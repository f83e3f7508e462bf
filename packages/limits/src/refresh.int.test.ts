import { newId } from "@atrium/kernel";
import { expect, inject, it } from "vitest";
import { makeLimiter } from "./limiter.ts";
import { publishLimits } from "./store.ts";

const redis = { url: inject("restUrl"), token: inject("restToken"), budgetMs: 10_000 };
const limits = { perMinute: 60, perHour: 1_000, version: 1 };
const newTenant = () => newId("ten", Date.now());

/** A limiter whose house answers as told; what is to be done later is done when the test says so. */
function limiterWith(refresh: (tenantId: string) => Promise<void>) {
  const waiting: (() => void)[] = [];
  const asked: string[] = [];
  const counted = (tenantId: string): Promise<void> => {
    asked.push(tenantId);
    return refresh(tenantId);
  };
  const limiter = makeLimiter({ redis, refresh: counted, wallClock: Date.now, later: (_ms, work) => void waiting.push(work) });
  const decide = async (tenantId: string) =>
    limiter.decide({ routeClass: "read", cost: 1, tenantId, userId: newId("mem", Date.now()), sessionId: "ses_1", address: "203.0.113.7", account: undefined });
  const passTime = () => waiting.splice(0).forEach((work) => work());
  return { decide, asked, passTime };
}

it("of a company that nobody has asked about yet the house is asked once, however many ask at the same moment", async () => {
  const { decide, asked } = limiterWith((tenantId) => publishLimits(redis, tenantId, limits));
  const tenantId = newTenant();
  const verdicts = await Promise.all(Array.from({ length: 10 }, () => decide(tenantId)));
  expect(verdicts.map(({ outcome, isDegraded }) => [outcome, isDegraded])).toEqual(verdicts.map(() => ["admitted", false]));
  expect(asked).toEqual([tenantId]);
});

it("a company of which the house says nothing goes by this process's own bucket, and costs the others nothing", async () => {
  const { decide, asked, passTime } = limiterWith(() => Promise.reject(new Error("The database is slow.")));
  const [silent, known] = [newTenant(), newTenant()];
  await publishLimits(redis, known, limits);
  for (let count = 0; count < 3; count += 1) expect(await decide(silent)).toMatchObject({ outcome: "admitted", isDegraded: true });
  expect(await decide(known)).toMatchObject({ outcome: "admitted", isDegraded: false });
  // It is asked again only after a while.
  expect(asked).toEqual([silent]);
  passTime();
  await decide(silent);
  expect(asked).toEqual([silent, silent]);
});
