import { createHash } from "node:crypto";
import type { Ctx, RequestContext } from "@atrium/api";
import type { TenantDb } from "@atrium/db";
import { networkOf, refusal } from "@atrium/kernel";
import { delayErrors } from "./contract.ts";
import { addressPatience, failuresAt, pairPatience, waitMs } from "./rules.ts";
import type { Count, Patience } from "./rules.ts";

/** Where and when somebody tries. A request has all of it. */
export type TryingRequest = Pick<RequestContext, "database" | "address" | "now">;

/** What is tried, and on whom. */
export interface Try {
  /** Each kind of proof is counted by itself: the right password forgives no wrong code. */
  readonly act: "password" | "second-factor" | "reset";
  /** A member's id, or the address that was typed, whether anybody has it or not. */
  readonly account: string;
}

/**
 * Takes one try: it counts as failed from now on, until `recordSuccess` takes that back. So of a hundred at the same moment
 * no more get through than one after the other would. It commits by itself, whatever becomes of the caller's transaction,
 * and comes before any work that costs something. Throws `session/too-many-tries` without counting.
 */
export async function assertMayTry(request: TryingRequest, tenantId: string, tried: Try): Promise<void> {
  const { database, now } = request;
  await database.withTenant(tenantId, async (db) => {
    const counted = keysOf(request, tenantId, tried);
    const counts = await lockCounts(db, tenantId, counted.map(({ key }) => key), now);
    const found = counted.map(({ key, patience }) => ({ key, patience, count: counts.get(key) ?? { failures: 0, lastAt: now } }));
    const longestMs = Math.max(...found.map(({ count, patience }) => waitMs(count, patience, now)));
    if (longestMs > 0) throw refusal(delayErrors, "session/too-many-tries", { params: { seconds: Math.ceil(longestMs / 1000) } });
    for (const { key, patience, count } of found) {
      await db.signInFailure.update({ where: { tenantId_key: { tenantId, key } }, data: { failures: failuresAt(count, patience, now) + 1, lastAt: now } });
    }
  });
}

/** Takes back the try that was right: the account's failures from here are forgotten, of the address's it was none. */
export async function recordSuccess(request: TryingRequest, tenantId: string, tried: Try): Promise<void> {
  const [pair, address] = keysOf(request, tenantId, tried);
  await request.database.withTenant(tenantId, async (db) => {
    const counts = await lockCounts(db, tenantId, [pair.key, address.key], request.now);
    // Not the address's whole count: whoever has one account could wipe it clean between guesses at others.
    const left = Math.max(0, (counts.get(address.key)?.failures ?? 0) - 1);
    await saveFailures(db, tenantId, pair.key, 0);
    await saveFailures(db, tenantId, address.key, left);
  });
}

/** Forgets the account's failures from here: its person has proved in another way who they are. */
export async function forgetFailures(request: TryingRequest, tenantId: string, tried: Try): Promise<void> {
  const [{ key }] = keysOf(request, tenantId, tried);
  await request.database.withTenant(tenantId, (db) => saveFailures(db, tenantId, key, 0));
}

/** Emptied and not removed: of two at the same moment neither finds its count gone. The sweep removes it. */
async function saveFailures(db: TenantDb, tenantId: string, key: string, failures: number): Promise<void> {
  await db.signInFailure.updateMany({ where: { tenantId, key }, data: { failures } });
}

/** Removes counts that nobody waits for any more. Answers how many. */
export async function sweepFailures(ctx: Ctx): Promise<number> {
  const before = new Date(ctx.now.getTime() - Math.max(pairPatience.forgottenAfterMs, addressPatience.forgottenAfterMs));
  const { count } = await ctx.db.signInFailure.deleteMany({ where: { tenantId: ctx.tenant.id, lastAt: { lt: before } } });
  return count;
}

interface CountedKey {
  readonly key: string;
  readonly patience: Patience;
}

function keysOf({ address }: TryingRequest, tenantId: string, { act, account }: Try): readonly [pair: CountedKey, address: CountedKey] {
  const from = networkOf(address);
  return [
    { key: hashOf(tenantId, act, "pair", account.trim().toLowerCase(), from), patience: pairPatience },
    { key: hashOf(tenantId, act, "address", from), patience: addressPatience },
  ];
}

/** Nobody reads in the table who was tried from where. */
const hashOf = (...parts: readonly string[]): string => createHash("sha256").update(JSON.stringify(parts)).digest("hex");

/** The counts behind these keys, each held until the commit; one that was not there is there then. */
async function lockCounts(db: TenantDb, tenantId: string, keys: readonly string[], now: Date): Promise<ReadonlyMap<string, Count>> {
  // In one order everywhere, so that no two wait for each other.
  const ordered = keys.toSorted();
  await db.signInFailure.createMany({ data: ordered.map((key) => ({ tenantId, key, failures: 0, lastAt: now })), skipDuplicates: true });
  const rows = await db.$queryRaw<(Count & { readonly key: string })[]>`
    SELECT key, failures, last_at AS "lastAt" FROM sign_in_failure WHERE tenant_id = ${tenantId} AND key = ANY (${ordered}::text[]) ORDER BY key FOR UPDATE`;
  return new Map(rows.map(({ key, ...count }) => [key, count]));
}
