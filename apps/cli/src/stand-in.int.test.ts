import { makeLimiter, publishLimits } from "@atrium/limits";
import { startGateway } from "@atrium/stack";
import { startStandIn } from "@atrium/stack/testing";
import { expect, it } from "vitest";

it("where no Redis can be had, its stand-in limits just as exactly", async () => {
  const redis = startStandIn();
  const token = "a-token-for-this-test-alone";
  const gateway = await startGateway({ backend: redis.backend, token });
  const door = { url: gateway.url, token, budgetMs: 20_000 };
  await publishLimits(door, "ten_1", { perMinute: 60, perHour: 1_000, version: 1 });
  const limiter = makeLimiter({ redis: door, refresh: () => Promise.reject(new Error("It is known.")), now: () => 0, redisClock: () => 1_795_000_000_000, wallClock: () => 1_795_000_000_000 });
  const ask = async (index: number) =>
    limiter.decide({ routeClass: "read", cost: 1, tenantId: "ten_1", userId: `mem_${String(index)}`, sessionId: "ses_1", address: "203.0.113.7", account: undefined });
  const verdicts = await Promise.all(Array.from({ length: 100 }, (_, index) => ask(index)));
  expect(verdicts.filter(({ outcome }) => outcome === "admitted")).toHaveLength(60);
  expect(verdicts.some(({ isDegraded }) => isDegraded)).toBe(false);
  await gateway.stop();
  await redis.stop();
});
