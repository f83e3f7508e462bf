import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Company } from "@atrium/db";
import { makeTenant, ownerQuery, testDatabase } from "@atrium/db/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addKey } from "./key-file.ts";
import { WrittenKeySet } from "./key-set.ts";
import { openKeyring } from "./keyring.ts";
import type { Keyring } from "./keyring.ts";
import { sealedColumns } from "./registry.ts";
import { isUnderWay, replaceKeys, statusOf } from "./rotation.ts";

const database = await testDatabase();
const now = new Date("2026-11-20T06:00:00Z");
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "atrium-rotation-"));
  file = join(folder, "keys.json");
  writeFileSync(file, JSON.stringify({ current: "k1", keys: { k1: randomBytes(32).toString("base64") } }), { mode: 0o600 });
});
afterEach(() => rmSync(folder, { recursive: true }));

const place = (n: number) => ({ table: "sso_connection", column: "client_secret_sealed", rowId: `sso_${String(n).padStart(4, "0")}` }) as const;
const cells = (n: number) => ({ table: "employee_import_row", column: "cells_sealed", rowId: `imp_rotated:${n}` }) as const;

/** A company with so many sealed secrets and rows of an import, by the keys of the file. */
async function company(keyring: Keyring, count: number): Promise<Company> {
  const { id, slug } = await makeTenant();
  await database.withTenant(id, async (db) => {
    const vault = await keyring.vaultOf(db, id);
    const numbers = Array.from({ length: count }, (_, n) => n + 1);
    const connection = { tenantId: id, name: "Acme", issuer: "https://login.acme.test", clientId: "atrium", isEnabled: true, joinsByDomain: false, defaultRoles: [], createdAt: now, updatedAt: now };
    await db.ssoConnection.createMany({ data: numbers.map((n) => ({ ...connection, id: place(n).rowId, clientSecretSealed: vault.seal(place(n), `secret ${n}`) })) });
    await db.employeeImport.create({ data: { tenantId: id, id: "imp_rotated", fileName: "a.csv", fileKey: "a", fileBytes: 1, status: "checked", createdAt: now, updatedAt: now } });
    const row = { tenantId: id, importId: "imp_rotated", fate: "create", payload: {}, problems: [] };
    await db.employeeImportRow.createMany({ data: numbers.map((n) => ({ ...row, rowNumber: n, cellsSealed: vault.seal(cells(n), `cells ${n}`) })) });
  });
  return { id, slug };
}

/** What the application reads of them, every value opened. */
function read(keyring: Keyring, { id }: Company): Promise<string[]> {
  return database.withTenant(id, async (db) => {
    const vault = await keyring.vaultOf(db, id);
    const connections = await db.ssoConnection.findMany({ orderBy: { id: "asc" } });
    const rows = await db.employeeImportRow.findMany({ orderBy: { rowNumber: "asc" } });
    return [
      ...connections.map((row) => vault.open({ ...place(1), rowId: row.id }, row.clientSecretSealed)),
      ...rows.map((row) => vault.open(cells(row.rowNumber), row.cellsSealed ?? "")),
    ];
  });
}
const expected = (count: number) => ["secret", "cells"].flatMap((word) => Array.from({ length: count }, (_, n) => `${word} ${n + 1}`));

describe("replacing the keys", () => {
  test("wraps and seals everything anew, once, while the application goes on reading with what it knew", async () => {
    const app = openKeyring({ ATRIUM_KEYS_FILE: file });
    const one = await company(app, 12);
    const empty = await makeTenant();
    const around = { database, keyring: openKeyring({ ATRIUM_KEYS_FILE: file }), now, batch: 5 };
    const all = [one, empty];
    expect(await isUnderWay(around, all)).toBe(false);
    const added = addKey(file, "2026-11-20");
    expect(await isUnderWay(around, all)).toBe(true);
    const steps = [];
    for await (const { resealed, isDone } of replaceKeys(around, all)) {
      steps.push([resealed, isDone]);
      expect(await read(app, one)).toEqual(expected(12));
    }
    expect(steps).toEqual([[5, false], [10, false], [12, false], [17, false], [22, false], [24, false], [24, true], [0, true]]);
    expect(await statusOf(around, one)).toEqual({ company: one, wrappedBy: { [added]: 3 }, version: 2, sealedNow: 24, sealedBefore: 0, unretired: 0 });
    expect(await isUnderWay(around, all)).toBe(false);
    for await (const { resealed } of replaceKeys(around, all)) expect(resealed).toBe(0);
    expect(await statusOf(around, one)).toMatchObject({ version: 2 });
  });

  test("that is killed at any step goes on where it was, and ends with one new key", async () => {
    const app = openKeyring({ ATRIUM_KEYS_FILE: file });
    const one = await company(app, 7);
    const two = await company(app, 7);
    addKey(file, "2026-11-20");
    for (let steps = 1; steps <= 8; steps += 1) {
      const around = { database, keyring: openKeyring({ ATRIUM_KEYS_FILE: file }), now, batch: 3 };
      let taken = 0;
      for await (const _step of replaceKeys(around, [one, two])) {
        taken += 1;
        if (taken === steps) break;
      }
      expect(await read(app, one)).toEqual(expected(7));
      expect(await read(app, two)).toEqual(expected(7));
    }
    const around = { database, keyring: openKeyring({ ATRIUM_KEYS_FILE: file }), now };
    for await (const _step of replaceKeys(around, [one, two]));
    for (const each of [one, two]) expect(await statusOf(around, each)).toMatchObject({ version: 2, sealedNow: 14, sealedBefore: 0, unretired: 0 });
  });

  test("does not stop at a value that was tampered with: it names it, and keeps its key in use", async () => {
    const app = openKeyring({ ATRIUM_KEYS_FILE: file });
    const one = await company(app, 3);
    await database.withTenant(one.id, async (db) => {
      const [first] = await db.ssoConnection.findMany({ orderBy: { id: "asc" } });
      await db.ssoConnection.updateMany({ where: { id: place(2).rowId }, data: { clientSecretSealed: first?.clientSecretSealed ?? "" } });
    });
    addKey(file, "2026-11-20");
    const around = { database, keyring: openKeyring({ ATRIUM_KEYS_FILE: file }), now };
    const named = [];
    for await (const { isDone, unreadable } of replaceKeys(around, [one])) if (isDone) named.push(...unreadable);
    expect(named).toEqual([`sso_connection.client_secret_sealed of ${place(2).rowId}`]);
    expect(await statusOf(around, one)).toMatchObject({ sealedNow: 5, sealedBefore: 1, unretired: 1 });
  });

  test("leaves fingerprints as they are", async () => {
    const keyring = openKeyring({ ATRIUM_KEYS_FILE: file });
    const one = await company(keyring, 1);
    const mark = () => database.withTenant(one.id, async (db) => (await keyring.vaultOf(db, one.id)).fingerprint("employee.pan", "AAAPA0001A"));
    const before = await mark();
    addKey(file, "2026-11-20");
    for await (const _step of replaceKeys({ database, keyring, now }, [one]));
    expect(await mark()).toBe(before);
  });
});

describe("the file of keys", () => {
  test("gets another key beside those it has, and stays its owner's alone", () => {
    const before = readFileSync(file, "utf8");
    const [one, two] = [addKey(file, "2026-11-20"), addKey(file, "2026-11-20")];
    const { current, keys } = WrittenKeySet.parse(JSON.parse(readFileSync(file, "utf8")));
    expect(Object.keys(keys)).toEqual(["k1", one, two]);
    expect(before).toContain(keys["k1"]);
    expect(current).toBe(two);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("is left alone while somebody else is at it, with a sentence that says what to do", () => {
    writeFileSync(`${file}.lock`, "");
    const before = readFileSync(file, "utf8");
    expect(() => addKey(file, "2026-11-20")).toThrow(/remove .*keys\.json\.lock/);
    expect(readFileSync(file, "utf8")).toBe(before);
  });
});

test("every column of sealed text is in the registry, with the key of its row", async () => {
  const rows = await ownerQuery<{ table: string; column: string; key: string }>(`
    SELECT c.relname AS table, a.attname AS column,
      (SELECT string_agg(k.attname, ',' ORDER BY array_position(i.indkey::int2[], k.attnum))
       FROM pg_index i JOIN pg_attribute k ON k.attrelid = c.oid AND k.attnum = ANY (i.indkey::int2[])
       WHERE i.indrelid = c.oid AND i.indisprimary AND k.attname <> 'tenant_id') AS key
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attname LIKE '%\\_sealed'`);
  const listed = sealedColumns.map(({ table, column, rowId }) => ({ table, column, key: rowId.join(",") }));
  const byName = (a: { table: string; column: string }, b: { table: string; column: string }) => `${a.table}.${a.column}`.localeCompare(`${b.table}.${b.column}`);
  expect(rows.toSorted(byName)).toEqual(listed.toSorted(byName));
});
