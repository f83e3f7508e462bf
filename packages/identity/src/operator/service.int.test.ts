import { assertSteppedUp, enter } from "@atrium/api";
import type { DoorOptions, SessionClaims } from "@atrium/api";
import { callAs, makeMember, makeSession, requestAs } from "@atrium/api/testing";
import { checksum, makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestDatabase, TestTenant } from "@atrium/db/testing";
import { platformSlug } from "@atrium/kernel";
import type { Permission } from "@atrium/kernel";
import { beforeAll, describe, expect, it } from "vitest";
import { acceptInvitation } from "../credential/service.ts";
import { findTenant, signOut } from "../session/service.ts";
import { supportRouter } from "../support/router.ts";
import { operatorRouter } from "./router.ts";
import { lookIn } from "./service.ts";
import { createOperator, deactivateOperator, listOperators, resetOperatorMfa } from "./tending.ts";

let database: TestDatabase;
let platform: { readonly id: string; readonly slug: string };
beforeAll(async () => {
  database = await testDatabase();
  await createOperator(outside(), { email: "first@atrium.test", name: "First" });
  platform = (await findTenant(database, platformSlug)) ?? { id: "", slug: "" };
});

let count = 0;
const address = () => `operator-${Date.now().toString(36)}-${(count += 1)}@atrium.test`;
const outside = (now?: Date) => requestAs({ database, tenant: { id: "", slug: platformSlug }, member: undefined, ...(now && { now }) }).request;

/** An operator who has accepted, with a second factor and a session. */
async function operator(name = "Om Operator") {
  const member = await makeMember(database, platform, ["operator"], { name });
  const email = `${member.id}@${platformSlug}.test`;
  const { request } = requestAs({ database, tenant: platform, member });
  return { member, email, request, call: callAs(operatorRouter, { database, tenant: platform, member }).call };
}

async function company() {
  const tenant = await makeTenant();
  const owner = await makeMember(database, tenant, ["owner"], { name: "Olive Owner" });
  return { tenant, owner, call: callAs(supportRouter, { database, tenant, member: owner }).call };
}

/** Comes to a company's door with these claims. */
function comeIn(tenant: Pick<TestTenant, "id" | "slug">, claims: SessionClaims, permission: Permission, options: DoorOptions = { opensToSupport: true }, now?: Date) {
  const { request } = requestAs({ database, tenant, member: undefined, ...(now && { now }) });
  return enter({ ...request, session: claims }, permission, options, async ({ actor }) => actor);
}

const reason = "The payslips of November do not open.";

async function granted(minutes = 30) {
  const [acme, support] = [await company(), await operator()];
  const { id: grantId } = await support.call.askForAccess({ slug: acme.tenant.slug, reason, minutes });
  await acme.call.grant({ grantId });
  return { acme, support, grantId, ref: { slug: acme.tenant.slug, grantId } };
}

describe("an operator", () => {
  it("finds a company by what the directory says of it, and not the platform itself", async () => {
    const [{ tenant }, { call }] = [await company(), await operator()];
    expect(await call.company({ slug: tenant.slug })).toMatchObject({ slug: tenant.slug, name: tenant.name, status: "active", plan: "enterprise", createdAt: expect.any(String) });
    await expect(call.company({ slug: platformSlug })).rejects.toMatchObject({ message: "tenant_not_found" });
    await expect(call.company({ slug: "nobody-here" })).rejects.toMatchObject({ message: "tenant_not_found" });
  });

  it("is nobody in a company, whoever says otherwise: the session ends and the alarm is told", async () => {
    const [{ tenant }, { request }] = [await company(), await operator()];
    await expect(enter({ ...request, claimedSlug: tenant.slug }, "home:read", {}, async () => "in")).rejects.toMatchObject({ code: "tenant_mismatch" });
    await expect(enter(request, "home:read", {}, async () => "in")).rejects.toMatchObject({ code: "session/ended" });
  });

  it("holds nothing in a company that gave somebody the operators' role, and no company's role holds anything among operators", async () => {
    const { tenant } = await company();
    const forged = await makeMember(database, tenant, ["operator"]);
    await expect(callAs(operatorRouter, { database, tenant, member: forged }).call.company({ slug: "nobody-here" })).rejects.toMatchObject({ message: "permission/missing" });
    const owner = await makeMember(database, platform, ["owner"]);
    const { request } = requestAs({ database, tenant: platform, member: owner });
    for (const permission of ["home:read", "members:manage", "platform:tenants", "people:read"] as const) {
      await expect(enter(request, permission, {}, async () => "in")).rejects.toMatchObject({ code: "permission/missing" });
    }
  });

  it("is asked for a second factor before anything else", async () => {
    const { member } = await operator();
    const sessionId = await database.withTenant(platform.id, (db) => makeSession(db, platform.id, member.id, { isStrong: false }));
    const { call } = callAs(operatorRouter, { database, tenant: platform, member: { ...member, sessionId } });
    await expect(call.company({ slug: "nobody-here" })).rejects.toMatchObject({ message: "session/mfa-enrolment-required" });
  });

  it("suspends and resumes a company, in both trails", async () => {
    const [{ tenant, owner }, { member, call }] = [await company(), await operator()];
    await call.suspend({ slug: tenant.slug, reason: "The bill of October is open." });
    expect(await call.company({ slug: tenant.slug })).toMatchObject({ status: "suspended", suspendedBecause: "The bill of October is open." });
    await expect(enter(requestAs({ database, tenant, member: owner }).request, "home:read", {}, async () => "in")).rejects.toMatchObject({ code: "tenant_suspended" });
    await call.resume({ slug: tenant.slug });
    const of = (tenantId: string) => database.withTenant(tenantId, (db) => db.auditEvent.findMany({ where: { entity: "company", entityId: tenant.id }, orderBy: { seq: "asc" } }));
    expect(await of(tenant.id)).toMatchObject([{ action: "company.suspend", actorKind: "operator", actorMemberId: member.id, actorName: "Om Operator" }, { action: "company.resume" }]);
    expect(await of(platform.id)).toMatchObject([{ action: "company.suspend", actorKind: "member", actorMemberId: member.id, after: { company: tenant.slug } }, { action: "company.resume" }]);
  });
});

describe("a request for access", () => {
  it("is seen by the company, and stands in both trails", async () => {
    const [acme, { member, call }] = [await company(), await operator()];
    const asked = await call.askForAccess({ slug: acme.tenant.slug, reason, minutes: 30 });
    expect(await acme.call.list()).toEqual([asked]);
    expect(asked).toMatchObject({ operatorName: "Om Operator", reason, minutes: 30, status: "requested", expiresAt: null });
    expect(await acme.call.pending()).toEqual({ pending: 1 });
    const of = (tenantId: string) => database.withTenant(tenantId, (db) => db.auditEvent.findMany({ where: { action: "support-grant.request", reason }, orderBy: { seq: "desc" }, take: 1 }));
    expect(await of(acme.tenant.id)).toMatchObject([{ actorKind: "operator", actorMemberId: member.id, entityId: asked.id }]);
    expect(await of(platform.id)).toMatchObject([{ actorKind: "member", actorMemberId: member.id, entityId: acme.tenant.id }]);
  });

  it.each([{ reason: "why" }, { reason: "     x    " }, { reason: "x".repeat(501) }, { minutes: 4 }, { minutes: 481 }, { minutes: 30.5 }])("needs a reason and an end: %j", async (odd) => {
    const [acme, { call }] = [await company(), await operator()];
    await expect(call.askForAccess({ slug: acme.tenant.slug, reason, minutes: 30, ...odd })).rejects.toMatchObject({ message: "request/invalid" });
  });

  it("waits once", async () => {
    const [acme, { call }] = [await company(), await operator()];
    await call.askForAccess({ slug: acme.tenant.slug, reason, minutes: 30 });
    await expect(call.askForAccess({ slug: acme.tenant.slug, reason, minutes: 30 })).rejects.toMatchObject({ message: "operator/already-asked" });
  });

  it("opens nothing until it is granted, and nothing when it is refused", async () => {
    const [acme, { request, call }] = [await company(), await operator()];
    const { id: grantId } = await call.askForAccess({ slug: acme.tenant.slug, reason, minutes: 30 });
    const ref = { slug: acme.tenant.slug, grantId };
    await expect(lookIn(request, ref)).rejects.toMatchObject({ code: "operator/not-granted" });
    expect(await acme.call.refuse({ grantId })).toMatchObject({ status: "refused", decidedBy: "Olive Owner" });
    await expect(lookIn(request, ref)).rejects.toMatchObject({ code: "operator/not-granted" });
    await expect(acme.call.grant({ grantId })).rejects.toMatchObject({ message: "support/not-open" });
  });

  it("is decided by nobody but who looks after the company's security", async () => {
    const [acme, { call }] = [await company(), await operator()];
    const { id: grantId } = await call.askForAccess({ slug: acme.tenant.slug, reason, minutes: 30 });
    const auditor = callAs(supportRouter, { database, tenant: acme.tenant, member: await makeMember(database, acme.tenant, ["auditor"]) });
    expect(await auditor.call.list()).toHaveLength(1);
    await expect(auditor.call.grant({ grantId })).rejects.toMatchObject({ message: "permission/missing" });
    const elsewhere = await company();
    await expect(elsewhere.call.grant({ grantId })).rejects.toMatchObject({ message: "support/not-found" });
    expect(await elsewhere.call.list()).toEqual([]);
  });
});

describe("a look into a company", () => {
  it("shows what an auditor sees, for as long as was asked for", async () => {
    const { acme, support, ref } = await granted();
    const { claims, expiresAt } = await lookIn(support.request, ref);
    const actor = await comeIn(acme.tenant, claims, "audit:read");
    expect(actor).toMatchObject({ kind: "operator", memberId: undefined, operatorId: support.member.id, name: "Om Operator" });
    expect(await comeIn(acme.tenant, claims, "people:read")).toMatchObject({ kind: "operator" });
    await expect(comeIn(acme.tenant, claims, "people:read", undefined, expiresAt)).rejects.toMatchObject({ code: "session/ended" });
    const trail = await database.withTenant(acme.tenant.id, (db) => db.auditEvent.findMany({ where: { entityId: claims.sessionId } }));
    expect(trail).toMatchObject([{ action: "session.start", actorKind: "operator", actorMemberId: support.member.id, after: { supportGrantId: ref.grantId } }]);
  });

  it("changes nothing, uncovers nothing, takes nothing away, and steps up to nothing", async () => {
    const { acme, support, ref } = await granted();
    const { claims } = await lookIn(support.request, ref);
    const before = await checksum(acme.tenant.id);
    for (const permission of ["people:write", "people:import", "people:export", "people:reveal", "payroll:run", "payroll:approve", "members:manage", "roles:manage", "security:manage", "audit:export", "billing:manage", "company:manage", "time:write", "platform:tenants"] as const) {
      await expect(comeIn(acme.tenant, claims, permission)).rejects.toMatchObject({ code: "permission/missing" });
    }
    // Even where the permission would do.
    await expect(comeIn(acme.tenant, claims, "home:read", {})).rejects.toMatchObject({ code: "permission/missing" });
    await expect(comeIn(acme.tenant, claims, "payroll:read", { opensToSupport: true, stepUp: true })).rejects.toMatchObject({ code: "permission/missing" });
    expect(await checksum(acme.tenant.id)).toEqual(before);
  });

  it("counts as no fresh proof, even where an act asks for one by itself", async () => {
    const { acme, support, ref } = await granted();
    const { claims } = await lookIn(support.request, ref);
    const { request } = requestAs({ database, tenant: acme.tenant, member: undefined });
    const act = enter({ ...request, session: claims }, "home:read", { opensToSupport: true }, async (ctx) => assertSteppedUp(ctx));
    await expect(act).rejects.toMatchObject({ code: "session/step-up-required" });
  });

  it("leads into no other company", async () => {
    const { support, ref } = await granted();
    const globex = await company();
    const { claims } = await lookIn(support.request, ref);
    await expect(comeIn(globex.tenant, claims, "home:read")).rejects.toMatchObject({ code: "tenant_mismatch" });
    await expect(lookIn(support.request, { ...ref, slug: globex.tenant.slug })).rejects.toMatchObject({ code: "operator/not-granted" });
  });

  it("is that operator's alone", async () => {
    const { ref } = await granted();
    const other = await operator("Another Operator");
    await expect(lookIn(other.request, ref)).rejects.toMatchObject({ code: "operator/not-granted" });
    expect((await other.call.company({ slug: ref.slug })).grants).toEqual([]);
    await expect(other.call.giveUpAccess(ref)).rejects.toMatchObject({ message: "operator/not-granted" });
  });

  it.each(["the company", "the operator"])("ends with the next call when %s ends it", async (who) => {
    const { acme, support, ref } = await granted();
    const { claims } = await lookIn(support.request, ref);
    await comeIn(acme.tenant, claims, "home:read");
    if (who === "the company") await acme.call.end({ grantId: ref.grantId });
    else await support.call.giveUpAccess(ref);
    await expect(comeIn(acme.tenant, claims, "home:read")).rejects.toMatchObject({ code: "session/ended" });
    await expect(lookIn(support.request, ref)).rejects.toMatchObject({ code: "operator/not-granted" });
    const trail = await database.withTenant(acme.tenant.id, (db) => db.auditEvent.findMany({ where: { action: { in: ["session.end", "support-grant.end"] } } }));
    expect(trail.map(({ action }) => action).toSorted()).toEqual(["session.end", "support-grant.end"]);
  });

  it("ends when the operator signs out of it", async () => {
    const { acme, support, ref } = await granted();
    const { claims } = await lookIn(support.request, ref);
    const { request } = requestAs({ database, tenant: acme.tenant, member: undefined });
    await enter({ ...request, session: claims }, "home:read", { opensToSupport: true }, signOut);
    await expect(comeIn(acme.tenant, claims, "home:read")).rejects.toMatchObject({ code: "session/ended" });
  });

  it("asks the operator for a fresh proof, and for their own session", async () => {
    const { support, ref } = await granted();
    const sessionId = await database.withTenant(platform.id, (db) => makeSession(db, platform.id, support.member.id, { verifiedAt: new Date("2020-01-01") }));
    const stale = requestAs({ database, tenant: platform, member: { ...support.member, sessionId } });
    await expect(lookIn(stale.request, ref)).rejects.toMatchObject({ code: "session/step-up-required" });
    await expect(lookIn(outside(), ref)).rejects.toMatchObject({ code: "session/missing" });
  });
});

describe("tending operators by the command line", () => {
  it("makes one with a link that opens once, and a second factor asked for", async () => {
    const email = address();
    const path = await createOperator(outside(), { email, name: "New Operator" });
    expect(path).toMatch(/^\/operator\/invitation#[\w-]{40,}$/);
    const secret = path.split("#")[1] ?? "";
    await acceptInvitation(outside(), { secret, password: "a quiet courtyard at noon" });
    await expect(acceptInvitation(outside(), { secret, password: "a quiet courtyard at noon" })).rejects.toMatchObject({ code: "link/over" });
    expect((await listOperators(outside())).find((row) => row.email === email)).toMatchObject({ name: "New Operator", status: "active", hasMfa: false });
    await expect(createOperator(outside(), { email: email.toUpperCase(), name: "Again" })).rejects.toMatchObject({ code: "operator/exists" });
    const tenant = await database.withTenant(platform.id, (db) => db.tenant.findFirstOrThrow());
    expect(tenant).toMatchObject({ kind: "platform", slug: "operator", requiresMfa: true });
  });

  it("gives somebody who has yet to accept a new link in place of the old", async () => {
    const email = address();
    const [first, second] = [await createOperator(outside(), { email, name: "Slow" }), await createOperator(outside(), { email, name: "Slow" })];
    await expect(acceptInvitation(outside(), { secret: first.split("#")[1] ?? "", password: "a quiet courtyard at noon" })).rejects.toMatchObject({ code: "link/over" });
    await expect(acceptInvitation(outside(), { secret: second.split("#")[1] ?? "", password: "a quiet courtyard at noon" })).resolves.toMatchObject({ email });
  });

  it("lets one go: their sessions end, and what companies granted them with it", async () => {
    const { acme, support, ref } = await granted();
    const { claims } = await lookIn(support.request, ref);
    await deactivateOperator(outside(), support.email);
    await expect(comeIn(acme.tenant, claims, "home:read")).rejects.toMatchObject({ code: "session/ended" });
    await expect(support.call.company({ slug: "nobody-here" })).rejects.toMatchObject({ message: "session/ended" });
    expect(await acme.call.list()).toMatchObject([{ status: "ended" }]);
    await expect(deactivateOperator(outside(), address())).rejects.toMatchObject({ code: "operator/not-found" });
  });

  it("ends their looks into companies when their second factors are taken away: somebody else may be the one who looks", async () => {
    const { acme, support, ref } = await granted();
    const { claims } = await lookIn(support.request, ref);
    await resetOperatorMfa(outside(), support.email);
    await expect(comeIn(acme.tenant, claims, "home:read")).rejects.toMatchObject({ code: "session/ended" });
    expect(await acme.call.list()).toMatchObject([{ status: "ended" }]);
  });

  it("takes second factors away, and the sessions with them", async () => {
    const { member, email, call } = await operator();
    await database.withTenant(platform.id, (db) => db.totp.create({ data: { tenantId: platform.id, memberId: member.id, seedSealed: "x", createdAt: new Date(), confirmedAt: new Date() } }));
    expect((await listOperators(outside())).find((row) => row.email === email)).toMatchObject({ hasMfa: true });
    await resetOperatorMfa(outside(), email);
    expect((await listOperators(outside())).find((row) => row.email === email)).toMatchObject({ hasMfa: false });
    await expect(call.company({ slug: "nobody-here" })).rejects.toMatchObject({ message: "session/ended" });
  });
});

