import { callAs, inContext, makeSession, requestAs } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestDatabase } from "@atrium/db/testing";
import type { TestTenant } from "@atrium/api/testing";
import { grantsOf, roleGrants } from "@atrium/kernel";
import { beforeAll, describe, expect, it } from "vitest";
import { createMember, hashPassword } from "../testing.ts";
import { sessionRouter } from "./router.ts";
import { signIn } from "../sign-in/service.ts";
import { findTenant, forgetSessions } from "./service.ts";

const password = "a quiet courtyard";
const now = new Date("2026-11-20T09:30:00Z");

let database: TestDatabase;
let passwordHash: string;
beforeAll(async () => {
  [database, passwordHash] = await Promise.all([testDatabase(), hashPassword(password)]);
});

async function company(status: "active" | "deactivated" = "active") {
  const tenant = await makeTenant();
  const person = { tenantId: tenant.id, email: "Asha.Rao@example.test", name: "Asha Rao", roles: ["manager"], passwordHash, status, now } as const;
  const memberId = await database.withTenant(tenant.id, (db) => createMember(db, person));
  return { tenant, memberId, signInAs: (email: string, typed = password) => signIn(guestAt(tenant), { email, password: typed }) };
}

/** A request of somebody who has not signed in, at a company's path. */
const guestAt = (tenant: TestTenant) => requestAs({ database, tenant, member: undefined, now }).request;

const wrong = { code: "session/wrong-credentials", kind: "unauthenticated" };

describe("signing in", () => {
  it("answers the claims of the session, however the address is written", async () => {
    const { tenant, memberId, signInAs } = await company();
    const claims = await signInAs("asha.RAO@example.test");
    expect(claims).toEqual({ tenantId: tenant.id, tenantSlug: tenant.slug, sessionId: expect.stringMatching(/^ses_/), epoch: 0, userId: expect.stringMatching(/^mem_/) });
    expect(await database.withTenant(tenant.id, (db) => db.session.findMany())).toMatchObject([{ id: claims.sessionId, memberId, method: "password", isStrong: false }]);
  });

  it("writes down when, and in the audit trail that it happened", async () => {
    const { tenant, memberId, signInAs } = await company();
    await signInAs("asha.rao@example.test");
    const [member, trail] = await database.withTenant(tenant.id, async (db) => [await db.member.findFirst(), await db.auditEvent.findMany()]);
    expect(member?.lastSignInAt).toEqual(now);
    expect(trail).toMatchObject([{ action: "session.start", actorMemberId: memberId, address: "127.0.0.1", after: { memberId, method: "password" } }]);
  });

  it("gives one answer to a wrong password, an unknown address, an unknown company and a person whose access was taken away", async () => {
    const [active, deactivated] = [await company(), await company("deactivated")];
    await expect(active.signInAs("asha.rao@example.test", "another")).rejects.toMatchObject(wrong);
    await expect(active.signInAs("nobody@example.test")).rejects.toMatchObject(wrong);
    await expect(deactivated.signInAs("asha.rao@example.test")).rejects.toMatchObject(wrong);
    await expect(signIn(guestAt({ id: "ten_none", slug: "no-such-company" }), { email: "a@example.test", password })).rejects.toMatchObject(wrong);
  });

  it("refuses a member who has no password yet", async () => {
    const { tenant, signInAs } = await company();
    await database.withTenant(tenant.id, (db) => createMember(db, { tenantId: tenant.id, email: "new@example.test", name: "New", roles: ["employee"], now }));
    await expect(signInAs("new@example.test", "")).rejects.toMatchObject(wrong);
  });

  it("does not find a member of another company by the same address", async () => {
    const [ours, theirs] = [await company(), await makeTenant()];
    await expect(signIn(guestAt(theirs), { email: "asha.rao@example.test", password })).rejects.toMatchObject(wrong);
    await expect(ours.signInAs("asha.rao@example.test")).resolves.toMatchObject({ tenantId: ours.tenant.id });
  });

  it("tells that the company is suspended only to who has the password", async () => {
    const { tenant, signInAs } = await company();
    await database.withTenant(tenant.id, (db) => db.tenant.updateMany({ data: { status: "suspended" } }));
    await expect(signInAs("asha.rao@example.test")).rejects.toMatchObject({ code: "tenant_suspended" });
    await expect(signInAs("asha.rao@example.test", "another")).rejects.toMatchObject(wrong);
  });

  it("works as long for an address nobody has as for a wrong password", async () => {
    const { signInAs } = await company();
    const timeOf = async (email: string) => {
      const started = performance.now();
      await signInAs(email, "another").catch(() => undefined);
      return performance.now() - started;
    };
    const times = { known: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY };
    await timeOf("warm-up@example.test");
    // The quickest of several: what the machine does besides only ever makes one slower.
    for (let round = 0; round < 5; round += 1) {
      times.known = Math.min(times.known, await timeOf("asha.rao@example.test"));
      times.unknown = Math.min(times.unknown, await timeOf("nobody@example.test"));
    }
    expect(times.unknown).toBeGreaterThan(times.known / 2);
    expect(times.unknown).toBeLessThan(times.known * 2);
  });
});

describe("the directory", () => {
  it("knows a company by its address name, and nothing by another", async () => {
    const tenant = await makeTenant();
    expect(await findTenant(database, tenant.slug)).toMatchObject({ id: tenant.id, name: tenant.name, status: "active" });
    expect(await findTenant(database, `${tenant.slug}x`)).toBeUndefined();
  });
});

describe("a session", () => {
  it("knows its person, their company and what they may do", async () => {
    const { tenant, memberId, signInAs } = await company();
    const member = await signInAs("asha.rao@example.test");
    expect(await callAs(sessionRouter, { database, tenant, member, now }).call.me()).toEqual({
      tenant: { slug: tenant.slug, name: tenant.name, timeZone: "Asia/Kolkata" },
      member: { id: memberId, name: "Asha Rao", email: "Asha.Rao@example.test", employeeId: null, sessionId: member.sessionId },
      obstacle: null,
      standing: "open",
      subscriptionUntil: null,
      standingUntil: null,
      support: null,
      roles: [{ id: "manager", name: null }],
      grants: grantsOf([roleGrants.manager]),
    });
  });

  it.each([
    ["2026-12-20T09:30:00Z", { standing: "open", standingUntil: "2026-12-20T09:30:00.000Z", obstacle: null }],
    ["2026-11-20T09:30:00Z", { standing: "grace", standingUntil: "2026-11-27T09:30:00.000Z", obstacle: null }],
    ["2026-11-13T09:30:00Z", { standing: "read-only", standingUntil: "2026-12-20T09:30:00.000Z", obstacle: null }],
    ["2026-10-14T09:30:00Z", { standing: "closed", standingUntil: null, obstacle: "expired" }],
  ])("knows how far the doors stand open when the subscription ends at %s", async (until, known) => {
    const { tenant, signInAs } = await company();
    const subscriptionUntil = new Date(until);
    await database.withTenant(tenant.id, (db) => db.tenant.updateMany({ where: { id: tenant.id }, data: { subscriptionUntil } }));
    const member = await signInAs("asha.rao@example.test");
    expect(await callAs(sessionRouter, { database, tenant, member, now }).call.me()).toMatchObject({ ...known, subscriptionUntil: subscriptionUntil.toISOString() });
  });

  it("ends with all others when its person signs out everywhere, and a new one begins", async () => {
    const { tenant, signInAs } = await company();
    const [here, elsewhere] = [await signInAs("asha.rao@example.test"), await signInAs("asha.rao@example.test")];
    const as = (member: typeof here) => callAs(sessionRouter, { database, tenant, member, now }).call;
    await as(here).signOutEverywhere();
    await expect(as(here).me()).rejects.toMatchObject({ message: "session/ended" });
    await expect(as(elsewhere).me()).rejects.toMatchObject({ message: "session/ended" });
    expect(await as(await signInAs("asha.rao@example.test")).me()).toMatchObject({ roles: [{ id: "manager" }] });
  });
});

describe("what is long over", () => {
  const days = (count: number): Date => new Date(now.getTime() + count * 24 * 3_600_000);

  it("is forgotten: sessions ninety days after their end, links and questions with theirs; the rest stays", async () => {
    const { tenant, memberId, signInAs } = await company();
    const { sessionId } = await signInAs("asha.rao@example.test");
    const { id: tenantId } = tenant;
    await database.withTenant(tenantId, async (db) => {
      await makeSession(db, tenantId, memberId, { expiresAt: days(-91) });
      const question = { tenantId, purpose: "sign-in", challenge: "fake" };
      await db.passkeyChallenge.createMany({ data: [{ ...question, id: "chl_old", expiresAt: days(-1) }, { ...question, id: "chl_new", expiresAt: days(1) }] });
      const link = { tenantId, memberId, purpose: "invitation", createdAt: days(-8) };
      await db.memberToken.createMany({ data: [{ ...link, id: "tok_old", tokenHash: "a", expiresAt: days(-1) }, { ...link, id: "tok_new", tokenHash: "b", expiresAt: days(1) }] });
    });
    await inContext(database, tenant, forgetSessions, { now });
    const left = await database.withTenant(tenantId, async (db) => [await db.session.findMany(), await db.passkeyChallenge.findMany(), await db.memberToken.findMany()]);
    expect(left).toMatchObject([[{ id: sessionId }], [{ id: "chl_new" }], [{ id: "tok_new" }]]);
  });
});
