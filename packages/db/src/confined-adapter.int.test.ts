import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ConfinedAdapter } from "./confined-adapter.ts";
import { openPool } from "./pool.ts";
import { testDatabase } from "./testing.ts";

const query = (sql: string) => ({ sql, args: [], argTypes: [] });
const backend = query("SELECT pg_backend_pid() AS pid");

let pool: pg.Pool;
beforeEach(async () => {
  pool = openPool({ url: (await testDatabase()).appUrl, poolMax: 1 }, 1_000);
});
afterEach(() => pool.end());

describe("a transaction that has ended", () => {
  test.each(["COMMIT", "ROLLBACK"])("by %s cannot reach its connection again, which by then serves another", async (end) => {
    const adapter = await new ConfinedAdapter(pool).connect();
    const ended = await adapter.startTransaction();
    const { rows: before } = await ended.queryRaw(backend);
    await ended.executeRaw(query(end));
    await (end === "COMMIT" ? ended.commit() : ended.rollback());

    const next = await adapter.startTransaction();
    expect((await next.queryRaw(backend)).rows, "it is the same connection").toEqual(before);
    await expect(ended.queryRaw(backend)).rejects.toMatchObject({ cause: { kind: "TransactionAlreadyClosed" } });
    await expect(ended.executeRaw(query("ROLLBACK"))).rejects.toMatchObject({ cause: { kind: "TransactionAlreadyClosed" } });
    await next.executeRaw(query("COMMIT"));
    await next.commit();
  });

  test("cannot slip a statement in while the end is still on its way", async () => {
    const adapter = await new ConfinedAdapter(pool).connect();
    const ending = await adapter.startTransaction();
    const end = ending.executeRaw(query("ROLLBACK"));
    await expect(ending.queryRaw(backend)).rejects.toMatchObject({ cause: { kind: "TransactionAlreadyClosed" } });
    await end;
    await ending.rollback();
  });
});

describe("a transaction in which a statement failed", () => {
  test("does not claim to have committed", async () => {
    const adapter = await new ConfinedAdapter(pool).connect();
    const failed = await adapter.startTransaction();
    await expect(failed.executeRaw(query("SELECT 1 / 0"))).rejects.toThrow();
    await expect(failed.executeRaw(query("COMMIT"))).rejects.toMatchObject({ cause: { code: "22012" } });
    await failed.rollback();
    expect((await pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  });

  test("may commit when it went back to a savepoint", async () => {
    const adapter = await new ConfinedAdapter(pool).connect();
    const mended = await adapter.startTransaction();
    await mended.executeRaw(query("SAVEPOINT here"));
    await expect(mended.executeRaw(query("SELECT 1 / 0"))).rejects.toThrow();
    await mended.executeRaw(query("ROLLBACK TO SAVEPOINT here"));
    await mended.executeRaw(query("COMMIT"));
    await mended.commit();
  });
});

describe("a connection that comes back to the pool", () => {
  const pidOf = async (client: pg.PoolClient) => (await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows[0]?.pid;
  const pidAfter = async (leave: string | undefined) => {
    const client = await pool.connect();
    const pid = await pidOf(client);
    if (leave !== undefined) await client.query(leave).catch(() => undefined);
    client.release();
    const next = await pool.connect();
    const isSame = (await pidOf(next)) === pid;
    const { rows } = await next.query("SELECT current_setting('app.tenant_id', true) AS tenant");
    next.release();
    return { isSame, rows };
  };

  test("inside a transaction is closed, and the next user gets another", async () => {
    const { isSame, rows } = await pidAfter("BEGIN; SELECT set_config('app.tenant_id', 'ten_left', true)");
    expect(isSame).toBe(false);
    expect(rows).toEqual([{ tenant: null }]);
  });

  test("inside a failed transaction is closed as well", async () => {
    expect((await pidAfter("BEGIN; SELECT 1 / 0")).isSame).toBe(false);
  });

  test("outside of one is kept", async () => {
    expect((await pidAfter(undefined)).isSame).toBe(true);
  });

  test("with a statement under way is closed", async () => {
    const client = await pool.connect();
    const late = client.query("SELECT pg_sleep(10)").catch((error: unknown) => error);
    client.release();
    expect(await late).toBeInstanceOf(Error);
    expect((await pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  });
});
