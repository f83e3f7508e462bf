import pg from "pg";
import { expect, test } from "vitest";
import { z } from "zod";
import { readTenantRows, tenantTables, withheldColumns } from "./tenant-rows.ts";
import type { TenantRows } from "./tenant-rows.ts";
import { makeTenant, testDatabase } from "./testing.ts";
import { fillTenant, rowsOf } from "./testing/fill.ts";
import { readTables } from "./testing/tables.ts";

const { superuserUrl, withTenant } = await testDatabase();
const lineOf = (line: string) => z.record(z.string(), z.unknown()).parse(JSON.parse(line));

async function everythingOf(tenantId: string, limit = 100): Promise<Readonly<Record<string, readonly string[]>>> {
  const tables = await withTenant(tenantId, tenantTables);
  const found: Record<string, readonly string[]> = {};
  for (const table of tables) {
    const lines: string[] = [];
    let after: TenantRows["next"];
    do {
      const page = await withTenant(tenantId, (db) => readTenantRows(db, table, after, limit));
      lines.push(...page.lines);
      after = page.next;
    } while (after);
    found[table.name] = lines;
  }
  return found;
}

test("a company's rows of every table are read, and none of another", async () => {
  const [mine, theirs] = [(await makeTenant()).id, (await makeTenant()).id];
  await fillTenant(superuserUrl, mine, () => "mine");
  await fillTenant(superuserUrl, theirs, () => "canary");
  const read = await everythingOf(mine);
  const kept = (await rowsOf(superuserUrl, mine)).rows;
  expect(Object.keys(read).sort()).toEqual(Object.keys(kept).sort());
  expect(Object.entries(read).map(([name, lines]) => [name, lines.length])).toEqual(Object.entries(read).map(([name]) => [name, kept[name]?.length]));
  expect(JSON.stringify(read)).not.toContain("canary");
  expect(JSON.stringify(read)).not.toContain(theirs);
});

test("every value but those that are withheld is the one that is kept", async () => {
  const { id } = await makeTenant();
  await fillTenant(superuserUrl, id, () => "x");
  const read = await everythingOf(id);
  for (const [table, kept] of Object.entries((await rowsOf(superuserUrl, id)).rows)) {
    const without = kept.map((row) => Object.fromEntries(Object.entries(lineOf(row)).filter(([column]) => !withheldColumns.includes(`${table}.${column}`))));
    expect(read[table]?.map(lineOf), table).toEqual(without);
  }
});

test("page after page each row comes once, in the order of its key", async () => {
  const { id } = await makeTenant();
  const names = Array.from({ length: 23 }, (_, i) => `Place ${String(i)}`);
  await withTenant(id, (db) => db.location.createMany({ data: names.map((name, i) => ({ tenantId: id, id: `loc_${String((i * 7) % 23).padStart(4, "0")}`, name, state: "MH" })) }));
  const ids = (await everythingOf(id, 5))["location"]?.map((line) => lineOf(line)["id"]);
  expect(ids).toHaveLength(23);
  expect(ids).toEqual(ids?.toSorted());
});

test("no column that by its name keeps a secret is given away: whoever adds one decides here", async () => {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  const tables = await readTables(client);
  await client.end();
  const secret = /(^|_)(hash|password|secret|token|seed|wrapped|challenge)(_|$)/;
  const given = tables.flatMap(({ name, tenantColumn, columns }) =>
    tenantColumn === undefined ? [] : columns.map((column) => `${name}.${column.name}`).filter((column) => secret.test(column.split(".")[1] ?? "") && !withheldColumns.includes(column)),
  );
  expect(given.toSorted()).toEqual(["audit_event.hash", "audit_event.prev_hash", "audit_head.hash", "member.password_changed_at"]);
});
