import { makeMember } from "@atrium/api/testing";
import type { TestMember } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestTenant } from "@atrium/db/testing";
import { permissions, permissionScopes, roleGrants, roles } from "@atrium/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callProcedure, cookieFor, openTestRuntime, procedures } from "./testing/doors.ts";
import { openProcedures } from "./testing/open-procedures.ts";

let close: () => void;
beforeAll(async () => {
  close = await openTestRuntime();
});
afterAll(() => close());

const guarded = procedures.filter(({ path }) => !Object.hasOwn(openProcedures, path));

/** What each procedure is refused with, called without any input at this company's path; its path when it is not. */
async function outcomes({ slug }: TestTenant, cookie: () => Promise<string>) {
  const told = new Set<string>();
  for (const procedure of guarded) told.add((await callProcedure(procedure, undefined, { slug, cookie: await cookie() })).code ?? procedure.path);
  return [...told];
}

const cookieOf = ({ sessionId, epoch }: TestMember, tenant: TestTenant, shownAt?: string) => cookieFor({ sessionId, epoch, tenantId: tenant.id, tenantSlug: tenant.slug }, shownAt);

describe("every door of the house", () => {
  it("declares the permission that opens it, or stands among the open ones with the reason", () => {
    expect(guarded.filter(({ permission }) => permission === undefined).map(({ path }) => path)).toEqual([]);
    const open = procedures.filter(({ permission }) => permission === undefined).map(({ path }) => path);
    expect(Object.keys(openProcedures).toSorted()).toEqual(open.toSorted());
  });

  it("is closed to somebody who has not signed in", async () => {
    expect(await outcomes(await makeTenant(), async () => "")).toEqual(["session/missing"]);
  });

  it("is closed at one company's path to the owner of another, whose session ends for having been shown there", async () => {
    const [database, tenant, own] = [await testDatabase(), await makeTenant(), await makeTenant()];
    const owner = () => makeMember(database, own, ["owner"]);
    expect(await outcomes(tenant, async () => cookieOf(await owner(), own, tenant.slug))).toEqual(["tenant_mismatch"]);
    const shown = await owner();
    await outcomes(tenant, () => cookieOf(shown, own, tenant.slug));
    expect(await outcomes(own, () => cookieOf(shown, own))).toEqual(["session/ended"]);
  }, 30_000);

  it("is closed to a member without any role", async () => {
    const [database, tenant] = [await testDatabase(), await makeTenant()];
    const member = await makeMember(database, tenant, []);
    expect(await outcomes(tenant, () => cookieOf(member, tenant))).toEqual(["permission/missing"]);
  });

  it("is closed to a company's own role that says it opens the platform's doors", async () => {
    const [database, tenant, now] = [await testDatabase(), await makeTenant(), new Date()];
    const grants = Object.fromEntries(permissions.map((permission) => [permission, "tenant"]));
    await database.withTenant(tenant.id, (db) => db.role.create({ data: { tenantId: tenant.id, id: "rol_everything", name: "All", grants, createdAt: now, updatedAt: now } }));
    const member = await makeMember(database, tenant, ["rol_everything"]);
    const ofThePlatform = guarded.filter(({ permission }) => permission?.startsWith("platform:") === true);
    expect(ofThePlatform.length).toBeGreaterThan(3);
    for (const procedure of ofThePlatform) {
      const { code } = await callProcedure(procedure, undefined, { slug: tenant.slug, cookie: await cookieOf(member, tenant) });
      expect([procedure.path, code]).toEqual([procedure.path, "permission/missing"]);
    }
  });

  it("is closed when the company is suspended or gone, and while its subscription is over but for the few that get it going again", async () => {
    const database = await testDatabase();
    const [suspended, deleted, expired] = [await makeTenant(), await makeTenant(), await makeTenant()];
    const at = new Date("2026-01-01T00:00:00Z");
    const member = async (tenant: TestTenant) => cookieOf(await makeMember(database, tenant, ["owner"]), tenant);
    const cookies = [await member(suspended), await member(deleted), await member(expired)] as const;
    await database.withTenant(suspended.id, (db) => db.tenant.updateMany({ where: { id: suspended.id }, data: { status: "suspended" } }));
    await database.withTenant(deleted.id, (db) => db.tenant.updateMany({ where: { id: deleted.id }, data: { status: "deleted", deletedAt: new Date() } }));
    await database.withTenant(expired.id, (db) => db.tenant.updateMany({ where: { id: expired.id }, data: { subscriptionUntil: at } }));
    expect(await outcomes(suspended, async () => cookies[0])).toEqual(["tenant_suspended"]);
    expect(await outcomes(deleted, async () => cookies[1])).toEqual(["tenant_not_found"]);
    const shut = guarded.filter(({ door }) => !door.openWhen.includes("expired"));
    for (const procedure of shut) {
      const { status, code } = await callProcedure(procedure, undefined, { slug: expired.slug, cookie: cookies[2] });
      expect([procedure.path, status, code]).toEqual([procedure.path, 402, "subscription_expired"]);
    }
    expect(shut.length).toBeGreaterThan(guarded.length / 2);
  }, 30_000);

  it("opens as far as the committed table says", async () => {
    const line = (widths: readonly number[], cells: readonly string[]) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 16)).join(" ").trimEnd();
    const byRole = [18, 36];
    const byPath = [44, 9, 17];
    const table = [
      line(byRole, ["permission", "can be granted for", ...roles]),
      ...permissions.map((permission) => line(byRole, [permission, permissionScopes[permission].join(" "), ...roles.map((role) => roleGrants[role][permission] ?? "·")])),
      "",
      line(byPath, ["procedure", "", "permission", "and"]),
      ...procedures.map(({ path, type, permission = "open to all", door }) =>
        line(byPath, [path, type, permission, [...(door.stepUp ? ["step-up"] : []), ...door.openWhen.map((obstacle) => `also ${obstacle}`)].join(", ")])),
      "",
    ].join("\n");
    await expect(table).toMatchFileSnapshot("./door.table.txt");
  });
});
