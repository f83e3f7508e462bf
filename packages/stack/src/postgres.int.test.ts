import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { removeHome } from "./home.ts";
import type { Home } from "./home.ts";
import { startPostgres } from "./postgres.ts";
import type { Postgres } from "./postgres.ts";
import { commandLine } from "./processes.ts";
import { newSecrets } from "./secrets.ts";
import { temporaryHome } from "./testing.ts";

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return rows;
  } finally {
    await client.end();
  }
}

describe("the embedded PostgreSQL", () => {
  const passwords = newSecrets();
  let home: Home;
  let postgres: Postgres;

  beforeAll(async () => {
    home = await temporaryHome();
    postgres = await startPostgres({ home, passwords, isDurable: false });
  });

  afterAll(async () => {
    await postgres.stop();
    removeHome(home);
  });

  test("the application's role owns nothing, is bound by row-level security and inherits nothing", async () => {
    const [role] = await query(
      postgres.appUrl,
      `SELECT rolsuper, rolbypassrls, rolinherit, rolcreatedb, rolcreaterole,
              pg_has_role('atrium_system', 'USAGE') AS has_system, pg_has_role('atrium_system', 'SET') AS may_become_system,
              (SELECT datdba = r.oid FROM pg_database WHERE datname = current_database()) AS owns_database
       FROM pg_roles r WHERE rolname = current_user`,
    );
    expect(role).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolinherit: false,
      rolcreatedb: false,
      rolcreaterole: false,
      has_system: false,
      may_become_system: true,
      owns_database: false,
    });
  });

  test("no role of the platform is a superuser or passes row-level security", async () => {
    const strong = await query(
      postgres.superuserUrl,
      "SELECT rolname FROM pg_roles WHERE rolname LIKE 'atrium%' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)",
    );
    expect(strong).toEqual([]);
  });

  test("the owner makes tables and trusted extensions, the application cannot make a table", async () => {
    await query(postgres.ownerUrl, "CREATE TABLE probe (id text); CREATE EXTENSION IF NOT EXISTS pg_trgm; DROP TABLE probe");
    await expect(query(postgres.appUrl, "CREATE TABLE probe (id text)")).rejects.toThrow(/permission denied/);
  });

  test("the application and the job server cannot enter each other's database", async () => {
    await expect(query(postgres.appUrl.replace(/atrium$/, "atrium_jobs"), "SELECT 1")).rejects.toThrow(/permission denied/);
    await expect(query(postgres.jobsUrl.replace(/atrium_jobs$/, "atrium"), "SELECT 1")).rejects.toThrow(/permission denied/);
    expect(await query(postgres.jobsUrl, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("a wrong password is refused", async () => {
    const wrong = postgres.appUrl.replace(passwords.appPassword, "not-the-password");
    await expect(query(wrong, "SELECT 1")).rejects.toThrow(/password authentication failed/);
  });

  test("it listens on the loopback address alone, without a socket file", async () => {
    const [settings] = await query(
      postgres.superuserUrl,
      "SELECT current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets",
    );
    expect(settings).toEqual({ addresses: "127.0.0.1", sockets: "" });
  });

  test("its files are for its own account alone", () => {
    expect(statSync(join(home.serviceDir, "postgres", "data")).mode & 0o077).toBe(0);
    expect(existsSync(join(home.serviceDir, "postgres", "password"))).toBe(false);
  });
});

describe("starting again", () => {
  const passwords = newSecrets();
  let home: Home;

  beforeAll(async () => {
    home = await temporaryHome();
  });

  afterAll(() => {
    removeHome(home);
  });

  test("data stays, and a server left behind by a killed launcher is stopped first", async () => {
    const first = await startPostgres({ home, passwords, isDurable: false });
    await query(first.ownerUrl, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)");
    const pid = postmasterPid(home);

    const second = await startPostgres({ home, passwords, isDurable: false });
    expect(await first.exited).toBe("exit code 0");
    expect(await commandLine(pid)).toBeUndefined();
    expect(await query(second.ownerUrl, "SELECT id FROM kept")).toEqual([{ id: 7 }]);
    await second.stop();
  });

  test("a process id that belongs to a stranger by now is neither stopped nor in the way", async () => {
    const file = join(home.serviceDir, "postgres", "data", "postmaster.pid");
    writeFileSync(file, `${process.pid}\n${join(home.serviceDir, "postgres", "data")}\n0\n1\n\n127.0.0.1\n\nready\n`);
    const postgres = await startPostgres({ home, passwords, isDurable: false });
    expect(postmasterPid(home)).not.toBe(process.pid);
    await postgres.stop();
  });

  test("half a cluster from a start that was killed is made anew", async () => {
    const other = await temporaryHome();
    const half = join(other.serviceDir, "postgres", "data.new");
    mkdirSync(half, { recursive: true });
    writeFileSync(join(half, "PG_VERSION"), "18\n");
    const postgres = await startPostgres({ home: other, passwords, isDurable: false });
    expect(existsSync(half)).toBe(false);
    await postgres.stop();
    removeHome(other);
  });

  test("a lost password is said in a sentence, and nothing is left running", async () => {
    await expect(startPostgres({ home, passwords: newSecrets(), isDurable: false })).rejects.toMatchObject({
      code: "stack/postgres-password-lost",
    });
    expect(existsSync(join(home.serviceDir, "postgres", "data", "postmaster.pid"))).toBe(false);
  });

  test("a cluster of another version is refused before anything touches it", async () => {
    const file = join(home.serviceDir, "postgres", "data", "PG_VERSION");
    writeFileSync(file, "15\n");
    await expect(startPostgres({ home, passwords, isDurable: false })).rejects.toMatchObject({ code: "stack/postgres-version" });
    writeFileSync(file, "18\n");
  });

  test("a server that does not come up is quoted with the line that says why", async () => {
    writeFileSync(join(home.serviceDir, "postgres", "data", "postgresql.conf"), "max_connections = many\n");
    await expect(startPostgres({ home, passwords, isDurable: false })).rejects.toMatchObject({
      code: "stack/postgres-not-starting",
      message: expect.stringMatching(/max_connections|configuration file/),
    });
  });
});

function postmasterPid(home: Home): number {
  return Number(readFileSync(join(home.serviceDir, "postgres", "data", "postmaster.pid"), "utf8").split("\n")[0]);
}
