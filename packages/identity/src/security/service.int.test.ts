import { callAs, makeMember, makeSession, requestAs } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestDatabase } from "@atrium/db/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { findTenant, openSession } from "../session/service.ts";
import { securityRouter } from "./router.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

async function company() {
  const tenant = await makeTenant();
  const member = await makeMember(database, tenant, ["owner"]);
  const { call } = callAs(securityRouter, { database, tenant, member });
  const tenantId = tenant.id;
  const giveFactor = (memberId = member.id) =>
    database.withTenant(tenantId, (db) => db.totp.create({ data: { tenantId, memberId, seedSealed: "x", createdAt: new Date(), confirmedAt: new Date() } }));
  const connect = () =>
    database.withTenant(tenantId, (db) =>
      db.ssoConnection.create({
        data: { tenantId, id: "sso_test1", name: "ID", issuer: "https://id.acme.example", clientId: "c", clientSecretSealed: "x", isEnabled: true, joinsByDomain: false, defaultRoles: [], createdAt: new Date(), updatedAt: new Date() },
      }),
    );
  return { tenant, member, call, giveFactor, connect };
}

describe("what a company asks of everybody who signs in", () => {
  it("is told with how many would meet it", async () => {
    const { tenant, call, giveFactor } = await company();
    await makeMember(database, tenant, ["employee"]);
    await giveFactor();
    expect(await call.get()).toEqual({ requiresMfa: false, requiresSso: false, sessionMaxMinutes: 720, sessionIdleMinutes: 30, members: 2, membersWithFactor: 1, membersWithProvider: 0 });
  });

  it("is changed one thing at a time, with what it was written down", async () => {
    const { tenant, call } = await company();
    expect(await call.update({ sessionIdleMinutes: 10 })).toMatchObject({ sessionIdleMinutes: 10, sessionMaxMinutes: 720 });
    const trail = await database.withTenant(tenant.id, (db) => db.auditEvent.findMany({ where: { action: "security.change" } }));
    expect(trail).toMatchObject([{ before: { sessionIdleMinutes: 30 }, after: { sessionIdleMinutes: 10 } }]);
  });

  it.each([{}, { sessionMaxMinutes: 14 }, { sessionMaxMinutes: 1_441 }, { sessionIdleMinutes: 4 }, { sessionIdleMinutes: 7.5 }, { sessionIdleMinutes: Number.NaN }])("is no nonsense: %j", async (change) => {
    const { call } = await company();
    await expect(call.update(change)).rejects.toMatchObject({ message: "request/invalid" });
  });

  it("locks nobody out who asks for a second factor or a provider", async () => {
    const { call, giveFactor, connect } = await company();
    await expect(call.update({ requiresMfa: true })).rejects.toMatchObject({ message: "security/own-factor-missing" });
    await expect(call.update({ requiresSso: true })).rejects.toMatchObject({ message: "security/no-connection" });
    await connect();
    await expect(call.update({ requiresSso: true })).rejects.toMatchObject({ message: "security/no-break-glass" });
    await giveFactor();
    expect(await call.update({ requiresMfa: true, requiresSso: true })).toMatchObject({ requiresMfa: true, requiresSso: true });
  });

  it("a shorter session holds for those that run", async () => {
    const { tenant, member, call } = await company();
    const startedAt = new Date("2026-11-20T08:00:00Z");
    const id = await database.withTenant(tenant.id, (db) => makeSession(db, tenant.id, member.id));
    await database.withTenant(tenant.id, (db) => db.session.updateMany({ where: { id }, data: { startedAt, expiresAt: new Date("2190-01-01T00:00:00Z") } }));
    await call.update({ sessionMaxMinutes: 60 });
    const session = await database.withTenant(tenant.id, (db) => db.session.findFirstOrThrow({ where: { id } }));
    expect(session.expiresAt).toEqual(new Date("2026-11-20T09:00:00Z"));
  });

  it("is shown to auditors and changed by nobody without the permission", async () => {
    const { tenant } = await company();
    const auditor = callAs(securityRouter, { database, tenant, member: await makeMember(database, tenant, ["auditor"]) });
    expect(await auditor.call.get()).toMatchObject({ requiresMfa: false });
    await expect(auditor.call.update({ sessionIdleMinutes: 10 })).rejects.toMatchObject({ message: "permission/missing" });
    const employee = callAs(securityRouter, { database, tenant, member: await makeMember(database, tenant, ["employee"]) });
    await expect(employee.call.get()).rejects.toMatchObject({ message: "permission/missing" });
  });

  it("asks for a fresh proof", async () => {
    const { tenant, member } = await company();
    const sessionId = await database.withTenant(tenant.id, (db) => makeSession(db, tenant.id, member.id, { verifiedAt: new Date("2020-01-01") }));
    const { call } = callAs(securityRouter, { database, tenant, member: { ...member, sessionId } });
    await expect(call.update({ sessionIdleMinutes: 10 })).rejects.toMatchObject({ message: "session/step-up-required" });
  });
});

describe("a company that lets people in by its provider only", () => {
  async function strict() {
    const acme = await company();
    await database.withTenant(acme.tenant.id, (db) => db.tenant.updateMany({ data: { requiresSso: true } }));
    const entry = await findTenant(database, acme.tenant.slug);
    if (!entry) throw new Error("The company is not in the directory.");
    const { request } = requestAs({ database, tenant: acme.tenant, member: undefined });
    return { ...acme, open: (memberId: string, method: "password" | "passkey" | "sso", isStrong: boolean) => openSession(request, entry, { memberId, method, isStrong }) };
  }

  it("takes no password and no passkey of theirs, and the provider's word", async () => {
    const { tenant, open } = await strict();
    const { id } = await makeMember(database, tenant, ["tenant-admin"]);
    await expect(open(id, "password", true)).rejects.toMatchObject({ code: "session/sso-required" });
    await expect(open(id, "passkey", true)).rejects.toMatchObject({ code: "session/sso-required" });
    await expect(open(id, "sso", true)).resolves.toMatchObject({ tenantId: tenant.id });
    expect(await database.withTenant(tenant.id, (db) => db.session.count({ where: { memberId: id, method: { not: "sso" }, id: { not: "" }, startedAt: { gt: new Date("2021-01-01") } } }))).toBe(0);
  });

  it("lets an owner with a second factor pass, and none without", async () => {
    const { member, open } = await strict();
    await expect(open(member.id, "password", false)).rejects.toMatchObject({ code: "session/sso-required" });
    await expect(open(member.id, "password", true)).resolves.toMatchObject({ epoch: 0 });
  });
});
