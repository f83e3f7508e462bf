import { createOperator, findTenant, lookIn } from "@atrium/identity";
import type { SessionClaims } from "@atrium/api";
import { makeMember, requestAs } from "@atrium/api/testing";
import { checksum, makeTenant, testDatabase } from "@atrium/db/testing";
import { operatorGrants, platformSlug } from "@atrium/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callProcedure, cookieFor, openTestRuntime, procedures } from "./testing/doors.ts";
import { openProcedures } from "./testing/open-procedures.ts";
import { callRoute, guardedRoutes } from "./testing/routes.ts";

let close: () => void;
beforeAll(async () => {
  close = await openTestRuntime();
});
afterAll(() => close());

const guarded = procedures.filter(({ path }) => !Object.hasOwn(openProcedures, path));

/** An operator with a session of their own, and a company that let them look in. */
async function lookedInto() {
  const [database, tenant] = [await testDatabase(), await makeTenant()];
  const owner = await makeMember(database, tenant, ["owner"]);
  const outside = requestAs({ database, tenant: { id: "", slug: platformSlug }, member: undefined }).request;
  await createOperator(outside, { email: `${owner.id}@atrium.test`, name: "Om Operator" });
  const platform = await findTenant(database, platformSlug);
  if (!platform) throw new Error("The platform's own tenant was not made.");
  const member = await makeMember(database, platform, ["operator"]);
  const grantId = "sup_test0001";
  const expiresAt = new Date(Date.now() + 600_000);
  await database.withTenant(tenant.id, (db) =>
    db.supportGrant.create({
      data: { tenantId: tenant.id, id: grantId, operatorId: member.id, operatorName: "Om Operator", reason: "For a test.", minutes: 10, status: "granted", requestedAt: new Date(), decidedBy: owner.id, decidedAt: new Date(), expiresAt },
    }),
  );
  const { request } = requestAs({ database, tenant: platform, member });
  const own: SessionClaims = { sessionId: member.sessionId, epoch: member.epoch, tenantId: platform.id, tenantSlug: platformSlug };
  return { database, tenant, own, look: async () => (await lookIn(request, { slug: tenant.slug, grantId })).claims };
}

describe("an operator who looks in", () => {
  it("is refused at every door that changes something or asks for a step-up, and the company stays as it is", async () => {
    const { tenant, look } = await lookedInto();
    const cookie = await cookieFor(await look());
    const before = await checksum(tenant.id);
    const shut = guarded.filter(({ type, door }) => type === "mutation" || door.stepUp);
    for (const procedure of shut) {
      const { status, code } = await callProcedure(procedure, undefined, { slug: tenant.slug, cookie });
      expect([procedure.path, status, code]).toEqual([procedure.path, 403, "permission/missing"]);
    }
    expect(shut.length).toBeGreaterThan(30);
    expect(await checksum(tenant.id)).toEqual(before);
  });

  it("takes nothing away: no export, no register, no payslip's document, no import's file", async () => {
    const { tenant, look } = await lookedInto();
    const cookie = await cookieFor(await look());
    const files = Object.entries(guardedRoutes).filter(([, { method, permission }]) => method === "POST" || /:(export|import)$/.test(permission));
    for (const [route] of [...files, ["[tenant]/api/payslips/register/[runId]"] as const, ["[tenant]/api/payslips/[id]/pdf"] as const]) {
      const { status, code } = await callRoute(route, ["dep_test0001", "mem_test0001", "imp_test0001", "prn_test0001", "psl_test0001"], { slug: tenant.slug, cookie });
      expect([route, status, code]).toEqual([route, 403, "permission/missing"]);
    }
    expect(files.length).toBeGreaterThan(3);
  });

  it("is refused everywhere the moment the grant is over", async () => {
    const { database, tenant, look } = await lookedInto();
    const cookie = await cookieFor(await look());
    expect((await callProcedure({ path: "identity.session.me", type: "query" }, undefined, { slug: tenant.slug, cookie })).status).toBe(200);
    await database.withTenant(tenant.id, (db) => db.supportGrant.updateMany({ where: { tenantId: tenant.id }, data: { expiresAt: new Date(Date.now() - 1) } }));
    for (const procedure of guarded) {
      const { code } = await callProcedure(procedure, undefined, { slug: tenant.slug, cookie });
      expect([procedure.path, code]).toEqual([procedure.path, "session/ended"]);
    }
  });
});

describe("an operator", () => {
  it("is refused at every door of a company that let nobody in", async () => {
    const { own } = await lookedInto();
    const closed = await makeTenant();
    const told = new Set<string | undefined>();
    const cookie = await cookieFor(own, closed.slug);
    for (const procedure of guarded) told.add((await callProcedure(procedure, undefined, { slug: closed.slug, cookie })).code);
    expect([...told]).toEqual(["tenant_mismatch"]);
  });

  it("finds only the platform's doors open among the operators", async () => {
    const { own } = await lookedInto();
    const cookie = await cookieFor(own);
    const foreign = guarded.filter(({ permission }) => permission !== undefined && operatorGrants[permission] === undefined);
    for (const procedure of foreign) {
      const { code } = await callProcedure(procedure, undefined, { slug: platformSlug, cookie });
      expect([procedure.path, code]).toEqual([procedure.path, "permission/missing"]);
    }
    expect(foreign.length).toBeGreaterThan(guarded.length / 2);
  });
});
