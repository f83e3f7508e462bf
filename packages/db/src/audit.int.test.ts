import { newId } from "@atrium/kernel";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeAudit } from "./audit.ts";
import type { AuditRow } from "./audit.ts";
import { verifyAudit } from "./audit-verify.ts";
import type { AuditAnchor } from "./audit-verify.ts";
import { checksum, makeTenant, testDatabase } from "./testing.ts";
import type { TestDatabase } from "./testing.ts";

let database: TestDatabase;
let superuser: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  superuser = new pg.Client({ connectionString: database.superuserUrl });
  await superuser.connect();
});
afterAll(() => superuser.end());

const at = new Date("2026-11-20T09:34:05.678Z");
/** A row in which no column is empty. */
const row = (overrides: Partial<AuditRow> = {}): AuditRow => ({
  id: newId("aud", at.getTime()),
  at,
  actorKind: "member",
  actorMemberId: "mem_1",
  actorName: "Asha Rao",
  onBehalfOf: "mem_2",
  sessionId: "ses_1",
  address: "192.0.2.7",
  userAgent: "a browser",
  action: "employee.update",
  entity: "employee",
  entityId: "emp_1",
  before: { title: "Clerk" },
  after: { title: "Cashier" },
  reason: "promoted",
  requestId: "req_1",
  ...overrides,
});
const rows = (count: number): AuditRow[] => Array.from({ length: count }, (_, i) => row({ entityId: `emp_${String(i + 1)}` }));

const write = (tenantId: string, ...written: readonly AuditRow[]) => database.withTenant(tenantId, (db) => writeAudit(db, written));
const verify = (tenantId: string, ...anchors: readonly AuditAnchor[]) => verifyAudit((work) => database.withTenant(tenantId, work), tenantId, { anchors });
const verifyFrom = (tenantId: string, from: AuditAnchor) => verifyAudit((work) => database.withTenant(tenantId, work), tenantId, { from });
const trail = (tenantId: string) => database.withTenant(tenantId, (db) => db.auditEvent.findMany({ orderBy: { seq: "asc" } }));
const head = async (tenantId: string): Promise<AuditAnchor> => {
  const { seq, hash } = await database.withTenant(tenantId, (db) => db.auditHead.findUniqueOrThrow({ where: { tenantId } }));
  return { seq, hash };
};

async function chainOf(count: number) {
  const { id } = await makeTenant();
  await write(id, ...rows(count));
  const ids = (await trail(id)).map((event) => event.id);
  return { id, idAt: (seq: number) => ids[seq - 1] };
}

describe("a chain", () => {
  test("is whole after every way of writing it, and empty before", async () => {
    const { id } = await makeTenant();
    expect(await verify(id)).toEqual({ verifiedTo: 0n, fault: undefined });
    await write(id);
    await write(id, row());
    await write(id, ...rows(3));
    await write(id, { id: newId("aud", 0), at, actorKind: "system", action: "a.b", entity: "a", entityId: "1", requestId: "r" });
    expect(await verify(id)).toEqual({ verifiedTo: 5n, fault: undefined });
    expect((await trail(id)).map(({ seq }) => seq)).toEqual([1n, 2n, 3n, 4n, 5n]);
  });

  test("keeps each row as it was given, with the company's clock and its distance from UTC", async () => {
    const { id } = await makeTenant();
    const given = row({ reason: "a 'quoted' \\ reason, ₹ and 😀" });
    await write(id, given);
    expect(await trail(id)).toMatchObject([{ ...given, tenantId: id, atLocal: "2026-11-20T15:04:05+05:30" }]);
  });

  test.each([
    ["America/New_York", "2026-11-20T04:34:05-05:00"],
    ["America/St_Johns", "2026-11-20T06:04:05-03:30"],
    ["UTC", "2026-11-20T09:34:05+00:00"],
  ])("tells the time in %s", async (timeZone, local) => {
    const { id } = await makeTenant({ timeZone });
    await write(id, row());
    expect((await trail(id))[0]?.atLocal).toBe(local);
  });

  test("keeps the member's name of that day where none was given", async () => {
    const { id } = await makeTenant();
    const member = { tenantId: id, id: "mem_1", email: "asha@acme.test", name: "Asha", roles: [], createdAt: at };
    await database.withTenant(id, (db) => db.member.create({ data: member }));
    await write(id, row({ actorName: undefined }), row({ actorName: undefined, actorKind: "system", actorMemberId: undefined }));
    await database.withTenant(id, (db) => db.member.updateMany({ data: { name: "Asha Rao" } }));
    expect((await trail(id)).map(({ actorName }) => actorName)).toEqual(["Asha", null]);
    expect((await verify(id)).fault).toBeUndefined();
  });

  test("leaves nothing behind when the transaction fails, and the next row takes the number", async () => {
    const { id } = await chainOf(2);
    await database.withTenant(id, async (db) => {
      await writeAudit(db, rows(3));
      throw new Error("a refusal");
    }).catch(() => undefined);
    await write(id, row());
    expect(await verify(id)).toEqual({ verifiedTo: 3n, fault: undefined });
  });

  test("of thirty writers at once has no gap and no fork", async () => {
    const { id } = await makeTenant();
    await Promise.all(Array.from({ length: 30 }, (_, i) => write(id, ...rows((i % 3) + 1))));
    expect(await verify(id)).toEqual({ verifiedTo: 60n, fault: undefined });
  });

  test("is its company's own: what is done to one leaves the other whole", async () => {
    const [mine, other] = [await chainOf(3), await chainOf(4)];
    const before = await checksum(other.id);
    await write(mine.id, row());
    await superuser.query("UPDATE audit_event SET reason = 'x' WHERE tenant_id = $1 AND seq = 2", [mine.id]);
    expect((await verify(mine.id)).fault).toMatchObject({ kind: "changed", seq: 2n });
    expect((await verify(other.id)).fault).toBeUndefined();
    expect(await checksum(other.id)).toEqual(before);
  });

  test("takes thousands of rows in one call, and is verified over pages", async () => {
    const { id } = await makeTenant();
    await write(id, ...rows(11_000));
    expect(await verify(id)).toEqual({ verifiedTo: 11_000n, fault: undefined });
    await superuser.query("UPDATE audit_event SET reason = 'x' WHERE tenant_id = $1 AND seq = 5001", [id]);
    expect((await verify(id)).fault).toMatchObject({ kind: "changed", seq: 5_001n });
    await superuser.query("UPDATE audit_event SET reason = 'promoted' WHERE tenant_id = $1 AND seq = 5001", [id]);
    await superuser.query("DELETE FROM audit_event WHERE tenant_id = $1 AND seq IN (5000, 10000)", [id]);
    expect((await verify(id)).fault).toEqual({ kind: "removed", seq: 5_000n, id: undefined });
  });
});

describe("the application's role", () => {
  test.each([
    "UPDATE audit_event SET reason = 'x'",
    "DELETE FROM audit_event",
    "TRUNCATE audit_event",
    "DELETE FROM audit_head",
  ])("is refused %s", async (sql) => {
    const { id } = await chainOf(1);
    const before = await checksum(id);
    await expect(database.withTenant(id, (db) => db.$executeRaw(Object.assign([sql], { raw: [sql] })))).rejects.toThrow(/permission denied/);
    expect(await checksum(id)).toEqual(before);
  });

  test("cannot append to another company's chain", async () => {
    const [mine, other] = [await chainOf(1), await chainOf(1)];
    const before = await checksum(other.id);
    const forged = { ...row(), tenant_id: other.id, tenantId: other.id };
    await write(mine.id, forged);
    expect(await checksum(other.id)).toEqual(before);
    expect(await verify(mine.id)).toEqual({ verifiedTo: 2n, fault: undefined });
  });
});

/** A statement or several as the superuser, for whom no policy and no grant stands in the way. */
const tamper = (tenantId: string, sql: string) => superuser.query(sql.replaceAll("$1", `'${tenantId}'`));
/** Writes the digests of all rows anew, as somebody would who knows how they are made. */
const rechain = `
  DO $$ DECLARE e audit_event; h text := repeat('0', 64); BEGIN
    FOR e IN SELECT * FROM audit_event WHERE tenant_id = $1 ORDER BY seq LOOP
      e.prev_hash := h; h := app.audit_digest(e);
      UPDATE audit_event SET prev_hash = e.prev_hash, hash = h WHERE tenant_id = $1 AND id = e.id;
    END LOOP;
  END $$;`;
const moveHead = `
  UPDATE audit_head SET (seq, hash) = (SELECT seq, hash FROM audit_event WHERE tenant_id = $1 ORDER BY seq DESC LIMIT 1) WHERE tenant_id = $1;`;
const shiftUp = "UPDATE audit_event SET seq = seq + 100 WHERE tenant_id = $1 AND seq >= 3; UPDATE audit_event SET seq = seq - 99 WHERE tenant_id = $1 AND seq > 100;";
const shiftDown = "UPDATE audit_event SET seq = seq + 100 WHERE tenant_id = $1 AND seq > 3; UPDATE audit_event SET seq = seq - 101 WHERE tenant_id = $1 AND seq > 100;";
const copyOfTwo = (seq: number) => `
  INSERT INTO audit_event SELECT (jsonb_populate_record(e, '{"id": "aud_forged", "seq": ${String(seq)}}')).* FROM audit_event e WHERE tenant_id = $1 AND seq = 2;`;
const forge = (seq: number) => `${copyOfTwo(seq)}
  UPDATE audit_event SET prev_hash = (SELECT hash FROM audit_event WHERE tenant_id = $1 AND seq = ${String(seq - 1)}) WHERE tenant_id = $1 AND id = 'aud_forged';
  UPDATE audit_event e SET hash = app.audit_digest(e) WHERE tenant_id = $1 AND id = 'aud_forged';`;
const swap = (a: number, b: number) => `
  UPDATE audit_event SET seq = 99 WHERE tenant_id = $1 AND seq = ${String(a)};
  UPDATE audit_event SET seq = ${String(a)} WHERE tenant_id = $1 AND seq = ${String(b)};
  UPDATE audit_event SET seq = ${String(b)} WHERE tenant_id = $1 AND seq = 99;`;

describe("in a chain of seven rows is found and named", () => {
  test.each([
    ["a row whose digest was made anew", "UPDATE audit_event SET reason = 'x' WHERE tenant_id = $1 AND seq = 3; UPDATE audit_event e SET hash = app.audit_digest(e) WHERE tenant_id = $1 AND seq = 3", "changed", 3],
    ["a row that got another's digest", "UPDATE audit_event SET hash = repeat('a', 64) WHERE tenant_id = $1 AND seq = 3", "changed", 3],
    ["a row that was made to follow another", "UPDATE audit_event SET prev_hash = repeat('a', 64) WHERE tenant_id = $1 AND seq = 3", "changed", 3],
    ["the first row, made to follow something", "UPDATE audit_event SET prev_hash = repeat('a', 64) WHERE tenant_id = $1 AND seq = 1; UPDATE audit_event e SET hash = app.audit_digest(e) WHERE tenant_id = $1 AND seq = 1", "changed", 1],
    ["the last row, with its digest made anew", "UPDATE audit_event SET reason = 'x' WHERE tenant_id = $1 AND seq = 7; UPDATE audit_event e SET hash = app.audit_digest(e) WHERE tenant_id = $1 AND seq = 7", "changed", 7],
    ["a chain made anew from a row on, at its end", `UPDATE audit_event SET reason = 'x' WHERE tenant_id = $1 AND seq = 3; ${rechain}`, "changed", 7],
    ["a row in the middle that is gone", "DELETE FROM audit_event WHERE tenant_id = $1 AND seq = 4", "removed", 4],
    ["the first row that is gone", "DELETE FROM audit_event WHERE tenant_id = $1 AND seq = 1", "removed", 1],
    ["a row that is gone, with the gap closed", `DELETE FROM audit_event WHERE tenant_id = $1 AND seq = 3; ${shiftDown}`, "removed", 3],
    ["a tail that is gone", "DELETE FROM audit_event WHERE tenant_id = $1 AND seq > 5", "truncated", 6],
    ["a chain that is gone", "DELETE FROM audit_event WHERE tenant_id = $1", "truncated", 1],
    ["a forged row between two, those after it moved up", `${shiftUp} ${forge(3)}`, "inserted", 3],
    ["a copied row between two, those after it moved up", `${shiftUp} ${copyOfTwo(3)}`, "inserted", 3],
    ["a forged row behind the last", forge(8), "inserted", 8],
    ["two neighbours that changed places", swap(3, 4), "reordered", 3],
    ["two rows that changed places", swap(2, 6), "reordered", 2],
    ["the first and the last that changed places", swap(1, 7), "reordered", 1],
  ] as const)("%s", async (_what, sql, kind, seq) => {
    const { id, idAt } = await chainOf(7);
    await tamper(id, sql);
    const { fault, verifiedTo } = await verify(id);
    expect(fault).toMatchObject({ kind, seq: BigInt(seq) });
    expect(verifiedTo).toBe(BigInt(seq - 1));
    if (kind === "changed") expect(fault?.id).toBe(idAt(seq));
    if (kind === "inserted") expect(fault?.id).toBe("aud_forged");
    if (kind === "removed" || kind === "truncated") expect(fault?.id).toBeUndefined();
  });

  test("a row of which any one column says something else", async () => {
    const { id, idAt } = await chainOf(3);
    const { rows: columns } = await superuser.query<{ name: string; type: string }>(`
      SELECT attname AS name, atttypid::regtype::text AS type FROM pg_attribute
      WHERE attrelid = 'audit_event'::regclass AND attnum > 0 AND NOT attisdropped AND attname NOT IN ('tenant_id', 'seq', 'id')`);
    const other: Readonly<Record<string, string>> = { text: "'system'", jsonb: `'{"title": "Chief"}'`, "timestamp with time zone": "at + interval '1 ms'" };
    expect(columns.length).toBeGreaterThan(17);
    const set = (name: string, value: string) =>
      superuser.query(`UPDATE audit_event SET ${name} = ${value} WHERE tenant_id = $1 AND seq = 2`, [id]).then(() => true, () => false);
    for (const { name, type } of columns) {
      const before = await superuser.query<{ value: string }>(`SELECT ${name}::text AS value FROM audit_event WHERE tenant_id = $1 AND seq = 2`, [id]);
      expect(await set(name, other[type] ?? "missing"), name).toBe(true);
      expect((await verify(id)).fault, name).toEqual({ kind: "changed", seq: 2n, id: idAt(2) });
      if (await set(name, "NULL")) expect((await verify(id)).fault, `${name} that was emptied`).toEqual({ kind: "changed", seq: 2n, id: idAt(2) });
      await set(name, `'${before.rows[0]?.value ?? ""}'`);
      expect((await verify(id)).fault, `${name} put back`).toBeUndefined();
    }
  });
});

describe("against an anchor", () => {
  test("a chain that has grown since is whole", async () => {
    const { id } = await chainOf(3);
    const anchor = await head(id);
    await write(id, row());
    expect(await verify(id, anchor, { seq: 0n, hash: "0".repeat(64) })).toEqual({ verifiedTo: 4n, fault: undefined });
  });

  test.each([
    ["the head was put back with the tail", `DELETE FROM audit_event WHERE tenant_id = $1 AND seq > 5; ${moveHead}`, "truncated", 6],
    ["the whole chain was made anew with the head", `UPDATE audit_event SET reason = 'x' WHERE tenant_id = $1 AND seq = 3; ${rechain} ${moveHead}`, "changed", 7],
    ["all is gone, the head as well", "DELETE FROM audit_event WHERE tenant_id = $1; DELETE FROM audit_head WHERE tenant_id = $1", "truncated", 1],
  ] as const)("it is found that %s", async (_what, sql, kind, seq) => {
    const { id } = await chainOf(7);
    const anchor = await head(id);
    await tamper(id, sql);
    expect((await verify(id)).fault, "without the anchor it looks whole").toBeUndefined();
    expect((await verify(id, anchor)).fault).toMatchObject({ kind, seq: BigInt(seq) });
  });

  test("what came after it is verified alone, and a chain that no longer has it is named", async () => {
    const { id } = await chainOf(3);
    const anchor = await head(id);
    expect(await verifyFrom(id, anchor)).toEqual({ verifiedTo: 3n, fault: undefined });
    await write(id, row(), row({ id: newId("aud", 0) }));
    await tamper(id, "UPDATE audit_event SET reason = 'x' WHERE tenant_id = $1 AND seq = 1");
    expect(await verifyFrom(id, anchor)).toEqual({ verifiedTo: 5n, fault: undefined });
    await tamper(id, "UPDATE audit_event SET reason = 'x' WHERE tenant_id = $1 AND seq = 4");
    expect((await verifyFrom(id, anchor)).fault).toMatchObject({ kind: "changed", seq: 4n });
    await tamper(id, `${rechain} ${moveHead}`);
    expect((await verifyFrom(id, anchor)).fault).toMatchObject({ kind: "changed", seq: 3n });
    await tamper(id, `DELETE FROM audit_event WHERE tenant_id = $1 AND seq > 2; ${moveHead}`);
    expect((await verifyFrom(id, anchor)).fault).toMatchObject({ kind: "truncated", seq: 3n });
  });
});
