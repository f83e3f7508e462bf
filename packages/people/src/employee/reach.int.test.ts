import { callAs, makeMember } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { RoleGrants } from "@atrium/kernel";
import { expect, it } from "vitest";
import { peopleRouter } from "../index.ts";
import { makeEmployees, makeOrganisation } from "../testing.ts";

const now = new Date("2026-11-20T06:00:00Z");
const beyond = expect.objectContaining({ message: "people/beyond-reach" });

/** A company of two departments at two places, and somebody with a role of the company's own who stands in the first. */
async function company(grants: RoleGrants) {
  const [database, tenant] = [await testDatabase(), await makeTenant()];
  const here = await makeOrganisation(database, tenant);
  const there = { departmentId: "dep_stores", locationId: "loc_nagpur" };
  await database.withTenant(tenant.id, async (db) => {
    await db.department.create({ data: { tenantId: tenant.id, id: there.departmentId, name: "Stores" } });
    await db.location.create({ data: { tenantId: tenant.id, id: there.locationId, name: "Nagpur", state: "MH" } });
    await db.role.create({ data: { tenantId: tenant.id, id: "rol_ofapart", name: "Of a part", grants, createdAt: now, updatedAt: now } });
  });
  const [self = "", neighbour = ""] = await makeEmployees(database, tenant, here, [{ code: "A1", fullName: "Asha Rao" }, { code: "A2", fullName: "Ravi Rao" }]);
  const [stranger = ""] = await makeEmployees(database, tenant, there, [{ code: "B1", fullName: "Meera Shah" }]);
  const member = await makeMember(database, tenant, ["rol_ofapart"], { employeeId: self });
  const { employee } = callAs(peopleRouter, { database, tenant, member, now }).call;
  return { employee, there, self, neighbour, stranger };
}

it.each(["department", "location"] as const)("whoever writes in one %s moves nobody into another, themselves least of all: that would bring the other into reach", async (scope) => {
  const { employee, there, self, neighbour, stranger } = await company({ "people:read": scope, "people:write": scope });
  const changes = scope === "department" ? { departmentId: there.departmentId } : { locationId: there.locationId };
  for (const id of [self, neighbour]) await expect(employee.update({ id, version: 1, changes })).rejects.toEqual(beyond);
  await expect(employee.get({ id: stranger })).rejects.toEqual(expect.objectContaining({ message: "people/employee-not-found" }));
  await expect(employee.update({ id: self, version: 1, changes: { phone: "+91 90000 00001" } })).resolves.toMatchObject({ version: 2 });
});
