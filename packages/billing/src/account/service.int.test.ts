import { callAs, makeMember } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import { expect, it } from "vitest";
import { accountRouter } from "./router.ts";

const account = {
  name: "Acme Widgets Private Limited", addressLine: "12 Mahatma Gandhi Road", city: "Bengaluru", stateCode: "29", pinCode: "560001",
  gstin: "29AAACB0002B1ZP", contacts: ["accounts@acme.test"],
};

async function company(role: "owner" | "auditor" | "employee" = "owner") {
  const [database, tenant] = [await testDatabase(), await makeTenant()];
  const as = async (other: typeof role) => callAs(accountRouter, { database, tenant, member: await makeMember(database, tenant, [other]) }).call;
  return { database, tenant, as, call: await as(role) };
}

it("a company that never said who is invoiced is called by its own name", async () => {
  const { tenant, call } = await company();
  expect(await call.get()).toEqual({ name: tenant.name, addressLine: "", city: "", stateCode: null, pinCode: "", gstin: null, contacts: [], version: 0 });
});

it("who is invoiced is kept, and every change stands in the trail", async () => {
  const { database, tenant, call } = await company();
  const first = await call.save({ ...account, version: 0 });
  expect(first).toEqual({ ...account, version: 1 });
  await call.save({ ...account, gstin: null, contacts: [], version: 1 });
  expect(await call.get()).toEqual({ ...account, gstin: null, contacts: [], version: 2 });
  const trail = await database.withTenant(tenant.id, (db) => db.auditEvent.findMany({ where: { tenantId: tenant.id, action: "billing-account.save" }, orderBy: { seq: "asc" } }));
  expect(trail.map(({ before, after }) => [before, after])).toMatchObject([[null, { gstin: account.gstin }], [{ gstin: account.gstin }, { gstin: null }]]);
});

it("of two who save what they read at the same moment one is told that it has changed", async () => {
  const { call } = await company();
  for (const version of [0, 1]) {
    const results = await Promise.allSettled([call.save({ ...account, version }), call.save({ ...account, city: "Mysuru", version }), call.save({ ...account, city: "Hubballi", version })]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ message: "billing/account-changed" });
  }
  await expect(call.save({ ...account, version: 7 })).rejects.toMatchObject({ message: "billing/account-changed" });
});

it("is seen by whoever may see the billing, changed by whoever may manage it, and open when the subscription has long been over", async () => {
  const { database, tenant, as } = await company();
  await database.withTenant(tenant.id, (db) => db.tenant.updateMany({ where: { id: tenant.id }, data: { subscriptionUntil: new Date("2025-01-01T00:00:00Z") } }));
  expect(await (await as("owner")).save({ ...account, version: 0 })).toMatchObject({ version: 1 });
  expect(await (await as("auditor")).get()).toMatchObject({ version: 1 });
  await expect((await as("auditor")).save({ ...account, version: 1 })).rejects.toMatchObject({ message: "permission/missing" });
  await expect((await as("employee")).get()).rejects.toMatchObject({ message: "permission/missing" });
});

it("a GSTIN of another state is refused by the door with the field and its sentence, and by the database", async () => {
  const { database, tenant, call } = await company();
  await expect(call.save({ ...account, stateCode: "27", version: 0 })).rejects.toMatchObject({
    cause: { detail: { fields: [{ field: "gstin", code: "billing/gstin-other-state" }] } },
  });
  await call.save({ ...account, version: 0 });
  await expect(database.withTenant(tenant.id, (db) => db.billingAccount.updateMany({ where: { tenantId: tenant.id }, data: { stateCode: "27" } }))).rejects.toThrow();
});
