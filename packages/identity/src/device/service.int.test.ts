import { callAs, makeMember, makeSession, requestAs } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestDatabase } from "@atrium/db/testing";
import { createCallerFactory } from "@atrium/api";
import { beforeAll, describe, expect, it } from "vitest";
import { sessionRouter } from "../session/router.ts";
import { deviceRouter } from "./router.ts";

const now = new Date("2026-11-20T09:30:00Z");
const minutesAgo = (minutes: number, ms = 0) => new Date(now.getTime() - minutes * 60_000 - ms);

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

/** Somebody with this browser open, another, and one at home. */
async function person() {
  const tenant = await makeTenant();
  const made = await makeMember(database, tenant, ["employee"]);
  const [here, office, home] = await database.withTenant(tenant.id, async (db) => {
    await db.session.deleteMany({ where: { id: made.sessionId } });
    const seen = (minutes: number) => makeSession(db, tenant.id, made.id, { lastSeenAt: minutesAgo(minutes) });
    return [await seen(3), await seen(1), await seen(29)] as const;
  });
  const as = (sessionId: string) => ({ database, tenant, member: { ...made, sessionId }, now });
  return { tenant, made, here, office, home, as, call: callAs(deviceRouter, as(here)).call, me: (sessionId: string) => callAs(sessionRouter, as(sessionId)).call.me() };
}

const ended = { message: "session/ended" };

describe("one's devices", () => {
  it("are listed with this one first, then as they were last seen", async () => {
    const one = await person();
    const { devices } = await one.call.list();
    expect(devices.map(({ id, isThisOne }) => [id, isThisOne])).toEqual([[one.here, true], [one.office, false], [one.home, false]]);
    expect(devices[0]).toMatchObject({ userAgent: "test", address: "127.0.0.1", startedAt: "2020-01-01T00:00:00.000Z" });
  });

  it("are those alone in which the session still holds", async () => {
    const one = await person();
    await database.withTenant(one.tenant.id, async (db) => {
      await makeSession(db, one.tenant.id, one.made.id, { lastSeenAt: minutesAgo(30, 1) });
      await makeSession(db, one.tenant.id, one.made.id, { expiresAt: now });
      await db.session.updateMany({ where: { id: one.home }, data: { endedAt: now, endedBecause: "signed-out" } });
    });
    expect((await one.call.list()).devices.map(({ id }) => id)).toEqual([one.here, one.office]);
  });

  it("are signed out one by one, at once, and whoever mirrors sessions is told", async () => {
    const one = await person();
    const { request, ended: told } = requestAs(one.as(one.here));
    await createCallerFactory(deviceRouter)(request).signOut({ id: one.home });
    await expect(one.me(one.home)).rejects.toMatchObject(ended);
    await expect(one.me(one.office)).resolves.toMatchObject({ member: { id: one.made.id } });
    expect(told).toMatchObject([{ id: one.home }]);
    await expect(one.call.signOut({ id: one.home })).rejects.toMatchObject({ message: "device/not-found" });
  });

  it("are all signed out but this one", async () => {
    const one = await person();
    await one.call.signOutOthers();
    for (const other of [one.office, one.home]) await expect(one.me(other)).rejects.toMatchObject(ended);
    expect((await one.call.list()).devices.map(({ id }) => id)).toEqual([one.here]);
  });

  it("are nobody else's to see or to end, in the same company or another", async () => {
    const [one, theirs] = [await person(), await person()];
    const colleague = await makeMember(database, one.tenant, ["owner"]);
    const call = callAs(deviceRouter, { database, tenant: one.tenant, member: colleague, now }).call;
    expect((await call.list()).devices.map(({ id }) => id)).toEqual([colleague.sessionId]);
    await expect(call.signOut({ id: one.office })).rejects.toMatchObject({ message: "device/not-found" });
    await expect(one.call.signOut({ id: theirs.office })).rejects.toMatchObject({ message: "device/not-found" });
    await expect(theirs.me(theirs.office)).resolves.toMatchObject({ member: { id: theirs.made.id } });
  });
});

describe("a session", () => {
  it.each([
    ["holds for thirty minutes of rest, to the second", { lastSeenAt: minutesAgo(30) }, true],
    ["has ended a moment later", { lastSeenAt: minutesAgo(30, 1) }, false],
    ["holds up to its last moment", { expiresAt: new Date(now.getTime() + 1) }, true],
    ["has ended then, however busy it was", { expiresAt: now, lastSeenAt: now }, false],
  ])("%s", async (_, options, holds) => {
    const one = await person();
    const id = await database.withTenant(one.tenant.id, (db) => makeSession(db, one.tenant.id, one.made.id, options));
    await (holds ? expect(one.me(id)).resolves.toBeDefined() : expect(one.me(id)).rejects.toMatchObject(ended));
  });
});
