import { makeMember, makeSession } from "@atrium/api/testing";
import type { SessionClaims } from "@atrium/api";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestDatabase } from "@atrium/db/testing";
import { beforeAll, expect, it } from "vitest";
import { companiesSignedInTo } from "./switching.ts";

const now = new Date("2026-11-20T06:00:00Z");
const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

async function signedIn(name: string, options: Parameters<typeof makeSession>[3] = {}): Promise<SessionClaims & { readonly memberId: string }> {
  const tenant = await makeTenant({ name });
  const member = await makeMember(database, tenant, ["employee"]);
  const sessionId = await database.withTenant(tenant.id, (db) => makeSession(db, tenant.id, member.id, { lastSeenAt: ago(5), ...options }));
  return { sessionId, tenantId: tenant.id, tenantSlug: tenant.slug, epoch: 0, memberId: member.id };
}

it("whoever is signed in to several companies finds the way to each, by name", async () => {
  const [globex, acme] = [await signedIn("Globex"), await signedIn("Acme")];
  expect(await companiesSignedInTo(database, [globex, acme], now)).toEqual([
    { slug: acme.tenantSlug, name: "Acme" },
    { slug: globex.tenantSlug, name: "Globex" },
  ]);
});

it("a session that is over, asleep, ended or of an older epoch leads nowhere", async () => {
  const over = await signedIn("Over", { expiresAt: ago(1) });
  const asleep = await signedIn("Asleep", { lastSeenAt: ago(31) });
  const ended = await signedIn("Ended");
  await database.withTenant(ended.tenantId, (db) => db.session.updateMany({ where: { id: ended.sessionId }, data: { endedAt: now } }));
  const older = await signedIn("Older");
  await database.withTenant(older.tenantId, (db) => db.member.updateMany({ where: { id: older.memberId }, data: { sessionEpoch: 1 } }));
  expect(await companiesSignedInTo(database, [over, asleep, ended, older], now)).toEqual([]);
});

it("another company's session id opens nothing here", async () => {
  const [mine, theirs] = [await signedIn("Mine"), await signedIn("Theirs")];
  expect(await companiesSignedInTo(database, [{ ...mine, sessionId: theirs.sessionId }], now)).toEqual([]);
});

it("looking keeps no session awake", async () => {
  const claims = await signedIn("Acme");
  await companiesSignedInTo(database, [claims], now);
  const kept = await database.withTenant(claims.tenantId, (db) => db.session.findFirstOrThrow({ where: { id: claims.sessionId } }));
  expect(kept.lastSeenAt).toEqual(ago(5));
});
