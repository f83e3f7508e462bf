import { freePort, keyFile, logFile, startGateway, startInngest, startPostgres, startRedis } from "@atrium/stack";
import type { Home, Postgres, RedisServer, StackSecrets } from "@atrium/stack";
import { resolve } from "node:path";
import { startedIn } from "./env.ts";
import type { CliEnv } from "./env.ts";
import { noteRedis } from "./instance.ts";
import type { Lifetime } from "./lifetime.ts";
import { complain, Refusal, step } from "./report.ts";
import { keepRunning } from "./supervise.ts";

/** What every part of the start needs to know. */
export type Surroundings = {
  readonly home: Home;
  readonly secrets: StackSecrets;
  readonly env: CliEnv;
  readonly lifetime: Lifetime;
  /** The port people type. */
  readonly port: number;
};

/** The variables that lead an application to a service. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The two addresses of the database: the application's, and the owner's where it is known. */
export type DatabaseAddresses = { readonly appUrl: string; readonly ownerUrl: string | undefined; readonly isEmbedded: boolean };

/** Redis and its REST door, or the one that was named. */
export async function openRedis({ home, secrets, env, lifetime }: Surroundings): Promise<Variables> {
  if (env.UPSTASH_REDIS_REST_URL !== undefined) {
    if (env.UPSTASH_REDIS_REST_TOKEN === undefined) {
      throw new Refusal("UPSTASH_REDIS_REST_URL is set without UPSTASH_REDIS_REST_TOKEN. Set both, or neither for the embedded Redis.");
    }
    return {};
  }
  // One that dies is started again behind the same door: meanwhile people go on reading, and nobody signs in.
  let redis: RedisServer | undefined;
  const start = async (): Promise<RedisServer> => {
    await redis?.stop();
    redis = await startRedis({ home, password: secrets.redisPassword });
    return redis;
  };
  await step("Redis", () => keepRunning("Redis", logFile(home, "redis"), lifetime, start), () => kindOf(redis));
  if (redis?.notice !== undefined) complain(new Refusal(redis.notice));
  const behind = () => redis?.backend ?? noRedis;
  const backend: RedisServer["backend"] = { pipeline: (commands) => behind().pipeline(commands), transaction: (commands) => behind().transaction(commands) };
  const gateway = await startGateway({ backend, token: secrets.gatewayToken });
  lifetime.add("the REST door", gateway.stop);
  noteRedis(home.dataDir, gateway.url);
  return { UPSTASH_REDIS_REST_URL: gateway.url, UPSTASH_REDIS_REST_TOKEN: secrets.gatewayToken };
}

const kindOf = (redis: RedisServer | undefined) => (redis?.kind === "stand-in" ? "in-memory stand-in" : "");

const never = () => Promise.reject(new Error("Redis was not started."));
const noRedis: RedisServer["backend"] = { pipeline: never, transaction: never };

/** The keys that were named, or those of the data folder. */
export function keyVariables(env: CliEnv, home: Pick<Home, "dataDir">): { readonly ATRIUM_KEYS_FILE?: string; readonly ATRIUM_KEYS?: string } {
  if (env.ATRIUM_KEYS !== undefined) return { ATRIUM_KEYS: env.ATRIUM_KEYS };
  return { ATRIUM_KEYS_FILE: env.ATRIUM_KEYS_FILE === undefined ? keyFile(home.dataDir) : resolve(startedIn(), env.ATRIUM_KEYS_FILE) };
}

/** The embedded PostgreSQL, unless both its users (the application and the job server) were given something else. */
export async function openPostgres({ home, secrets, env, lifetime }: Surroundings): Promise<Postgres | undefined> {
  if (env.DATABASE_URL !== undefined && usesOtherInngest(env)) return undefined;
  const postgres = await step("PostgreSQL", () => startPostgres({ home, passwords: secrets }));
  lifetime.add("PostgreSQL", postgres.stop);
  endWith(lifetime, "PostgreSQL", postgres.exited);
  return postgres;
}

/** Where the application's data lies: in the named database, or in the embedded one. */
export function databaseAddresses(env: CliEnv, postgres: Postgres | undefined): DatabaseAddresses {
  if (env.DATABASE_URL !== undefined) return { appUrl: env.DATABASE_URL, ownerUrl: env.DATABASE_OWNER_URL, isEmbedded: false };
  if (postgres === undefined) throw new Error("No database was started and none was named.");
  return { appUrl: postgres.appUrl, ownerUrl: postgres.ownerUrl, isEmbedded: true };
}

export const usesOtherInngest = (env: CliEnv): boolean => env.INNGEST_BASE_URL !== undefined || env.INNGEST_DEV !== undefined;

/** The local job server, or the one that was named. */
export async function openInngest({ home, secrets, env, lifetime, port }: Surroundings, postgres: Postgres | undefined): Promise<Variables> {
  if (usesOtherInngest(env) || postgres === undefined) return {};
  const keys = { signingKey: secrets.inngestSigningKey, eventKey: secrets.inngestEventKey };
  // Its address stands in the application's environment, so it keeps its port when it has to be started again.
  const ownPort = await freePort();
  const appUrl = `http://127.0.0.1:${port}/api/inngest`;
  const start = () => startInngest({ home, databaseUrl: postgres.jobsUrl, ...keys, appUrl, port: ownPort });
  await step("job server", () => keepRunning("the job server", logFile(home, "inngest"), lifetime, start));
  return {
    INNGEST_BASE_URL: `http://127.0.0.1:${ownPort}`,
    INNGEST_EVENT_KEY: keys.eventKey,
    INNGEST_SIGNING_KEY: keys.signingKey,
  };
}

/** Without its database nothing works: when it dies by itself everything stops, and says why. */
function endWith(lifetime: Lifetime, name: string, exited: Promise<string>): void {
  void exited.then((how) => {
    if (!lifetime.signal.aborted) lifetime.fail(new Refusal(`${name} ended unexpectedly (${how}), so everything stops. Start again; its log lies in the data folder under logs/.`));
  });
}
