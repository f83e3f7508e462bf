import { callAs, makeMember, makeSession } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestDatabase } from "@atrium/db/testing";
import { roles } from "@atrium/kernel";
import type { Role } from "@atrium/kernel";
import { beforeAll, describe, expect, it } from "vitest";
import { memberRouter } from "../member/router.ts";
import { roleRouter } from "./router.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

async function company(...held: Role[]) {
  const tenant = await makeTenant();
  const member = await makeMember(database, tenant, held);
  const as = (other: Awaited<ReturnType<typeof makeMember>>) => ({
    roles: callAs(roleRouter, { database, tenant, member: other }).call,
    members: callAs(memberRouter, { database, tenant, member: other }).call,
  });
  const add = (...given: Parameters<typeof makeMember>[2]) => makeMember(database, tenant, given);
  return { tenant, member, add, as, ...as(member) };
}

const rolId = (id: string): `rol_${string}` => `rol_${id.replace(/^rol_/, "")}`;
const timekeeper = { name: "Timekeeper", grants: { "time:read": "tenant", "time:write": "tenant" } } as const;

const trailOf = (tenantId: string) =>
  database.withTenant(tenantId, (db) => db.auditEvent.findMany({ orderBy: { seq: "asc" }, select: { action: true, before: true, after: true } }));

describe("the list of roles", () => {
  it("has the built-in ones in their order, then the company's own by name, with how many hold each and whether the reader could give it", async () => {
    const { roles: call, add } = await company("tenant-admin");
    const { id } = await call.create({ ...timekeeper, name: "zookeeper" });
    await call.create({ ...timekeeper, name: "Bookkeeper" });
    await add("employee", rolId(id));
    await add("employee");
    const list = await call.list();
    expect(list.map(({ id: role, name }) => name ?? role)).toEqual([...roles, "Bookkeeper", "zookeeper"]);
    expect(list.find((role) => role.id === id)).toMatchObject({ members: 1, isBuiltIn: false, grants: { ...timekeeper.grants, "home:read": "own" } });
    expect(list.filter(({ isWithinOwn }) => !isWithinOwn).map((role) => role.id)).toEqual(["owner", "payroll-manager", "auditor"]);
    expect(list.find((role) => role.id === "employee")).toMatchObject({ members: 2, isBuiltIn: true });
  });

  it("has none of another company", async () => {
    const [ours, theirs] = [await company("owner"), await company("owner")];
    const { id } = await theirs.roles.create(timekeeper);
    expect((await ours.roles.list()).filter(({ isBuiltIn }) => !isBuiltIn)).toEqual([]);
    await expect(ours.roles.update({ ...timekeeper, id, version: 1 })).rejects.toMatchObject({ message: "role/not-found", code: "NOT_FOUND" });
    await expect(ours.roles.remove({ id })).rejects.toMatchObject({ message: "role/not-found", code: "NOT_FOUND" });
    await expect(ours.members.changeRoles({ memberId: ours.member.id, roles: ["owner", id] })).rejects.toMatchObject({ message: "member/role-unknown" });
  });
});

describe("a company's own role", () => {
  it("lets whoever holds it do what it grants, and no more", async () => {
    const { roles: call, add, as } = await company("owner");
    const { id } = await call.create({ name: "Directory", grants: { "roles:read": "tenant" } });
    const holder = as(await add(rolId(id)));
    expect((await holder.roles.list()).length).toBeGreaterThan(0);
    await expect(holder.roles.create(timekeeper)).rejects.toMatchObject({ message: "permission/missing" });
  });

  it("that is narrowed takes its permission away at the holder's next call, in the session they have", async () => {
    const { roles: call, add, as, tenant } = await company("owner");
    const { id } = await call.create({ name: "Directory", grants: { "roles:read": "tenant" } });
    const holder = as(await add(rolId(id)));
    await holder.roles.list();
    await call.update({ id, version: 1, name: "Directory", grants: {} });
    await expect(holder.roles.list()).rejects.toMatchObject({ message: "permission/missing" });
    expect((await trailOf(tenant.id)).at(-1)).toMatchObject({ action: "role.update", before: { grants: { "roles:read": "tenant" } }, after: { grants: { "home:read": "own" } } });
  });

  it("has a name of its own, whatever the case", async () => {
    const { roles: call } = await company("owner");
    await call.create(timekeeper);
    await expect(call.create({ ...timekeeper, name: "TIMEkeeper" })).rejects.toMatchObject({ message: "role/name-taken", code: "CONFLICT" });
    const { id } = await call.create({ ...timekeeper, name: "Other" });
    await expect(call.update({ ...timekeeper, id, version: 1 })).rejects.toMatchObject({ message: "role/name-taken" });
  });

  it("is not changed by somebody who saw an older state of it", async () => {
    const { roles: call } = await company("owner");
    const { id } = await call.create(timekeeper);
    expect(await call.update({ ...timekeeper, id, version: 1, description: "Keeps the calendar." })).toMatchObject({ version: 2 });
    await expect(call.update({ ...timekeeper, id, version: 1 })).rejects.toMatchObject({ message: "role/changed-meanwhile", code: "CONFLICT" });
  });

  it("stays while somebody holds it, and goes afterwards", async () => {
    const { roles: call, members, add, tenant } = await company("owner");
    const { id } = await call.create(timekeeper);
    const holder = await add("employee", rolId(id));
    await expect(call.remove({ id })).rejects.toMatchObject({ message: "role/still-held", code: "CONFLICT" });
    await members.changeRoles({ memberId: holder.id, roles: ["employee"] });
    await call.remove({ id });
    expect((await call.list()).some((role) => role.id === id)).toBe(false);
    expect((await trailOf(tenant.id)).at(-1)).toMatchObject({ action: "role.remove", before: { name: "Timekeeper" }, after: null });
  });

  it("is never held by anybody after it was removed, when one gives it and another removes it in the same moment", async () => {
    const { roles: call, members, add, tenant } = await company("owner");
    const { id } = await call.create(timekeeper);
    const other = await add("employee");
    await Promise.allSettled([call.remove({ id }), members.changeRoles({ memberId: other.id, roles: ["employee", id] })]);
    const isThere = (await call.list()).some((role) => role.id === id);
    const holders = await database.withTenant(tenant.id, (db) => db.member.count({ where: { roles: { has: id } } }));
    expect(isThere).toBe(holders === 1);
  });
});

describe("somebody who manages roles", () => {
  it("cannot make a role that grants what they do not have", async () => {
    const { roles: call, tenant } = await company("tenant-admin");
    await expect(call.create({ name: "Pay", grants: { "payroll:run": "tenant" } })).rejects.toMatchObject({ message: "role/beyond-own", code: "FORBIDDEN" });
    expect(await trailOf(tenant.id)).toEqual([]);
  });

  it("cannot reach beyond their own through a role that they make in steps", async () => {
    const { roles: call, members, member } = await company("tenant-admin");
    const { id } = await call.create({ name: "Mine", grants: { "people:read": "tenant" } });
    await members.changeRoles({ memberId: member.id, roles: ["tenant-admin", id] });
    await expect(call.update({ id, version: 1, name: "Mine", grants: { "payroll:approve": "tenant" } })).rejects.toMatchObject({ message: "role/beyond-own" });
  });

  it("cannot change or remove a role that grants more than they have", async () => {
    const { roles: call, as, add } = await company("owner");
    const { id } = await call.create({ name: "Pay", grants: { "payroll:run": "tenant" } });
    const admin = as(await add("tenant-admin")).roles;
    await expect(admin.update({ id, version: 1, name: "Pay", grants: {} })).rejects.toMatchObject({ message: "role/beyond-own" });
    await expect(admin.remove({ id })).rejects.toMatchObject({ message: "role/beyond-own" });
  });

  it("has proved within the last ten minutes who they are", async () => {
    const { tenant, member } = await company("owner");
    const now = new Date();
    const sessionId = await database.withTenant(tenant.id, (db) => makeSession(db, tenant.id, member.id, { verifiedAt: new Date(now.getTime() - 11 * 60_000) }));
    const stale = callAs(roleRouter, { database, tenant, member: { sessionId, epoch: 0 }, now }).call;
    expect((await stale.list()).length).toBeGreaterThan(0);
    await expect(stale.create(timekeeper)).rejects.toMatchObject({ message: "session/step-up-required" });
  });

  it("is not whoever may only read them", async () => {
    const { roles: call } = await company("hr-admin");
    await expect(call.create(timekeeper)).rejects.toMatchObject({ message: "permission/missing" });
  });
});
