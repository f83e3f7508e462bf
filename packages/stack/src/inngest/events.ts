/** Events: read from the wire, given their internal id, and stored together with the job that routes them. */
import { randomBytes } from "node:crypto";
import { encodeTime, ulid } from "ulid";
import { z } from "zod";
import { addJobs } from "./database.ts";
import type { Sql } from "./database.ts";

const OLDEST_MS = Date.UTC(1980, 0, 1);
const NEWEST_MS = Date.UTC(2100, 0, 1);

/** PostgreSQL's text has no NUL; within JSON, where it is escaped, it may stand. */
const Label = z.string().regex(/^[^\0]*$/, "an event's name and id cannot contain NUL");

/** An event as an app sends it. */
const SentEvent = z.object({
  name: Label.min(1, "event name is empty").max(512, "event name is longer than 512 characters"),
  data: z.unknown().default({}),
  id: Label.optional(),
  ts: z.number().optional(),
  user: z.unknown().default({}),
  v: z.string().optional(),
  meta: z.unknown().optional(),
});

export const SentEvents = z
  .unknown()
  .transform((body) => z.array(z.unknown()).catch([body]).parse(body))
  .pipe(z.array(SentEvent).max(5_000));

/** An event as functions see it. */
export type WireEvent = {
  readonly id: string;
  readonly name: string;
  readonly ts: number;
  readonly data: unknown;
  readonly user?: unknown;
  readonly v?: string | undefined;
  readonly meta?: unknown;
};

/** An event with the id this server knows it by, which differs from `event.id` when the sender chose that one. */
export type StoredEvent = { readonly internalId: string; readonly event: WireEvent };

/**
 * Gives each event its internal id. The ids follow from the request's seed alone, so a request that is sent again
 * (the first answer was lost) gets the same ids and starts nothing twice.
 * @param seed the SDK's `x-inngest-event-id-seed`: "<ms>,<base64 of 10 bytes>"
 */
export function receiveEvents(sent: z.output<typeof SentEvents>, seed: string | undefined): StoredEvent[] {
  const { ms, entropy } = parseSeed(seed);
  return sent.map((event, index) => {
    const internalId = seededUlid(ms, entropy, index + 1);
    const isDated = event.ts !== undefined && event.ts >= OLDEST_MS && event.ts <= NEWEST_MS;
    return { internalId, event: { ...event, id: event.id || internalId, ts: isDated && event.ts !== undefined ? event.ts : Date.now() } };
  });
}

function parseSeed(seed: string | undefined): { ms: number; entropy: Buffer } {
  const [ms, base64] = seed?.split(",") ?? [];
  const entropy = Buffer.from(base64 ?? "", "base64");
  const isUsable = entropy.length === 10 && Number(ms) >= OLDEST_MS && Number(ms) <= NEWEST_MS;
  return isUsable ? { ms: Number(ms), entropy } : { ms: Date.now(), entropy: randomBytes(10) };
}

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The ULID of the nth event (from 1) of a request: n is added to the last four bytes of the entropy. */
function seededUlid(ms: number, entropy: Buffer, n: number): string {
  const bytes = Buffer.from(entropy);
  bytes.writeUInt32BE((bytes.readUInt32BE(6) + n) >>> 0, 6);
  let bits = BigInt(`0x${bytes.toString("hex")}`);
  let text = "";
  for (let digit = 0; digit < 16; digit += 1) {
    text = `${CROCKFORD[Number(bits & 31n)] ?? ""}${text}`;
    bits >>= 5n;
  }
  return encodeTime(Math.floor(ms)) + text;
}

/** An event of the server's own, e.g. `inngest/function.finished`. */
export function ownEvent(name: string, data: unknown, id?: string): StoredEvent {
  const internalId = ulid();
  return { internalId, event: { name, data, id: id ?? internalId, ts: Date.now(), user: {} } };
}

const INSERT = `
insert into inngest.events (id, name, body)
select * from unnest($1::text[], $2::text[], $3::json[])
on conflict (id) do nothing
returning id`;

/** Stores events and the jobs that route them. Those already stored are left alone. */
export async function storeEvents(tx: Sql, events: readonly StoredEvent[]): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(INSERT, [
    events.map(({ internalId }) => internalId),
    events.map(({ event }) => event.name),
    events.map(({ event }) => JSON.stringify(event)),
  ]);
  await addJobs(tx, rows.map(({ id }) => ({ task: "route-event", payload: { eventId: id } })));
}
