import { callAs, makeMember, makeSession } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestDatabase } from "@atrium/db/testing";
import type { Role } from "@atrium/kernel";
import { beforeAll, describe, expect, it } from "vitest";
import { memberRouter } from "./router.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

async function company(...roles: Role[]) {
  const tenant = await makeTenant();
  const add = (...held: Role[]) => makeMember(database, tenant, held);
  const member = await add(...roles);
  return { tenant, member, add, ...callAs(memberRouter, { database, tenant, member }) };
}

const trailOf = (tenantId: string) => database.withTenant(tenantId, (db) => db.auditEvent.findMany({ where: { entity: "member" }, orderBy: { seq: "asc" } }));

describe("the list of members", () => {
  it("shows everybody of the company once, page by page, and nobody of another", async () => {
    const { call, add, member } = await company("owner");
    await company("owner");
    const ids = [member.id];
    for (let i = 0; i < 4; i += 1) ids.push((await add("employee")).id);
    const first = await call.list({ limit: 3 });
    const second = await call.list({ limit: 3, after: first.next });
    expect(first.total).toBe(5);
    expect(second.next).toBeNull();
    expect([...first.rows, ...second.rows].map(({ id }) => id).sort()).toEqual(ids.sort());
  });

  it("finds by a part of the name or of the address, whatever the case", async () => {
    const { call, add } = await company("owner");
    const someone = await add("hr-admin", "manager");
    expect((await call.list({ search: "HR-ADMIN man" })).rows.map(({ id }) => id)).toEqual([someone.id]);
    expect((await call.list({ search: someone.id.toUpperCase() })).rows.map(({ id }) => id)).toEqual([someone.id]);
    expect((await call.list({ search: "%" })).rows).toEqual([]);
  });

  it("starts from the beginning when the cursor is not one of ours", async () => {
    const { call } = await company("owner");
    expect((await call.list({ after: "nonsense" })).rows).toHaveLength(1);
  });

  it("is closed to an employee", async () => {
    await expect((await company("employee", "manager", "payroll-manager")).call.list({})).rejects.toMatchObject({ message: "permission/missing" });
  });
});

describe("changing roles", () => {
  it("gives a member exactly these, in the order of the house, and writes down both states", async () => {
    const { call, add, tenant } = await company("owner");
    const { id } = await add("employee");
    expect(await call.changeRoles({ memberId: id, roles: ["employee", "hr-admin", "employee"] })).toMatchObject({ id, roles: ["hr-admin", "employee"] });
    expect(await trailOf(tenant.id)).toMatchObject([
      { action: "member.change-roles", entityId: id, before: { roles: ["employee"] }, after: { roles: ["hr-admin", "employee"] } },
    ]);
  });

  it("ends the member's sessions at their next call, and their next one has the new roles", async () => {
    const { call, add, tenant } = await company("owner");
    const other = await add("employee");
    const others = callAs(memberRouter, { database, tenant, member: other }).call;
    await expect(others.list({})).rejects.toMatchObject({ message: "permission/missing" });
    await call.changeRoles({ memberId: other.id, roles: ["hr-admin"] });
    await expect(others.list({})).rejects.toMatchObject({ message: "session/ended" });
    const sessionId = await database.withTenant(tenant.id, (db) => makeSession(db, tenant.id, other.id));
    expect((await callAs(memberRouter, { database, tenant, member: { sessionId, epoch: 1 } }).call.list({})).total).toBe(2);
  });

  it("leaves the session of somebody who changes their own roles", async () => {
    const { call, member } = await company("owner");
    await call.changeRoles({ memberId: member.id, roles: ["owner", "employee"] });
    expect((await call.list({})).total).toBe(1);
  });

  it("asks for a fresh proof of who one is", async () => {
    const { tenant, member } = await company("owner");
    const now = new Date("2026-11-20T09:00:00Z");
    const sessionId = await database.withTenant(tenant.id, (db) => makeSession(db, tenant.id, member.id, { verifiedAt: new Date("2026-11-20T08:49:59Z") }));
    const stale = callAs(memberRouter, { database, tenant, member: { sessionId, epoch: 0 }, now }).call;
    await expect(stale.changeRoles({ memberId: member.id, roles: ["owner"] })).rejects.toMatchObject({ message: "session/step-up-required" });
  });

  it("keeps the last owner an owner, and leaves no trace of the attempt", async () => {
    const { call, member, tenant } = await company("owner");
    await expect(call.changeRoles({ memberId: member.id, roles: ["employee"] })).rejects.toMatchObject({ message: "member/last-owner" });
    expect((await call.list({})).rows[0]?.roles).toEqual(["owner"]);
    expect(await trailOf(tenant.id)).toEqual([]);
  });

  it("does not count an owner whose access was taken away", async () => {
    const { call, member, add, tenant } = await company("owner");
    const gone = await add("owner");
    await database.withTenant(tenant.id, (db) => db.member.updateMany({ where: { id: gone.id }, data: { status: "deactivated" } }));
    await expect(call.changeRoles({ memberId: member.id, roles: ["employee"] })).rejects.toMatchObject({ message: "member/last-owner" });
  });

  it("leaves one owner when two demote each other in the same moment", async () => {
    const { member, add, tenant, call } = await company("owner");
    const other = await add("owner");
    const others = callAs(memberRouter, { database, tenant, member: other }).call;
    await Promise.allSettled([call.changeRoles({ memberId: other.id, roles: ["employee"] }), others.changeRoles({ memberId: member.id, roles: ["employee"] })]);
    const rows = await database.withTenant(tenant.id, (db) => db.member.findMany());
    expect(rows.filter(({ roles }) => roles.includes("owner"))).toHaveLength(1);
  });

  it("does not find a member of another company", async () => {
    const [ours, theirs] = [await company("owner"), await company("owner")];
    await expect(ours.call.changeRoles({ memberId: theirs.member.id, roles: ["employee"] })).rejects.toMatchObject({ message: "member/not-found", code: "NOT_FOUND" });
  });

  it("is closed to whoever may only read", async () => {
    const { call, member } = await company("hr-admin");
    await expect(call.changeRoles({ memberId: member.id, roles: ["owner"] })).rejects.toMatchObject({ message: "permission/missing" });
  });
});

describe("linking an employee", () => {
  /** A row of the people's room, which stands above this one: just enough of it to point at. */
  async function addEmployee(tenantId: string): Promise<string> {
    await database.withTenant(tenantId, async (db) => {
      await db.location.create({ data: { tenantId, id: "loc_0001", name: "Pune", state: "MH" } });
      await db.department.create({ data: { tenantId, id: "dep_0001", name: "Stores" } });
      const day = new Date("2026-04-01");
      const place = { departmentId: "dep_0001", locationId: "loc_0001" };
      await db.employee.create({ data: { tenantId, id: "emp_0001", code: "A1", fullName: "Asha Rao", gender: "female", joinedOn: day, createdAt: day, updatedAt: day, ...place } });
    });
    return "emp_0001";
  }

  it("says which employee a member is, and takes it back", async () => {
    const { call, member, tenant } = await company("owner");
    const employeeId = await addEmployee(tenant.id);
    expect(await call.linkEmployee({ memberId: member.id, employeeId })).toMatchObject({ employeeId });
    expect(await call.linkEmployee({ memberId: member.id, employeeId: null })).toMatchObject({ employeeId: null });
    const trail = (await trailOf(tenant.id)).map(({ action, before, after }) => ({ action, before, after }));
    const rest = { roles: ["owner"], status: "active" };
    expect(trail).toEqual([
      { action: "member.link-employee", before: { ...rest, employeeId: null }, after: { ...rest, employeeId } },
      { action: "member.link-employee", before: { ...rest, employeeId }, after: { ...rest, employeeId: null } },
    ]);
  });

  it("lets nobody take a record for their own, and with it the pay behind it, who may not see everybody's pay", async () => {
    const { call, member, add, tenant } = await company("tenant-admin");
    const [employeeId, other] = [await addEmployee(tenant.id), await add("employee")];
    await expect(call.linkEmployee({ memberId: member.id, employeeId })).rejects.toMatchObject({ message: "member/link-is-self", code: "FORBIDDEN" });
    expect(await call.linkEmployee({ memberId: other.id, employeeId })).toMatchObject({ employeeId });
  });

  it("takes no record away from its member, to give it to another, by somebody who may not see everybody's pay", async () => {
    const { call, add, tenant } = await company("tenant-admin");
    const [employeeId, director] = [await addEmployee(tenant.id), await add("owner")];
    await call.linkEmployee({ memberId: director.id, employeeId });
    await expect(call.linkEmployee({ memberId: director.id, employeeId: null })).rejects.toMatchObject({ message: "member/link-held", code: "FORBIDDEN" });
    expect((await call.list({})).rows.find(({ id }) => id === director.id)).toMatchObject({ employeeId });
  });

  it("refuses an employee who is another member already, and leaves both as they were", async () => {
    const { call, member, add, tenant } = await company("owner");
    const [employeeId, other] = [await addEmployee(tenant.id), await add("employee")];
    await call.linkEmployee({ memberId: member.id, employeeId });
    await expect(call.linkEmployee({ memberId: other.id, employeeId })).rejects.toMatchObject({ message: "member/employee-taken", code: "CONFLICT" });
    expect((await call.list({})).rows.filter((row) => row.employeeId !== null).map(({ id }) => id)).toEqual([member.id]);
  });

  it("refuses an employee who does not exist, another company's included", async () => {
    const [{ call, member }, theirs] = [await company("owner"), await company("owner")];
    const employeeId = await addEmployee(theirs.tenant.id);
    await expect(call.linkEmployee({ memberId: member.id, employeeId })).rejects.toMatchObject({ message: "member/employee-unknown", code: "NOT_FOUND" });
  });
});
