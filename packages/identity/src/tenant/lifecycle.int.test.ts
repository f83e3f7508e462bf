import { callAs, makeMember, makeSession, requestAs } from "@atrium/api/testing";
import { makeTenant, tamper, testDatabase } from "@atrium/db/testing";
import type { TestDatabase } from "@atrium/db/testing";
import type { Role } from "@atrium/kernel";
import { beforeAll, describe, expect, it } from "vitest";
import { findTenant } from "../session/service.ts";
import { sessionRouter } from "../session/router.ts";
import { timeZones } from "./contract.ts";
import { deleteTenant, findCompanyOf, listCompanies, restoreTenant, resumeTenant, suspendTenant } from "./lifecycle.ts";
import { companyRouter } from "./router.ts";

const hourMs = 3_600_000;
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

async function company(role: Role = "owner", now = new Date()) {
  const tenant = await makeTenant();
  const member = await makeMember(database, tenant, [role]);
  const { request, ended } = requestAs({ database, tenant, member: undefined, now });
  const { call } = callAs(companyRouter, { database, tenant, member, now });
  return { tenant, member, request, ended, call, me: () => callAs(sessionRouter, { database, tenant, member, now }).call.me() };
}

const trailOf = (tenantId: string) => database.withTenant(tenantId, (db) => db.auditEvent.findMany({ orderBy: { seq: "asc" } }));

/** As if the company's whole export had gone out at that moment. */
async function exported(tenantId: string, at: Date): Promise<void> {
  const entry = { id: `aud_${String(at.getTime())}`, at, actor_kind: "system", action: "company.export", entity: "company", entity_id: tenantId, request_id: "test" };
  await database.withTenant(tenantId, (db) => db.$queryRaw`SELECT app.append_audit(${JSON.stringify([entry])}::jsonb)`);
}

describe("suspending", () => {
  it("shuts every door of the company, and the trail says who did it and why; resuming opens them with the same sessions", async () => {
    const { tenant, request, me } = await company();
    await me();
    await suspendTenant(request, { slug: tenant.slug, reason: "An invoice is unpaid.", by: { operatorId: "mem_0001", name: "Olga Operator" } });
    await expect(me()).rejects.toMatchObject({ message: "tenant_suspended", code: "FORBIDDEN" });
    await resumeTenant(request, { slug: tenant.slug });
    expect(await me()).toMatchObject({ tenant: { slug: tenant.slug } });
    expect(await trailOf(tenant.id)).toMatchObject([
      { action: "company.suspend", actorKind: "operator", actorMemberId: "mem_0001", actorName: "Olga Operator", reason: "An invoice is unpaid.", before: { status: "active" }, after: { status: "suspended" } },
      { action: "company.resume", actorKind: "system", before: { status: "suspended" }, after: { status: "active" } },
    ]);
  });

  it("of what is suspended already, or of nobody's name, is refused", async () => {
    const { tenant, request } = await company();
    await suspendTenant(request, { slug: tenant.slug, reason: "x" });
    await expect(suspendTenant(request, { slug: tenant.slug, reason: "x" })).rejects.toMatchObject({ code: "company/not-active" });
    await expect(suspendTenant(request, { slug: "nobody-at-all", reason: "x" })).rejects.toMatchObject({ code: "tenant_not_found" });
  });
});

describe("deleting", () => {
  it("is refused before the company was exported, and with an export of the day before yesterday", async () => {
    const now = new Date();
    const { tenant, call } = await company("owner", now);
    await expect(call.delete({ slug: tenant.slug })).rejects.toMatchObject({ message: "company/export-first", code: "CONFLICT" });
    await exported(tenant.id, new Date(now.getTime() - 25 * hourMs));
    expect(await call.get()).toMatchObject({ exportedAt: expect.any(String), deletableUntil: null });
    await expect(call.delete({ slug: tenant.slug })).rejects.toMatchObject({ message: "company/export-first" });
    expect(await findTenant(database, tenant.slug)).toBeDefined();
  });

  it("is refused under any other name than the company's own", async () => {
    const { tenant, call } = await company();
    await exported(tenant.id, new Date());
    await expect(call.delete({ slug: `${tenant.slug}x` })).rejects.toMatchObject({ message: "company/slug-wrong" });
  });

  it("ends every session, hides the company, and keeps its name and its rows", async () => {
    const now = new Date();
    const { tenant, call, me } = await company("owner", now);
    const other = await makeMember(database, tenant, ["employee"]);
    await exported(tenant.id, new Date(now.getTime() - 23 * hourMs));
    await call.delete({ slug: tenant.slug, reason: "We close the shop." });
    expect(await findTenant(database, tenant.slug)).toBeUndefined();
    await expect(me()).rejects.toMatchObject({ message: "session/ended" });
    await expect(callAs(sessionRouter, { database, tenant, member: other }).call.me()).rejects.toMatchObject({ message: "session/ended" });
    expect(await findCompanyOf(database, tenant.slug)).toMatchObject({ status: "deleted", deletedAt: now });
    expect((await trailOf(tenant.id)).at(-1)).toMatchObject({ action: "company.delete", reason: "We close the shop.", after: { status: "deleted" } });
    expect(await database.withTenant(tenant.id, (db) => db.member.count())).toBe(2);
  });

  it("is for whoever runs the company, with a fresh proof of who they are", async () => {
    const { call, tenant, member } = await company("hr-admin");
    await expect(call.delete({ slug: tenant.slug })).rejects.toMatchObject({ message: "permission/missing" });
    const owner = await makeMember(database, tenant, ["owner"]);
    const sessionId = await database.withTenant(tenant.id, (db) => makeSession(db, tenant.id, owner.id, { verifiedAt: new Date(Date.now() - hourMs) }));
    const stale = callAs(companyRouter, { database, tenant, member: { sessionId, epoch: member.epoch } }).call;
    await exported(tenant.id, new Date());
    await expect(stale.delete({ slug: tenant.slug })).rejects.toMatchObject({ message: "session/step-up-required" });
    await expect(stale.change({ name: "Other", timeZone: "UTC" })).rejects.toMatchObject({ message: "session/step-up-required" });
  });

  it("can be taken back for thirty days and no longer, and the people sign in anew", async () => {
    const { tenant, request, ended, me } = await company();
    await deleteTenant(request, { slug: tenant.slug });
    expect(ended).toHaveLength(1);
    const late = { ...request, now: new Date(request.now.getTime() + 30.1 * 24 * hourMs) };
    await expect(restoreTenant(late, { slug: tenant.slug })).rejects.toMatchObject({ code: "company/deleted-too-long" });
    await restoreTenant(request, { slug: tenant.slug });
    expect(await findTenant(database, tenant.slug)).toMatchObject({ status: "active" });
    await expect(me()).rejects.toMatchObject({ message: "session/ended" });
    await expect(restoreTenant(request, { slug: tenant.slug })).rejects.toMatchObject({ code: "company/not-deleted" });
  });

  it("of a suspended company and bringing it back leaves it suspended", async () => {
    const { tenant, request } = await company();
    await suspendTenant(request, { slug: tenant.slug, reason: "" });
    await deleteTenant(request, { slug: tenant.slug });
    await restoreTenant(request, { slug: tenant.slug });
    expect(await findTenant(database, tenant.slug)).toMatchObject({ status: "suspended" });
  });
});

describe("the operators' own tenant", () => {
  it("can be neither suspended nor deleted, and stands in no list of companies", async () => {
    const { tenant, request } = await company();
    const promote = database.withTenant(tenant.id, (db) => db.tenant.update({ where: { id: tenant.id }, data: { kind: "platform" } }));
    await expect(promote, "nor can the application make a company one").rejects.toThrow(/permission denied/);
    await tamper(`UPDATE tenant SET kind = 'platform' WHERE id = '${tenant.id}'`);
    await expect(suspendTenant(request, { slug: tenant.slug, reason: "x" })).rejects.toMatchObject({ code: "company/is-ours" });
    await expect(deleteTenant(request, { slug: tenant.slug })).rejects.toMatchObject({ code: "company/is-ours" });
    expect((await listCompanies(database)).map(({ slug }) => slug)).not.toContain(tenant.slug);
  });
});

describe("a company's own name and clock", () => {
  it("are changed together, and the trail has both states", async () => {
    const { call, tenant } = await company();
    expect(await call.change({ name: "Acme & Daughters", timeZone: "Asia/Dubai" })).toMatchObject({ name: "Acme & Daughters", timeZone: "Asia/Dubai" });
    expect(await trailOf(tenant.id)).toMatchObject([{ action: "company.change", before: { timeZone: "Asia/Kolkata" }, after: { name: "Acme & Daughters", timeZone: "Asia/Dubai" } }]);
  });

  it("cannot be a clock that nobody knows", async () => {
    const { call } = await company();
    const mars: string = "Mars/Olympus";
    await expect(Reflect.apply(call.change, undefined, [{ name: "Acme", timeZone: mars }])).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("can be each clock of the list: the database knows them all", async () => {
    const { call } = await company();
    for (const timeZone of timeZones) expect((await call.change({ name: "Acme", timeZone })).timeZone).toBe(timeZone);
  });
});
