import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openFiles } from "@atrium/api";
import { inContext } from "@atrium/api/testing";
import { openDatabase } from "@atrium/db";
import type { Database } from "@atrium/db";
import { copyTemplate, dropDatabase, statementsAsSuperuser } from "@atrium/db/testing";
import { openKeyring } from "@atrium/vault";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { environment, withoutServices } from "./env.ts";
import { examine } from "./examine.ts";
import type { Patient } from "./examine.ts";

const name = `atrium_doctor_${process.pid}`;
const tenant = { id: "ten_acme", slug: "acme", name: "Acme", timeZone: "Asia/Kolkata" };
const [ownKey, anotherKey] = [randomBytes(32), randomBytes(32)];

let urls: Awaited<ReturnType<typeof copyTemplate>>;
let database: Database;
let folder: string;
let services: Server;
let healthy: Patient;

beforeAll(async () => {
  urls = await copyTemplate({ superuserUrl: inject("superuserUrl"), ownerUrl: inject("ownerUrl"), appUrl: inject("appUrl") }, name);
  database = openDatabase({ url: urls.appUrl, poolMax: 2 });
  folder = mkdtempSync(join(tmpdir(), "atrium-doctor-"));
  services = createServer((request, response) => {
    if (request.url === "/health") return response.writeHead(200).end("{}");
    if (request.url === "/api/health/ready") return response.writeHead(503).end(JSON.stringify({ ready: false, checks: [{ name: "redis", isWell: true }, { name: "jobs", isWell: false }] }));
    return response.writeHead(404).end();
  }).listen(0, "127.0.0.1");
  await once(services, "listening");
  const address = services.address();
  const stack = `http://127.0.0.1:${address !== null && typeof address === "object" ? address.port : 0}`;
  const keysFile = join(folder, "keys.json");
  writeKeys(ownKey);
  const house = { database, keyring: openKeyring({ ATRIUM_KEYS_FILE: keysFile }), files: await openFiles({ FILES_DIR: join(folder, "files") }) };
  healthy = { folders: [folder], appUrl: urls.appUrl, keysFile, house, redis: { url: inject("restUrl"), token: inject("restToken") }, jobsUrl: stack, webUrl: stack };
  await database.withTenant(tenant.id, async (db) => {
    await db.tenant.create({ data: { ...tenant, createdAt: new Date() } });
    await house.keyring.vaultOf(db, tenant.id);
  });
  await inContext(database, tenant, async (ctx) => ctx.audit(...Array.from({ length: 5 }, () => ({ action: "a.b", entityId: "x" }) as const)));
});
afterAll(async () => {
  services.close();
  await database.close();
  await dropDatabase(inject("superuserUrl"), name);
  rmSync(folder, { recursive: true });
});
beforeEach(() => writeKeys(ownKey));

function writeKeys(key: Buffer): void {
  const file = join(folder, "keys.json");
  rmSync(file, { force: true });
  writeFileSync(file, JSON.stringify({ current: "k1", keys: { k1: key.toString("base64") } }), { mode: 0o600 });
}

const asSuperuser = (sql: string) => statementsAsSuperuser(urls.superuserUrl, sql);
/** What is not well, as `part: sentence`. */
const ailments = async (patient: Patient) => (await examine(patient)).filter(({ isWell }) => !isWell).map((found) => `${found.name}: ${found.said}`);

describe("the doctor", () => {
  test("finds nothing where all is well, and says a word on each part", async () => {
    const found = await examine(healthy);
    expect(found.filter(({ isWell }) => !isWell)).toEqual([]);
    expect(found.map((part) => part.name)).toEqual([
      "database", "migrations", "roles and grants", "RLS gate", "encryption keys", "Redis", "job server", "disk space", "audit heads",
    ]);
  });

  test.each([
    ["an open table", "ALTER TABLE member NO FORCE ROW LEVEL SECURITY", "ALTER TABLE member FORCE ROW LEVEL SECURITY", /^RLS gate: "row-level security is enabled and forced" does not hold: member\./],
    ["a right too many", "GRANT DELETE ON audit_event TO atrium_app", "REVOKE DELETE ON audit_event FROM atrium_app", /^roles and grants: "what was written into the audit trail stays there" does not hold: audit_event DELETE\./],
    [
      "a migration that is not applied",
      "UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '20261120000200_people'",
      "UPDATE _prisma_migrations SET finished_at = now() WHERE migration_name = '20261120000200_people'",
      /^migrations: 1 of this version's are not applied \(first: 20261120000200_people\)\. Apply them: atrium migrate\.$/,
    ],
    [
      "a row of the trail that was changed",
      "UPDATE audit_event SET reason = 'x' WHERE seq = 3",
      "UPDATE audit_event SET reason = NULL WHERE seq = 3",
      /^audit heads: acme: Row #3 \(aud_[0-9a-z]+\) does not say what was written\. Change nothing/,
    ],
  ])("finds %s", async (_what, plant, mend, said) => {
    await asSuperuser(plant);
    const found = await ailments(healthy).finally(() => asSuperuser(mend));
    expect(found).toEqual([expect.stringMatching(said)]);
    expect(await ailments(healthy), "mended").toEqual([]);
  });

  test("finds that the application signs in as somebody who sees everything", async () => {
    const found = await ailments({ ...healthy, appUrl: urls.superuserUrl });
    expect(found).toContainEqual(expect.stringMatching(/^roles and grants: .*superuser, who sees every company's rows\. Let DATABASE_URL name the role atrium_app\.$/));
  });

  test("finds keys that are gone, that others can read, and that belong to another database", async () => {
    const fresh = () => ({ ...healthy, house: healthy.house && { ...healthy.house, keyring: openKeyring({ ATRIUM_KEYS_FILE: join(folder, "keys.json") }) } });
    chmodSync(join(folder, "keys.json"), 0o644);
    expect(await ailments(fresh())).toEqual([expect.stringContaining(`chmod 600 ${folder}/keys.json`)]);
    writeKeys(anotherKey);
    expect(await ailments(fresh())).toEqual([expect.stringMatching(/^encryption keys: The keys do not open those of acme\. Put back the file of keys/)]);
    rmSync(join(folder, "keys.json"));
    expect(await ailments(fresh())).toEqual([expect.stringMatching(/^encryption keys: .*keys\.json is missing\. Put it back from its own backup/)]);
  });

  test("finds services that refuse, that are away, and that the application cannot reach", async () => {
    const away = "http://127.0.0.1:9";
    expect(await ailments({ ...healthy, redis: { url: inject("restUrl"), token: "another" } })).toEqual([expect.stringMatching(/^Redis: Redis at 127\.0\.0\.1:\d+ answers 401\./)]);
    expect(await ailments({ ...healthy, jobsUrl: away })).toEqual(["job server: The job server does not answer at 127.0.0.1:9. Start it, or mend its address in the environment."]);
    expect(await ailments({ ...healthy, redis: undefined, jobsUrl: undefined })).toEqual([expect.stringMatching(/^job server: The running application cannot reach it\./)]);
  });

  test("says that nothing is running where nothing is", async () => {
    const found = await ailments({ folders: [folder], appUrl: undefined, house: undefined, keysFile: undefined, redis: undefined, jobsUrl: undefined, webUrl: undefined });
    expect(found).toHaveLength(8);
    for (const line of found) expect(line).toContain("Atrium is not running on this data folder. Start it with npm start");
  });
});

/** Runs the command line as a person would, on this database. */
async function atrium(...args: string[]): Promise<{ code: number; said: string }> {
  const main = fileURLToPath(new URL("main.ts", import.meta.url));
  const named = { ...withoutServices, DATABASE_URL: urls.appUrl, UPSTASH_REDIS_REST_URL: inject("restUrl"), UPSTASH_REDIS_REST_TOKEN: inject("restToken"), INNGEST_BASE_URL: healthy.jobsUrl };
  const child = spawn(process.execPath, [main, ...args, "--data", folder], { stdio: ["ignore", "pipe", "pipe"], env: { NODE_ENV: "test", ...environment(named) } });
  let said = "";
  child.stdout.on("data", (data) => (said += String(data)));
  child.stderr.on("data", (data) => (said += String(data)));
  const [code]: unknown[] = await once(child, "close");
  return { code: Number(code), said };
}

describe("the command line", () => {
  test("verifies the trails, and names the row that is not as it was written", async () => {
    expect(await atrium("audit", "verify")).toMatchObject({ code: 0, said: expect.stringMatching(/^✓ acme {2}verified up to #5, not anchored yet$/m) });
    await asSuperuser("UPDATE audit_event SET reason = 'x' WHERE seq = 2");
    const { code, said } = await atrium("audit", "verify", "--tenant", "acme").finally(() => asSuperuser("UPDATE audit_event SET reason = NULL WHERE seq = 2"));
    expect(code).toBe(1);
    expect(said).toMatch(/^✗ acme {2}Row #2 \(aud_[0-9a-z]+\) does not say what was written\.$/m);
    expect(await atrium("audit", "verify", "--tenant", "nobody")).toMatchObject({ code: 1, said: expect.stringContaining('No company has the address "nobody".') });
  });

  test("answers with the doctor's findings and an exit code", async () => {
    const well = await atrium("doctor");
    expect(well.said.split("\n").filter((line) => line.startsWith("✓"))).toHaveLength(9);
    expect(well.code).toBe(0);
    await asSuperuser("ALTER TABLE member NO FORCE ROW LEVEL SECURITY");
    const ill = await atrium("doctor").finally(() => asSuperuser("ALTER TABLE member FORCE ROW LEVEL SECURITY"));
    expect(ill.said).toMatch(/^✗ RLS gate/m);
    expect(ill.code).toBe(1);
  });
});
