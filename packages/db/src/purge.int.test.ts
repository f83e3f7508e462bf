import { newId } from "@atrium/kernel";
import { expect, test } from "vitest";
import { purgeableTenants, purgeTenant } from "./purge.ts";
import { checksum, makeTenant, ownerQuery, testDatabase } from "./testing.ts";
import { fillTenant, rowsOf } from "./testing/fill.ts";

const { superuserUrl, ownerUrl, withTenant } = await testDatabase();
const dayMs = 86_400_000;

/** A company with a row in every table, deleted so long ago. */
async function deletedCompany(daysAgo: number): Promise<string> {
  const { id } = await makeTenant();
  await fillTenant(superuserUrl, id, () => "x");
  const deletedAt = new Date(Date.now() - daysAgo * dayMs);
  await withTenant(id, (db) => db.tenant.update({ where: { id }, data: { status: "deleted", deletedAt } }));
  return id;
}

const rowCount = async (id: string): Promise<number> => Object.values((await rowsOf(superuserUrl, id)).rows).flat().length;

test("thirty days after its deletion a company goes with every row of every table, and no other loses one", async () => {
  const [gone, other] = [await deletedCompany(30.1), await deletedCompany(29.9)];
  const before = await checksum(other);
  const tables = Object.keys((await rowsOf(superuserUrl, gone)).rows);
  const removed = await purgeTenant(ownerUrl, gone);
  expect(Object.keys(removed).sort()).toEqual(tables.sort());
  expect(Object.entries(removed).filter(([, rows]) => rows === 0)).toEqual([]);
  expect(await rowCount(gone)).toBe(0);
  expect(await checksum(other)).toEqual(before);
});

test("what was invoiced to it stays in the seller's own book, which no company reads", async () => {
  const gone = await deletedCompany(31);
  const book = () => ownerQuery("SELECT number, buyer, total_minor FROM app.invoice_register WHERE tenant_id = $1", [gone]);
  const before = await book();
  expect(before).toHaveLength(1);
  await purgeTenant(ownerUrl, gone);
  expect(await book()).toEqual(before);
});

test("before that, and of a company that was never deleted, the owner can remove nothing", async () => {
  const [early, active] = [await deletedCompany(29.9), (await makeTenant()).id];
  for (const id of [early, active, newId("ten", Date.now())]) {
    const before = await checksum(id);
    expect(Object.values(await purgeTenant(ownerUrl, id)).filter((rows) => rows > 0)).toEqual([]);
    expect(await checksum(id)).toEqual(before);
  }
});

test("the owner is told of the companies that are due, and sees no other row", async () => {
  const [due, early] = [await deletedCompany(31), await deletedCompany(3)];
  const ids = (await purgeableTenants(ownerUrl)).map(({ id }) => id);
  expect(ids).toContain(due);
  expect(ids).not.toContain(early);
  expect(await ownerQuery("SELECT FROM member WHERE tenant_id = $1", [early])).toEqual([]);
  await purgeTenant(ownerUrl, due);
});

test("the owner can neither change nor write a row of a company that is due", async () => {
  const due = await deletedCompany(31);
  await expect(ownerQuery("UPDATE member SET name = 'y' WHERE tenant_id = $1", [due])).rejects.toThrow(/row-level security/);
  await expect(ownerQuery("UPDATE tenant SET status = 'active', deleted_at = NULL WHERE id = $1", [due])).rejects.toThrow(/row-level security/);
  await purgeTenant(ownerUrl, due);
});
