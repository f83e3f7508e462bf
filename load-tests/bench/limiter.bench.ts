/*
 * What the real middleware costs with everything in it (the gate, every bucket, the session's check, the headers) against
 * middleware that does nothing, before the same light route, on a tenant that is hot. The two in turn, in short rounds.
 */
import autocannon from "autocannon";
import { build, openRestDoor, serve } from "./processes.ts";
import { signedInPeople } from "./people.ts";
import { median, rounded } from "./statistics.ts";

const connections = 32;
const people = 8;
const rounds = 9;
const roundSeconds = 4;
const warmUpSeconds = 5;

export async function run(): Promise<Readonly<Record<string, unknown>>> {
  await build("gated");
  await build("open");
  const company = { tenantId: "ten_bench", slug: "bench" };
  const secret = crypto.randomUUID();
  const cookies = await signedInPeople(company, people, secret);
  const door = await openRestDoor();
  const variables = { NEXTAUTH_SECRET: secret, UPSTASH_REDIS_REST_URL: door.url, UPSTASH_REDIS_REST_TOKEN: door.token };
  const gated = await serve("gated", variables);
  const open = await serve("open", variables);
  const ask = async (origin: string, seconds: number) => load(`${origin}/${company.slug}/api/ping`, cookies, seconds);
  try {
    await ask(gated.origin, warmUpSeconds);
    await ask(open.origin, warmUpSeconds);
    const pairs: { readonly gated: number; readonly open: number; readonly roundTrips: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const before = await door.calls();
      const requests = await ask(gated.origin, roundSeconds);
      const roundTrips = ((await door.calls()) - before) / requests;
      const bare = await ask(open.origin, roundSeconds);
      pairs.push({ gated: requests / roundSeconds, open: bare / roundSeconds, roundTrips });
      console.error(`round ${round + 1}: ${rounded(requests / roundSeconds, 0)} through the gate, ${rounded(bare / roundSeconds, 0)} through nothing, ratio ${rounded(requests / bare)}`);
    }
    return {
      ratio: rounded(median(pairs.map((pair) => pair.gated / pair.open))),
      roundTripsPer1000: rounded(1_000 * median(pairs.map((pair) => pair.roundTrips)), 1),
      gatedPerSecond: rounded(median(pairs.map((pair) => pair.gated)), 0),
      openPerSecond: rounded(median(pairs.map((pair) => pair.open)), 0),
      connections,
      rounds,
    };
  } finally {
    await Promise.all([gated.stop(), open.stop()]);
    await door.stop();
  }
}

/** Callers who each ask again as soon as they were answered. @returns how many requests were answered; refuses any but 2xx */
async function load(url: string, cookies: readonly string[], seconds: number): Promise<number> {
  const requests = cookies.map((cookie) => ({ headers: { cookie } }));
  const { non2xx, errors, requests: answered } = await autocannon({ url, requests, connections, duration: seconds });
  if (non2xx + errors > 0) throw new Error(`${non2xx} refusals and ${errors} errors under load at ${url}.`);
  return answered.total;
}
