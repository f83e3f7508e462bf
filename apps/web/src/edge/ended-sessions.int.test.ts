import { createLogger } from "@atrium/api";
import { callAs, makeMember } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import { identityRouter } from "@atrium/identity";
import { endedKey, publishLimits } from "@atrium/limits";
import type { RedisDoor } from "@atrium/limits";
import { Redis } from "@upstash/redis";
import { encode } from "next-auth/jwt";
import { NextRequest } from "next/server";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { mirrorEnded } from "../server/session-mirror.ts";
import { gate } from "./gate.ts";
import { houseAddress } from "./hosts.ts";

const secret = "Qm7vXk2pRt9sLw4yHd6jBf1gNc8zTa3e";
const log = createLogger("silent");
const now = () => new Date();
// With time to answer on a machine that is busy with other tests.
const real = { url: inject("restUrl"), token: inject("restToken"), budgetMs: 10_000 };
const store = new Redis({ url: real.url, token: real.token, enableTelemetry: false });
const nobody = { url: "http://127.0.0.1:1", token: "no-token-of-anybody" };

/** Accepts every question and never answers. */
const frozen: Server = createServer(() => undefined);
let frozenSettings: RedisDoor;
beforeAll(async () => {
  await new Promise<void>((resolve) => frozen.listen(0, "127.0.0.1", resolve));
  const address = frozen.address();
  frozenSettings = { url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`, token: "no-token-of-anybody" };
});
afterAll(() => {
  frozen.closeAllConnections();
  frozen.close();
});

async function signedIn() {
  const [database, tenant] = [await testDatabase(), await makeTenant()];
  const member = await makeMember(database, tenant, ["owner"]);
  await publishLimits(real, tenant.id, { perMinute: 60, perHour: 1_000, version: 1 });
  const claims = { sessionId: member.sessionId, tenantId: tenant.id, tenantSlug: tenant.slug, epoch: member.epoch };
  return { database, tenant, member, cookie: `atrium-session-${tenant.slug}=${await encode({ token: { claims }, secret })}` };
}
type Person = Awaited<ReturnType<typeof signedIn>>;

function gateAnswer({ tenant, cookie }: Person, redis: RedisDoor | undefined, path: string) {
  const settings = { isDevelopment: false, isHttps: false, house: houseAddress("http://localhost", undefined), secret, redis };
  return gate(settings, "http://localhost")(new NextRequest(`http://localhost/${tenant.slug}/${path}`, { headers: { host: "localhost", cookie } }));
}

/** What the edge answers to a call of this person's; undefined when it lets it pass. */
async function atTheEdge(person: Person, redis: RedisDoor | undefined, path = "api/trpc/identity.session.me"): Promise<unknown> {
  const answer = await gateAnswer(person, redis, path);
  return answer.headers.has("x-middleware-next") ? undefined : { status: answer.status, body: await answer.json() };
}

/** What the door behind the edge answers. */
const atTheDoor = ({ database, tenant, member }: Person) => callAs(identityRouter, { database, tenant, member }).call.session.me();

const refused = { status: 401, body: { error: { message: "session/ended", data: { app: { code: "session/ended" } } } } };

it("a session that was ended is refused at the edge, and no other", async () => {
  const [ended, other] = [await signedIn(), await signedIn()];
  await mirrorEnded(real, log, now)([{ id: ended.member.sessionId, expiresAt: new Date(Date.now() + 3_600_000) }], ended.tenant.id);
  expect(await atTheEdge(ended, real)).toMatchObject(refused);
  expect(await atTheEdge(ended, real, "api/people/export")).toMatchObject({ status: 401, body: { error: { code: "session/ended" } } });
  expect(await atTheEdge(other, real)).toBeUndefined();
});

it("an ended session keeps nobody from signing in again: the circuit is open to them, and the page to do it on takes the cookie away", async () => {
  const [ended, other] = [await signedIn(), await signedIn()];
  await mirrorEnded(real, log, now)([{ id: ended.member.sessionId, expiresAt: new Date(Date.now() + 3_600_000) }], ended.tenant.id);
  for (const path of ["api/auth/csrf", "api/auth/callback/credentials", "api/auth/callback/passkey"]) expect(await atTheEdge(ended, real, path), path).toBeUndefined();
  for (const path of ["sign-in", "forgot"]) {
    expect((await gateAnswer(ended, real, path)).headers.get("set-cookie"), path).toContain(`atrium-session-${ended.tenant.slug}=; Path=/; Max-Age=0`);
    expect((await gateAnswer(other, real, path)).headers.has("set-cookie"), path).toBe(false);
  }
  // A page behind the session still sees it, through every redirect, to say why they are asked to sign in.
  const behind = await gateAnswer(ended, real, "people");
  expect([behind.headers.has("set-cookie"), behind.headers.get("x-middleware-request-cookie")]).toEqual([false, expect.stringContaining(ended.cookie)]);
});

it("the note of an ended session lives as long as the session would have, and one that is over gets none", async () => {
  await mirrorEnded(real, log, now)([
    { id: "ses_long", expiresAt: new Date(Date.now() + 60_000) },
    { id: "ses_over", expiresAt: new Date(Date.now() - 1) },
  ], "ten_mirrored");
  const left = await store.pttl(endedKey("ten_mirrored", "ses_long"));
  expect(left).toBeGreaterThan(50_000);
  expect(left).toBeLessThanOrEqual(60_000);
  expect(await store.exists(endedKey("ten_mirrored", "ses_over"))).toBe(0);
});

it("what the mirror has forgotten, the door still knows", async () => {
  const person = await signedIn();
  const { database, tenant, member } = person;
  await database.withTenant(tenant.id, (db) => db.session.updateMany({ where: { id: member.sessionId }, data: { endedAt: new Date(), endedBecause: "signed-out" } }));
  await mirrorEnded(real, log, now)([{ id: member.sessionId, expiresAt: new Date(Date.now() + 3_600_000) }], tenant.id);
  expect(await atTheEdge(person, real)).toMatchObject(refused);
  // What FLUSHALL does to this entry; the application's own account may not flush.
  await store.del(endedKey(tenant.id, member.sessionId));
  expect(await atTheEdge(person, real)).toBeUndefined();
  await expect(atTheDoor(person)).rejects.toMatchObject({ message: "session/ended" });
});

it("without Redis, or with one that does not answer, calls go on to the door within the budget", async () => {
  const person = await signedIn();
  for (const redis of [undefined, nobody, frozenSettings]) {
    const started = performance.now();
    expect(await atTheEdge(person, redis)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(3_000);
  }
  expect(await atTheDoor(person)).toMatchObject({ tenant: { slug: person.tenant.slug } });
});

it("without Redis sessions still end: that they could not be noted is no failure", async () => {
  for (const redis of [nobody, frozenSettings]) {
    const started = performance.now();
    await mirrorEnded(redis, log, now)([{ id: "ses_unnoted", expiresAt: new Date(Date.now() + 60_000) }], "ten_mirrored");
    expect(performance.now() - started).toBeLessThan(3_000);
  }
});
