import { newId } from "@atrium/kernel";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openDatabase } from "./database.ts";
import type { TenantDb } from "./database.ts";
import { faultFrom } from "./faults.ts";
import type { DatabaseFault } from "./faults.ts";
import { makeTenant, testDatabase } from "./testing.ts";
import type { TestDatabase, TestTenant } from "./testing.ts";

let database: TestDatabase;
let tenant: TestTenant;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  tenant = await makeTenant();
});

const member = (tenantId: string, id = newId("mem", Date.now())) => ({
  tenantId,
  id,
  email: `${id}@acme.test`,
  name: "Asha",
  roles: ["employee"],
  createdAt: new Date(),
});

const faultOf = async (work: Promise<unknown>): Promise<DatabaseFault | undefined> => faultFrom(await work.catch((error: unknown) => error));
const faultIn = (work: (db: TenantDb) => Promise<unknown>, timeoutMs?: number) =>
  faultOf(database.withTenant(tenant.id, work, timeoutMs === undefined ? {} : { timeoutMs }));

describe("a refused statement is named by its kind and its constraint", () => {
  test("unique, from a model and from SQL", async () => {
    const row = member(tenant.id, "mem_once");
    await database.withTenant(tenant.id, (db) => db.member.create({ data: row }));
    expect(await faultIn((db) => db.member.create({ data: row }))).toEqual({ kind: "unique", target: "member_pkey" });
    expect(await faultIn((db) => db.member.create({ data: { ...row, id: "mem_twice" } }))).toEqual({
      kind: "unique",
      target: "member_tenant_id_email_lower_key",
    });
    const again = (db: TenantDb) => db.$executeRaw`INSERT INTO tenant (id, slug, name, created_at) VALUES (${tenant.id}, 'another-slug', 'x', now())`;
    expect(await faultIn(again)).toEqual({ kind: "unique", target: "tenant_pkey" });
  });

  test("reference", async () => {
    const nowhere = database.withTenant("ten_nowhere", (db) => db.member.create({ data: member("ten_nowhere") }));
    expect(await faultOf(nowhere)).toEqual({ kind: "reference", target: "member_tenant_fkey" });
  });

  test("check, from a model and from SQL", async () => {
    const check = { kind: "check", target: "tenant_status_check" };
    expect(await faultIn((db) => db.tenant.update({ where: { id: tenant.id }, data: { status: "asleep" } }))).toEqual(check);
    expect(await faultIn((db) => db.$executeRaw`UPDATE tenant SET status = 'asleep'`)).toEqual(check);
  });

  test("unreadable: text with a NUL, from a model, from SQL and in JSON, and a day that no calendar has", async () => {
    const unreadable = { kind: "unreadable", target: "" };
    expect(await faultIn((db) => db.member.count({ where: { name: { contains: "a\u0000b" } } }))).toEqual(unreadable);
    expect(await faultIn((db) => db.$queryRaw`SELECT FROM member WHERE name = ${"a\u0000b"}`)).toEqual(unreadable);
    expect(await faultIn((db) => db.$queryRaw`SELECT ${JSON.stringify({ name: "a\u0000b" })}::jsonb`)).toEqual(unreadable);
    expect(await faultIn((db) => db.$queryRaw`SELECT ${"0000-01-01"}::date`)).toEqual(unreadable);
  });

  test("missing, with the model", async () => {
    const where = { tenantId_id: { tenantId: tenant.id, id: "mem_nobody" } };
    expect(await faultIn((db) => db.member.update({ where, data: { name: "x" } }))).toEqual({ kind: "missing", target: "Member" });
    expect(await faultIn((db) => db.member.findUniqueOrThrow({ where }))).toEqual({ kind: "missing", target: "Member" });
  });

  test("a refusal that only the commit reports keeps its name", async () => {
    const row = member(tenant.id);
    const swallowed = faultIn(async (db) => {
      await db.member.create({ data: row });
      await db.member.create({ data: { ...row, email: "other@acme.test" } }).catch(() => undefined);
    });
    expect(await swallowed).toEqual({ kind: "unique", target: "member_pkey" });
  });
});

describe("a clash with somebody else is busy", () => {
  test("two who wait for each other: one of them is told", async () => {
    const [one, two] = [member(tenant.id), member(tenant.id)];
    await database.withTenant(tenant.id, (db) => db.member.createMany({ data: [one, two] }));
    const met = Promise.withResolvers<undefined>();
    let here = 0;
    const lock = (first: string, second: string) =>
      faultIn(async (db) => {
        await db.$queryRaw`SELECT FROM member WHERE id = ${first} FOR UPDATE`;
        here += 1;
        if (here === 2) met.resolve(undefined);
        await met.promise;
        await db.$queryRaw`SELECT FROM member WHERE id = ${second} FOR UPDATE`;
      });
    const faults = await Promise.all([lock(one.id, two.id), lock(two.id, one.id)]);
    expect(faults.filter((fault) => fault !== undefined)).toEqual([{ kind: "busy", target: "" }]);
  });

  test("a serialization failure", async () => {
    // Tenant transactions read what is committed, so only a function of the database's own could raise it.
    const fail = (db: TenantDb) => db.$executeRaw`DO $$ BEGIN RAISE EXCEPTION 'clash' USING ERRCODE = 'serialization_failure'; END $$`;
    expect(await faultIn(fail)).toEqual({ kind: "busy", target: "" });
  });

  test("a row that another transaction holds, asked for without waiting", async () => {
    const fault = await database.withTenant(tenant.id, async (db) => {
      await db.$queryRaw`SELECT FROM tenant FOR UPDATE`;
      return faultIn((second) => second.$queryRaw`SELECT FROM tenant FOR UPDATE NOWAIT`);
    });
    expect(fault).toEqual({ kind: "busy", target: "" });
  });

  test("no connection free in time", async () => {
    const only = openDatabase({ url: database.appUrl, poolMax: 1, waitForConnectionMs: 1_500 });
    const fault = await only.withTenant(tenant.id, () => faultOf(only.withTenant(tenant.id, (db) => db.tenant.count())));
    await only.close();
    expect(fault).toEqual({ kind: "busy", target: "" });
  });
});

describe("what takes too long is a timeout", () => {
  const timeout = { kind: "timeout", target: "" };

  test("a statement", async () => {
    expect(await faultIn((db) => db.$executeRaw`SELECT pg_sleep(5)`, 100)).toEqual(timeout);
  });

  test("the work round its statements, seen by the next statement and by the commit", async () => {
    const late = faultIn(async (db) => {
      await expect.poll(() => db.$queryRaw`SELECT 1`.then(() => "open", () => "closed")).toBe("closed");
      return db.tenant.count();
    }, 100);
    expect(await late).toEqual(timeout);
    const atCommit = faultIn(async (db) => {
      await expect.poll(() => db.$queryRaw`SELECT 1`.then(() => "open", () => "closed")).toBe("closed");
    }, 100);
    expect(await atCommit).toEqual(timeout);
  });
});

describe("a database that is not there is unreachable", () => {
  const unreachable = { kind: "unreachable", target: "" };

  test("a connection cut during a statement, and every statement after it", async () => {
    const faults: unknown[] = [];
    const cut = faultIn(async (db) => {
      faults.push(await faultOf(db.$executeRaw`SELECT pg_terminate_backend(pg_backend_pid())`));
      faults.push(await faultOf(db.tenant.count()));
    });
    faults.push(await cut);
    expect(faults).toEqual([unreachable, unreachable, unreachable]);
  });

  test("a port where nobody listens", async () => {
    const nobody = openDatabase({ url: "postgresql://atrium_app@127.0.0.1:1/atrium" });
    expect(await faultOf(nobody.withTenant(tenant.id, (db) => db.tenant.count()))).toEqual(unreachable);
    await nobody.close();
  });
});

test("what is no fault of the database is not called one", async () => {
  expect(await faultOf(Promise.reject(new Error("a refusal")))).toBeUndefined();
  expect(await faultOf(Promise.reject(new TypeError("constraint \"member_pkey\"")))).toBeUndefined();
  expect(await faultIn((db) => db.$queryRaw`SELECT * FROM no_such_table`)).toBeUndefined();
});
