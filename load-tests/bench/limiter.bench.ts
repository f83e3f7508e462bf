/*
 * What the real middleware costs with everything in it (the gate, every bucket, the session's check, the headers) against
 * middleware that does nothing, before the same light route, on a tenant that is hot. The two in turn, in short rounds.
 */
import autocannon from "autocannon";
import { degradedDecisions, giveLimits } from "./hot-tenant.ts";
import { build, openRestDoor, serve } from "./processes.ts";
import type { RestDoor } from "./processes.ts";
import { signedInPeople } from "./people.ts";
import { median, rounded } from "./statistics.ts";

const connections = 32;
const people = 8;
const rounds = 21;
const roundSeconds = 2;
const warmUpSeconds = 6;
const company = { tenantId: "ten_bench", slug: "bench" };
/** So much that nothing is refused. */
const perMinute = 6_000_000;

interface Pair {
  readonly gated: number;
  readonly open: number;
  readonly roundTrips: number;
}

export async function run(): Promise<Readonly<Record<string, unknown>>> {
  await build("gated");
  await build("open");
  const secret = crypto.randomUUID();
  const cookies = await signedInPeople(company, people, secret);
  const door = await openRestDoor();
  const variables = { NEXTAUTH_SECRET: secret, UPSTASH_REDIS_REST_URL: door.url, UPSTASH_REDIS_REST_TOKEN: door.token };
  const gated = await serve("gated", variables);
  const open = await serve("open", variables);
  const ask = (origin: string, seconds: number) => load(`${origin}/${company.slug}/api/ping`, cookies, seconds);
  try {
    await makeHot(door);
    // A process that has just begun and meets everybody at once may find Redis slow, and does without it for a while.
    for (const cookie of cookies) await (await fetch(`${gated.origin}/${company.slug}/api/ping`, { headers: { cookie } })).text();
    await ask(gated.origin, warmUpSeconds);
    await ask(open.origin, warmUpSeconds);
    const [degradedBefore, pairs] = [await degradedDecisions(door), new Array<Pair>()];
    for (let round = 1; round <= rounds; round += 1) {
      const pair = await measure(door, () => ask(gated.origin, roundSeconds), () => ask(open.origin, roundSeconds));
      pairs.push(pair);
      console.error(`round ${round}: ${rounded(pair.gated, 0)}/s through the gate, ${rounded(pair.open, 0)}/s through nothing, ratio ${rounded(pair.gated / pair.open)}`);
    }
    return { ...figuresOf(pairs), degraded: (await degradedDecisions(door)) - degradedBefore };
  } finally {
    await Promise.all([gated.stop(), open.stop()]);
    await door.stop();
  }
}

const makeHot = (door: RestDoor): Promise<void> => giveLimits(door, company.tenantId, perMinute);

/** One round through each, the gate first. */
async function measure(door: RestDoor, gated: () => Promise<number>, open: () => Promise<number>): Promise<Pair> {
  await makeHot(door);
  const before = await door.calls();
  const requests = await gated();
  const calls = (await door.calls()) - before;
  return { gated: requests / roundSeconds, open: (await open()) / roundSeconds, roundTrips: calls / requests };
}

function figuresOf(pairs: readonly Pair[]): Readonly<Record<string, unknown>> {
  const middle = (pick: (pair: Pair) => number, digits: number) => rounded(median(pairs.map(pick)), digits);
  return {
    ratio: middle(({ gated, open }) => gated / open, 3),
    roundTripsPer1000: middle(({ roundTrips }) => 1_000 * roundTrips, 1),
    gatedPerSecond: middle(({ gated }) => gated, 0),
    openPerSecond: middle(({ open }) => open, 0),
    connections,
    people,
    rounds,
  };
}

/** Callers who each ask again as soon as they were answered. @returns how many requests were answered; refuses any but 2xx */
async function load(url: string, cookies: readonly string[], seconds: number): Promise<number> {
  const requests = cookies.map((cookie) => ({ headers: { cookie } }));
  const { non2xx, errors, requests: answered } = await autocannon({ url, requests, connections, duration: seconds });
  if (non2xx + errors > 0) throw new Error(`${non2xx} refusals and ${errors} errors under load at ${url}.`);
  return answered.total;
}
