import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openDatabase } from "@atrium/db";
import type { Database } from "@atrium/db";
import { copyTemplate, dropDatabase } from "@atrium/db/testing";
import { findTenant } from "@atrium/identity";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { environment, withoutServices } from "./env.ts";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const name = `atrium_tenant_${process.pid}`;
let folder: string;
let urls: Awaited<ReturnType<typeof copyTemplate>>;
let database: Database;

beforeAll(async () => {
  urls = await copyTemplate({ superuserUrl: inject("superuserUrl"), ownerUrl: inject("ownerUrl"), appUrl: inject("appUrl") }, name);
  folder = mkdtempSync(join(tmpdir(), "atrium-tenant-"));
  writeFileSync(join(folder, "keys.json"), JSON.stringify({ current: "k1", keys: { k1: Buffer.alloc(32, 1).toString("base64") } }), { mode: 0o600 });
  database = openDatabase({ url: urls.appUrl, poolMax: 1 });
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
  await dropDatabase(inject("superuserUrl"), name);
});

/** Runs the command line as a person would, on this test's database. */
async function atrium(...args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  const variables = { DATABASE_URL: urls.appUrl, DATABASE_OWNER_URL: urls.ownerUrl, ATRIUM_KEYS_FILE: join(folder, "keys.json"), ATRIUM_URL: "https://hr.example.test" };
  const child = spawn(process.execPath, [main, "tenant", ...args, "--data", join(folder, "data")], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { NODE_ENV: "test", ...environment({ ...withoutServices, ...variables }) },
  });
  let said = "";
  child.stdout.on("data", (data) => (said += String(data)));
  child.stderr.on("data", (data) => (said += String(data)));
  const [code]: unknown[] = await once(child, "close");
  return { code: Number(code), said };
}

const create = (slug: string, email = "asha@acme.test") => atrium("create", slug, "--name", "Acme Industries", "--owner", "Asha Rao", "--email", email);
const statusOf = async (slug: string) => (await findTenant(database, slug))?.status;

test("a company's whole life is led from the command line", async () => {
  const made = await create("acme");
  expect(made).toMatchObject({ code: 0, said: expect.stringMatching(/https:\/\/hr\.example\.test\/acme\/invitation#[\w-]{43}\n/) });
  expect((await atrium("suspend", "acme", "--reason", "An invoice is unpaid.")).code).toBe(0);
  expect(await statusOf("acme")).toBe("suspended");
  expect((await atrium("resume", "acme")).code).toBe(0);
  const deleted = await atrium("delete", "acme");
  expect(deleted).toMatchObject({ code: 0, said: expect.stringContaining("brings it back") });
  expect(readdirSync(join(folder, "data/exports"))).toEqual([expect.stringMatching(/^acme-\d{4}-\d\d-\d\d\.zip$/)]);
  expect(await statusOf("acme")).toBeUndefined();
  expect((await atrium("list")).said).toMatch(/acme +deleted +starter +on \d{4}-\d\d-\d\d {2}Acme Industries/);
  expect(await atrium("purge", "--yes")).toMatchObject({ code: 0, said: expect.stringContaining("Nothing was deleted") });
  expect((await atrium("restore", "acme")).code).toBe(0);
  expect(await statusOf("acme")).toBe("active");
}, 120_000);

test("what was deleted more than thirty days ago goes for good, with its files, and only when that is said twice", async () => {
  await create("globex");
  const { id = "" } = (await findTenant(database, "globex")) ?? {};
  await database.withTenant(id, (db) => db.tenant.update({ where: { id }, data: { status: "deleted", deletedAt: new Date(Date.now() - 31 * 86_400_000) } }));
  expect(await atrium("purge")).toMatchObject({ code: 0, said: expect.stringContaining("globex, deleted on") });
  expect((await atrium("list")).said).toContain("globex");
  expect(await atrium("purge", "--yes")).toMatchObject({ code: 0, said: expect.stringMatching(/globex is gone: \d+ rows and 0 files/) });
  expect((await atrium("list")).said).not.toContain("globex");
  expect((await create("globex")).code).toBe(0);
}, 120_000);

test("what cannot be done is said in a sentence, and nothing is changed", async () => {
  await create("initech");
  expect(await create("lnitech")).toMatchObject({ code: 1, said: expect.stringContaining("one that looks the same") });
  expect(await create("admin")).toMatchObject({ code: 1, said: expect.stringContaining("Atrium needs this name") });
  expect(await create("hooli", "asha")).toMatchObject({ code: 1, said: expect.stringContaining("Write the address in full") });
  expect(await atrium("resume", "initech")).toMatchObject({ code: 1, said: expect.stringContaining("not suspended") });
  expect(await atrium("delete", "nobody")).toMatchObject({ code: 1, said: expect.stringContaining("no company of this address name") });
  expect(existsSync(join(folder, "data/exports/nobody"))).toBe(false);
  expect(await statusOf("initech")).toBe("active");
}, 120_000);
