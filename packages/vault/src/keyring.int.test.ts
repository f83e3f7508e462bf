import { randomBytes } from "node:crypto";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import { expect, test } from "vitest";
import { openKeyring } from "./keyring.ts";
import { testKeyring } from "./testing.ts";

const place = { table: "employee", column: "pan_sealed", rowId: "emp_1" } as const;
const database = await testDatabase();
const written = () => JSON.stringify({ current: "k1", keys: { k1: randomBytes(32).toString("base64") } });
const oneKey = () => openKeyring({ ATRIUM_KEYS: written() });

test("a company's first keys are made at first use, and what they sealed opens in the next transaction and process", async () => {
  const { id } = await makeTenant();
  const keys = written();
  const [one, two] = [openKeyring({ ATRIUM_KEYS: keys }), openKeyring({ ATRIUM_KEYS: keys })];
  const sealed = await database.withTenant(id, async (db) => (await one.vaultOf(db, id)).seal(place, "AAAPA0001A"));
  for (const keyring of [one, two]) {
    expect(await database.withTenant(id, async (db) => (await keyring.vaultOf(db, id)).open(place, sealed))).toBe("AAAPA0001A");
  }
});

test("two first uses at the same moment agree on one key", async () => {
  const { id } = await makeTenant();
  const keys = written();
  const rings = [openKeyring({ ATRIUM_KEYS: keys }), openKeyring({ ATRIUM_KEYS: keys })] as const;
  const { promise: bothIn, resolve: letBothGo } = Promise.withResolvers<undefined>();
  let inside = 0;
  const sealed = await Promise.all(
    rings.map((keyring) =>
      database.withTenant(id, async (db) => {
        inside += 1;
        if (inside === rings.length) letBothGo(undefined);
        await bothIn;
        const vault = await keyring.vaultOf(db, id);
        return { text: vault.seal(place, "AAAPA0001A"), mark: vault.fingerprint("employee.pan", "AAAPA0001A") };
      }),
    ),
  );
  const rows = await database.withTenant(id, (db) => db.tenantKey.findMany({ orderBy: { purpose: "asc" }, select: { purpose: true, version: true } }));
  expect(rows).toEqual([{ purpose: "index", version: 1 }, { purpose: "seal", version: 1 }]);
  expect(new Set(sealed.map(({ mark }) => mark)).size).toBe(1);
  for (const { text } of sealed) {
    expect(await database.withTenant(id, async (db) => (await rings[0].vaultOf(db, id)).open(place, text))).toBe("AAAPA0001A");
  }
});

test("keys made in a transaction that is taken back are not believed in afterwards", async () => {
  const { id } = await makeTenant();
  const keyring = oneKey();
  const lost = database.withTenant(id, async (db) => {
    await keyring.vaultOf(db, id);
    throw new Error("taken back");
  });
  await expect(lost).rejects.toThrow("taken back");
  const sealed = await database.withTenant(id, async (db) => (await keyring.vaultOf(db, id)).seal(place, "AAAPA0001A"));
  expect(await database.withTenant(id, async (db) => (await keyring.vaultOf(db, id)).open(place, sealed))).toBe("AAAPA0001A");
});

test("a company's seal and fingerprint mean nothing in another", async () => {
  const [a, b] = [await makeTenant(), await makeTenant()];
  const inA = await database.withTenant(a.id, async (db) => {
    const vault = await testKeyring().vaultOf(db, a.id);
    return { sealed: vault.seal(place, "AAAPA0001A"), mark: vault.fingerprint("employee.pan", "AAAPA0001A") };
  });
  await database.withTenant(b.id, async (db) => {
    const vault = await testKeyring().vaultOf(db, b.id);
    expect(() => vault.open(place, inA.sealed)).toThrow("vault/cannot-open");
    expect(vault.fingerprint("employee.pan", "AAAPA0001A")).not.toBe(inA.mark);
  });
});

test("another key of the same name in the file opens nothing, and a missing one is named", async () => {
  const { id } = await makeTenant();
  await database.withTenant(id, (db) => oneKey().vaultOf(db, id));
  await expect(database.withTenant(id, (db) => oneKey().vaultOf(db, id))).rejects.toThrow("vault/cannot-open");
  await expect(database.withTenant(id, (db) => testKeyring().vaultOf(db, id))).rejects.toThrow(/"k1"/);
});
