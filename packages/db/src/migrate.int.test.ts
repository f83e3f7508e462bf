import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { driftFromSchema, migrate, MigrationFailed, migrationNames } from "./migrate.ts";
import { workerNumber } from "./testing/env.ts";
import { createEmpty, dropDatabase } from "./testing/template.ts";

const name = `atrium_migrate_${workerNumber}`;
let ownerUrl: string;
let owner: pg.Client;
let folder: string;

beforeEach(async () => {
  ownerUrl = await createEmpty({ superuserUrl: inject("superuserUrl"), ownerUrl: inject("ownerUrl") }, name);
  owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  folder = await mkdtemp(path.join(tmpdir(), "atrium-migrations-"));
});
afterEach(async () => {
  await owner.end();
  await dropDatabase(inject("superuserUrl"), name);
  await rm(folder, { recursive: true });
});

async function write(migration: string, sql: string): Promise<void> {
  await mkdir(path.join(folder, migration), { recursive: true });
  await writeFile(path.join(folder, migration, "migration.sql"), sql);
}

const run = () => migrate({ ownerUrl, folder });
const failureOf = async (work: Promise<unknown>) => {
  const error = await work.then(() => undefined, (thrown: unknown) => thrown);
  if (!(error instanceof MigrationFailed)) throw new Error("No migration failed.", { cause: error });
  return error;
};
async function tables(): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations' ORDER BY 1",
  );
  return rows.map((row) => row.name);
}
const rowsOf = async (sql: string) => (await owner.query<Record<string, unknown>>(sql)).rows;

describe("the platform's own migrations", () => {
  test("agree with the schema files: nothing is left to change", async () => {
    expect((await migrate({ ownerUrl })).applied).toEqual(await migrationNames());
    expect(await driftFromSchema({ ownerUrl })).toBe("");
  });

  test("are applied once", async () => {
    await migrate({ ownerUrl });
    expect(await migrate({ ownerUrl })).toEqual({ applied: [] });
  });

  test("drift is named when a column, a key or an index of the schema is missing", async () => {
    await migrate({ ownerUrl });
    await owner.query("ALTER TABLE member DROP COLUMN name; DROP INDEX member_tenant_id_email_lower_key; ALTER TABLE audit_event DROP CONSTRAINT audit_event_tenant_fkey");
    const drift = await driftFromSchema({ ownerUrl });
    expect(drift).toContain('ALTER TABLE "member" ADD COLUMN     "name"');
    expect(drift).toContain('CREATE UNIQUE INDEX "member_tenant_id_email_lower_key"');
    expect(drift).toContain('ADD CONSTRAINT "audit_event_tenant_fkey"');
  });
});

describe("a migration", () => {
  test("with a function body and a semicolon in a comment is applied whole", async () => {
    await write("1_function", `
      CREATE TABLE a (id text); -- a comment; with a semicolon
      CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 2; END $$;
      /* one more; */ INSERT INTO a VALUES ('x;y')
      -- the last line`);
    expect(await run()).toEqual({ applied: ["1_function"] });
    expect(await rowsOf("SELECT two(), id FROM a")).toEqual([{ two: 2, id: "x;y" }]);
  });

  test("that fails leaves nothing behind, is named in one sentence, and keeps those before it", async () => {
    await write("1_good", "CREATE TABLE a (id text);");
    await write("2_bad", "CREATE TABLE b (id text); INSERT INTO a VALUES ('x'); CREATE TABLE a (id text);");
    await write("3_after", "CREATE TABLE c (id text);");
    const failure = await failureOf(run());
    expect(failure.migration).toBe("2_bad");
    expect(failure.message).toBe('The migration 2_bad was not applied, and nothing of it remains: relation "a" already exists.');
    expect(failure.cause).toMatchObject({ code: "42P07" });
    expect(await tables()).toEqual(["a"]);
    expect(await rowsOf("SELECT * FROM a")).toEqual([]);
  });

  test("that failed stops the next run too, until it is mended", async () => {
    await write("1_bad", "CREATE TABLE a (id no_such_type);");
    await failureOf(run());
    expect((await failureOf(run())).migration).toBe("1_bad");
    await write("1_bad", "CREATE TABLE a (id text);");
    expect(await run()).toEqual({ applied: ["1_bad"] });
    expect(await run()).toEqual({ applied: [] });
    expect(await tables()).toEqual(["a"]);
  });

  test("whose run was killed before its commit is applied by the next run", async () => {
    await write("1_cut", "CREATE TABLE a (id text); SELECT pg_terminate_backend(pg_backend_pid());");
    await failureOf(run());
    expect(await tables()).toEqual([]);
    await write("1_cut", "CREATE TABLE a (id text);");
    expect(await run()).toEqual({ applied: ["1_cut"] });
  });

  test("whose run was killed right after its commit is not applied again", async () => {
    // The trigger cuts the connection at the first thing the engine notes down once the script is through.
    await write("1_cut", `
      CREATE TABLE a (id text);
      CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
      CREATE TRIGGER cut BEFORE UPDATE OF applied_steps_count ON _prisma_migrations FOR EACH ROW EXECUTE FUNCTION cut();`);
    await expect(run()).rejects.toThrow();
    expect(await tables()).toEqual(["a"]);
    expect(await run()).toEqual({ applied: [] });
  });

  test("is applied by one of several that start at once, and the others wait for it", async () => {
    await write("1_slow", "SELECT pg_sleep(0.3); CREATE TABLE a (id text);");
    const runs = await Promise.all([run(), run(), run()]);
    expect(runs.map(({ applied }) => applied.length).sort()).toEqual([0, 0, 1]);
    expect(await tables()).toEqual(["a"]);
  });
});
