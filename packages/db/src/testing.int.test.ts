import { beforeAll, expect, test } from "vitest";
import { checksum, makeTenant, ownerQuery, testDatabase } from "./testing.ts";
import type { TestDatabase } from "./testing.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

test("every test of a worker speaks to one copy of the template as the restricted role", async () => {
  const { id } = await makeTenant();
  const [row] = await database.withTenant(id, (db) => db.$queryRaw<{ user: string; database: string }[]>`SELECT current_user AS "user", current_database() AS "database"`);
  expect(row?.user).toBe("atrium_app");
  expect(row?.database).toMatch(/^atrium_test_\d+$/);
  expect(await testDatabase()).toBe(database);
});

test("a tenant takes the overrides of its test", async () => {
  const tenant = await makeTenant({ name: "Acme", status: "suspended" });
  const found = await database.withTenant(tenant.id, (db) => db.tenant.findUniqueOrThrow({ where: { id: tenant.id } }));
  expect(found).toMatchObject({ ...tenant, name: "Acme", status: "suspended" });
});

test("the checksum of a tenant changes with its own rows and with nobody else's", async () => {
  const [mine, other] = [await makeTenant(), await makeTenant()];
  const before = await checksum(mine.id);
  await database.withTenant(other.id, (db) => db.tenant.update({ where: { id: other.id }, data: { name: "Renamed" } }));
  expect(await checksum(mine.id)).toEqual(before);
  await database.withTenant(mine.id, (db) => db.tenant.update({ where: { id: mine.id }, data: { name: "Renamed" } }));
  expect(await checksum(mine.id)).not.toEqual(before);
  expect(Object.keys(before)).toEqual(expect.arrayContaining(["tenant", "member", "audit_event"]));
});

test("the owner asks the catalogue, and sees no company's rows", async () => {
  await makeTenant();
  expect(await ownerQuery("SELECT current_user::text AS who")).toEqual([{ who: "atrium_owner" }]);
  expect(await ownerQuery("SELECT id FROM tenant")).toEqual([]);
});
