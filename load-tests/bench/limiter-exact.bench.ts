/*
 * Three processes, one cap: what 64 clients were let through is what one bucket with refill allows by Redis's clock, never
 * one more, and at least 98 % of it. Then once more, with one of the processes killed while it holds loans.
 */
import { setTimeout as pause } from "node:timers/promises";
import { degradedDecisions, giveLimits, redisTime } from "./hot-tenant.ts";
import { build, openRestDoor, serve } from "./processes.ts";
import type { RestDoor, Served } from "./processes.ts";
import { signedInPeople } from "./people.ts";
import { rounded } from "./statistics.ts";

const processes = 3;
const clients = 64;
const people = 8;
const cap = 1_000;
const stormMs = 25_000;
/** A process that has only begun is so slow that it may take Redis for gone. */
const warmUpMs = 10_000;
/** Between a client's answer and its next request: together they ask for several times what the cap allows. */
const pauseMs = 200;
/** The bucket is still so full then that processes hold loans. */
const killAfterMs = 1_500;

interface Run {
  readonly admitted: number;
  readonly allowed: number;
  readonly refused: number;
  /** Of decisions made without Redis nothing is promised here. */
  readonly degraded: number;
}

export async function run(): Promise<Readonly<Record<string, unknown>>> {
  await build("gated");
  const secret = crypto.randomUUID();
  const door = await openRestDoor();
  const variables = { NEXTAUTH_SECRET: secret, UPSTASH_REDIS_REST_URL: door.url, UPSTASH_REDIS_REST_TOKEN: door.token };
  const served = await Promise.all(Array.from({ length: processes }, () => serve("gated", variables)));
  try {
    await storm(door, served, { slug: "warm-up", secret, ms: warmUpMs });
    const whole = await storm(door, served, { slug: "exact", secret, ms: stormMs });
    const cut = await storm(door, served, { slug: "killed", secret, ms: stormMs, doomed: served.at(-1) });
    const { admitted, allowed, ...others } = whole;
    return { admitted, allowed, share: rounded(admitted / allowed, 4), ...others, withOneKilled: cut, processes, clients };
  } finally {
    await Promise.all(served.map(({ stop }) => stop()));
    await door.stop();
  }
}

interface Storm {
  readonly slug: string;
  readonly secret: string;
  readonly ms: number;
  /** The process that is killed in the middle. */
  readonly doomed?: Served | undefined;
}

/** All clients at once, on a company whose bucket is full. What is allowed runs from before the first request to after the last. */
async function storm(door: RestDoor, served: readonly Served[], { slug, secret, ms, doomed }: Storm): Promise<Run> {
  const tenantId = `ten_${slug}`;
  const cookies = await signedInPeople({ tenantId, slug }, people, secret);
  await giveLimits(door, tenantId, cap);
  const [degradedBefore, began] = [await degradedDecisions(door), await redisTime(door)];
  const until = performance.now() + ms;
  const counts = { admitted: 0, refused: 0 };
  const asking = Array.from({ length: clients }, (_, client) => {
    const [one, cookie] = [served[client % served.length], cookies[client % people]];
    if (!one || !cookie) throw new Error("Every client has a process and a person.");
    return ask(`${one.origin}/${slug}/api/ping`, cookie, until, counts, one === doomed);
  });
  if (doomed) void pause(killAfterMs).then(doomed.kill);
  await Promise.all(asking);
  const elapsedMs = (await redisTime(door)) - began;
  const figures = { ...counts, allowed: Math.floor(cap + (elapsedMs * cap) / 60_000), degraded: (await degradedDecisions(door)) - degradedBefore };
  console.error(`${slug}: ${JSON.stringify(figures)} in ${rounded(elapsedMs / 1_000, 2)} s`);
  return figures;
}

/** One client, for as long as the storm lasts or its process lives. */
async function ask(url: string, cookie: string, until: number, counts: { admitted: number; refused: number }, mayDie: boolean): Promise<void> {
  while (performance.now() < until) {
    const status = await statusOf(url, cookie, mayDie);
    if (status === undefined) return;
    if (status === 200) counts.admitted += 1;
    else if (status === 429) counts.refused += 1;
    else throw new Error(`${url} was answered with ${status}.`);
    await pause(pauseMs * (0.5 + Math.random()));
  }
}

/** Undefined when the process died while it was asked. */
async function statusOf(url: string, cookie: string, mayDie: boolean): Promise<number | undefined> {
  try {
    const answer = await fetch(url, { headers: { cookie } });
    await answer.text();
    return answer.status;
  } catch (error) {
    if (mayDie) return undefined;
    throw error;
  }
}
