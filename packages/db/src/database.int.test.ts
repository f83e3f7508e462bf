import { newId } from "@atrium/kernel";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "./database.ts";
import type { Database, SystemDb, TenantDb } from "./database.ts";
import { checksum, makeTenant, testDatabase } from "./testing.ts";
import type { TestDatabase } from "./testing.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

/** A pool of one: whoever comes next gets the connection of whoever came before. */
const narrow: Database[] = [];
function oneConnection(): Database {
  const opened = openDatabase({ url: database.appUrl, poolMax: 1 });
  narrow.push(opened);
  return opened;
}
afterEach(async () => {
  for (const opened of narrow.splice(0)) await opened.close();
});

const member = (tenantId: string, email = "asha@acme.test") => ({
  tenantId,
  id: newId("mem", Date.now()),
  email,
  name: "Asha",
  roles: ["employee"],
  createdAt: new Date(),
});
const emailsOf = async (db: TenantDb) => (await db.member.findMany({ orderBy: { email: "asc" } })).map(({ email }) => email);

describe("the tenant transaction", () => {
  test("commits when the work resolves and answers with its result", async () => {
    const { id } = await makeTenant();
    const answer = await database.withTenant(id, async (db) => {
      await db.member.create({ data: member(id) });
      return "done";
    });
    expect(answer).toBe("done");
    expect(await database.withTenant(id, emailsOf)).toEqual(["asha@acme.test"]);
  });

  test("leaves no row when the work throws, and throws the same error", async () => {
    const { id } = await makeTenant();
    const refusal = new Error("a refusal");
    const work = database.withTenant(id, async (db) => {
      await db.member.create({ data: member(id) });
      throw refusal;
    });
    await expect(work).rejects.toBe(refusal);
    expect(await database.withTenant(id, emailsOf)).toEqual([]);
  });

  test("a failed statement fails the whole transaction, even if the work swallows the refusal", async () => {
    const { id } = await makeTenant();
    const only = oneConnection();
    const first = member(id);
    const work = only.withTenant(id, async (db) => {
      await db.member.create({ data: first });
      await db.member.create({ data: { ...first, email: "ravi@acme.test" } }).catch(() => undefined);
    });
    await expect(work).rejects.toThrow("UniqueConstraintViolation");
    expect(await only.withTenant(id, emailsOf)).toEqual([]);
  });

  test("is refused without a tenant", () => {
    expect(() => database.withTenant("", emailsOf)).toThrow(RangeError);
  });

  test("sees its own company alone, however it asks", async () => {
    const [mine, other] = [await makeTenant(), await makeTenant()];
    await database.withTenant(other.id, (db) => db.member.create({ data: member(other.id) }));
    await database.withTenant(mine.id, async (db) => {
      expect(await db.member.findMany({ where: { tenantId: other.id } })).toEqual([]);
      expect(await db.member.count()).toBe(0);
      expect(await db.tenant.findMany({ select: { id: true } })).toEqual([{ id: mine.id }]);
      expect(await db.$queryRaw`SELECT id FROM member UNION ALL SELECT id FROM tenant WHERE id <> ${mine.id}`).toEqual([]);
    });
  });

  test("sees nothing under a tenant that does not exist", async () => {
    expect(await database.withTenant("ten_nobody", (db) => db.tenant.count())).toBe(0);
  });

  test("cannot write, move, change or delete a row of another company", async () => {
    const [mine, other] = [await makeTenant(), await makeTenant()];
    const theirs = member(other.id);
    await database.withTenant(other.id, (db) => db.member.create({ data: theirs }));
    const before = await checksum(other.id);
    const inMine = <T>(work: (db: TenantDb) => Promise<T>) => database.withTenant(mine.id, work);
    const refused = /row-level security/;
    await expect(inMine((db) => db.member.create({ data: member(other.id, "eve@acme.test") }))).rejects.toThrow(refused);
    const own = member(mine.id);
    await inMine((db) => db.member.create({ data: own }));
    await expect(inMine((db) => db.member.updateMany({ where: { id: own.id }, data: { tenantId: other.id } }))).rejects.toThrow(refused);
    expect(await inMine((db) => db.member.updateMany({ where: { id: theirs.id }, data: { name: "Eve" } }))).toEqual({ count: 0 });
    await expect(inMine((db) => db.member.deleteMany())).rejects.toThrow(/permission denied/);
    await expect(inMine((db) => db.$executeRaw`TRUNCATE member`)).rejects.toThrow(/permission denied/);
    expect(await checksum(other.id)).toEqual(before);
  });

  test("its handle is dead after the end, however it ended", async () => {
    const { id } = await makeTenant();
    const only = oneConnection();
    const leaked: TenantDb[] = [];
    await only.withTenant(id, async (db) => leaked.push(db));
    await only.withTenant(id, async (db) => {
      leaked.push(db);
      throw new Error("a refusal");
    }).catch(() => undefined);
    await only.withTenant(id, async (db) => {
      leaked.push(db);
      await db.$executeRaw`SELECT pg_sleep(1)`;
    }, { timeoutMs: 100 }).catch(() => undefined);
    expect(leaked).toHaveLength(3);
    const [other] = [await makeTenant()];
    await only.withTenant(other.id, async () => {
      for (const db of leaked) {
        await expect(db.tenant.findMany()).rejects.toThrow(/Transaction/);
        await expect(db.$queryRaw`SELECT 1`).rejects.toThrow(/Transaction/);
      }
    });
  });

  test("leaves neither its tenant nor its time limit to the next user of the connection", async () => {
    const { id } = await makeTenant();
    const only = oneConnection();
    await only.withTenant(id, (db) => db.tenant.count(), { timeoutMs: 4_000 });
    const settings = await only.withSystem((db) => db.$queryRaw`
      SELECT current_setting('app.tenant_id', true) AS tenant, current_setting('statement_timeout') AS "limit"`);
    expect(settings).toEqual([{ tenant: "", limit: "13500ms" }]);
  });

  test("cuts off a statement a little before the transaction's own limit, even a short one", async () => {
    const { id } = await makeTenant();
    const slow = database.withTenant(id, (db) => db.$executeRaw`SELECT pg_sleep(5)`, { timeoutMs: 200 });
    await expect(slow).rejects.toThrow(/statement timeout/);
  });
});

describe("the system transaction", () => {
  const asSystem = <T>(work: (db: SystemDb) => Promise<T>) => database.withSystem(work);

  test("finds every company in the directory", async () => {
    const [one, two] = [await makeTenant(), await makeTenant()];
    const rows = await asSystem((db) => db.$queryRaw<{ slug: string }[]>`SELECT slug FROM tenant WHERE id IN (${one.id}, ${two.id}) ORDER BY id`);
    expect(rows).toEqual([{ slug: one.slug }, { slug: two.slug }]);
  });

  test.each([
    ["members", "SELECT id FROM member"],
    ["the audit trail", "SELECT id FROM audit_event"],
  ])("is refused %s", async (_what, sql) => {
    await expect(asSystem((db) => db.$queryRaw(Object.assign([sql], { raw: [sql] })))).rejects.toThrow(/permission denied/);
  });

  test("cannot write, not even to the directory", async () => {
    const { id } = await makeTenant();
    const [row] = await asSystem((db) => db.$queryRaw<{ only: string }[]>`SELECT current_setting('transaction_read_only') AS "only"`);
    expect(row).toEqual({ only: "on" });
    await expect(asSystem((db) => db.$queryRaw`UPDATE tenant SET name = 'x' WHERE id = ${id}`)).rejects.toThrow(/permission denied|read-only/);
    await expect(asSystem((db) => db.$queryRaw`INSERT INTO tenant (id, slug, name, created_at) VALUES ('ten_x', 'ten-x', 'x', now())`)).rejects.toThrow(/permission denied|read-only/);
  });

  test.each(["commits", "throws"])("does not leave its role to the next user of the connection when it %s", async (end) => {
    const { id } = await makeTenant();
    const only = oneConnection();
    await only.withSystem(async () => {
      if (end === "throws") throw new Error("a refusal");
    }).catch(() => undefined);
    const [row] = await only.withTenant(id, (db) => db.$queryRaw<{ who: string; count: bigint }[]>`SELECT current_user AS who, count(*) FROM tenant`);
    expect(row).toEqual({ who: "atrium_app", count: 1n });
  });
});

test("the application role has none of the system role's rights without taking it on", async () => {
  const { id } = await makeTenant();
  await makeTenant();
  expect(await database.withTenant(id, (db) => db.tenant.count())).toBe(1);
});

test("a ping is answered, and a closed database answers nobody", async () => {
  const opened = openDatabase({ url: database.appUrl });
  await opened.ping();
  await opened.close();
  await expect(opened.ping()).rejects.toThrow();
});
