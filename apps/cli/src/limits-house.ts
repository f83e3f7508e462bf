import type { OutsideRequest } from "@atrium/identity";
import type { RedisDoor } from "@atrium/limits";
import { loadSecrets } from "@atrium/stack";
import { readCliEnv } from "./env.ts";
import { redisOver } from "./instance.ts";
import type { Lifetime } from "./lifetime.ts";
import { Refusal } from "./report.ts";
import { outside, withHouse } from "./tenant.ts";

/** What a command that touches limits is given. */
export interface LimitsHouse {
  /** Reads usage, and tells the running house of limits that it changed. */
  readonly request: OutsideRequest;
  /** Undefined where no Redis runs. */
  readonly door: RedisDoor | undefined;
  /** What became of telling it: a sentence. */
  readonly news: { said: string };
  readonly lifetime: Lifetime;
}

/** Nobody's request waits for a command. */
const patienceMs = 2_000;

/** Runs such a command. @returns the exit code */
export function withLimits(dataDir: string, work: (house: LimitsHouse) => Promise<void>): Promise<number> {
  return withHouse(dataDir, async (house, lifetime) => {
    const [door, { houseReader, publishLimits, usageReader }, { limitsInForce }] = await Promise.all([redisDoor(dataDir), import("@atrium/limits"), import("@atrium/billing")]);
    const news = { said: "Atrium is not running on this data folder: it holds from the next start on." };
    const onLimitsChanged = async (tenantId: string): Promise<void> => {
      if (door === undefined) return;
      const now = new Date();
      const { changesAt, ...limits } = await house.database.withTenant(tenantId, (db) => limitsInForce(db, tenantId, now));
      const holdsMs = changesAt === undefined ? undefined : changesAt.getTime() - now.getTime();
      const isTold = await publishLimits({ ...door, budgetMs: patienceMs }, tenantId, limits, holdsMs).then(() => true, () => false);
      news.said = isTold ? "In force everywhere within a second." : "Redis does not answer: it is in force within a minute of its coming back.";
    };
    const clock = () => Date.now();
    const readers = door && { readUsage: usageReader(door, clock), readHouse: houseReader(door, clock) };
    await work({ request: { ...(await outside(house)), ...readers, onLimitsChanged }, door, news, lifetime });
  });
}

/** The Redis that was named, or that of the running launcher. */
async function redisDoor(dataDir: string): Promise<RedisDoor | undefined> {
  const { UPSTASH_REDIS_REST_URL: named, UPSTASH_REDIS_REST_TOKEN: token } = readCliEnv();
  if (named !== undefined) {
    if (token === undefined) throw new Refusal("UPSTASH_REDIS_REST_URL is set without UPSTASH_REDIS_REST_TOKEN. Set both, or neither for the Redis of the running Atrium.");
    return { url: named.replace(/\/$/, ""), token };
  }
  const url = await redisOver(dataDir);
  return url === undefined ? undefined : { url, token: loadSecrets(dataDir).gatewayToken };
}
