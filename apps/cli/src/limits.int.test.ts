import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { limitsInForce } from "@atrium/billing";
import { openDatabase } from "@atrium/db";
import type { Database } from "@atrium/db";
import { copyTemplate, dropDatabase } from "@atrium/db/testing";
import { makeLimiter, publishLimits } from "@atrium/limits";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { environment, withoutServices } from "./env.ts";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const name = `atrium_limits_${process.pid}`;
const redis = { url: inject("restUrl"), token: inject("restToken"), budgetMs: 10_000 };
let folder: string;
let urls: Awaited<ReturnType<typeof copyTemplate>>;
let database: Database;

beforeAll(async () => {
  urls = await copyTemplate({ superuserUrl: inject("superuserUrl"), ownerUrl: inject("ownerUrl"), appUrl: inject("appUrl") }, name);
  folder = mkdtempSync(join(tmpdir(), "atrium-limits-"));
  writeFileSync(join(folder, "keys.json"), JSON.stringify({ current: "k1", keys: { k1: Buffer.alloc(32, 1).toString("base64") } }), { mode: 0o600 });
  database = openDatabase({ url: urls.appUrl, poolMax: 2 });
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
  await dropDatabase(inject("superuserUrl"), name);
});

interface Ended {
  readonly code: number;
  readonly said: string;
}

/** Runs the command line as a person would, on this test's database and the tests' Redis. */
function start(args: readonly string[], services: Readonly<Record<string, string>> = { UPSTASH_REDIS_REST_URL: redis.url, UPSTASH_REDIS_REST_TOKEN: redis.token }): { readonly child: ChildProcess; readonly said: () => string; readonly ended: Promise<Ended> } {
  const variables = { DATABASE_URL: urls.appUrl, ATRIUM_KEYS_FILE: join(folder, "keys.json"), ...services };
  const child = spawn(process.execPath, [main, ...args, "--data", join(folder, "data")], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { NODE_ENV: "test", ...environment({ ...withoutServices, ...variables }) },
  });
  let said = "";
  child.stdout.on("data", (data) => (said += String(data)));
  child.stderr.on("data", (data) => (said += String(data)));
  return { child, said: () => said, ended: once(child, "close").then(([code]: unknown[]) => ({ code: Number(code), said })) };
}
const atrium = (...args: readonly string[]): Promise<Ended> => start(args).ended;

async function company(slug: string, status: "active" | "deleted" = "active"): Promise<string> {
  const id = `ten_${slug}_${Date.now().toString(36)}`;
  await database.withTenant(id, (db) => db.tenant.create({ data: { id, slug, name: "Acme Industries", plan: "starter", createdAt: new Date(), status, ...(status === "deleted" && { deletedAt: new Date() }) } }));
  return id;
}

/** A process of the edge: its limiter, which asks the house as the real one does. */
function edge(tenantId: string) {
  const refresh = async (id: string): Promise<void> => {
    const { changesAt: _changesAt, ...limits } = await database.withTenant(id, (db) => limitsInForce(db, id, new Date()));
    await publishLimits(redis, id, limits);
  };
  const limiter = makeLimiter({ redis, refresh, wallClock: () => Date.now() });
  return async () => (await limiter.decide({ routeClass: "read", cost: 1, tenantId, userId: undefined, sessionId: undefined, address: "203.0.113.7", account: undefined })).outcome;
}

describe("an override", () => {
  test("that is given while a client is being refused is in force within a second, and so is its end", async () => {
    const tenantId = await company("stormy");
    const ask = edge(tenantId);
    /** Asks without a pause until the answer is this. @returns how long that took */
    const until = async (outcome: "admitted" | "refused"): Promise<number> => {
      const began = performance.now();
      while ((await ask()) !== outcome) if (performance.now() - began > 20_000) throw new Error(`Nothing was ${outcome} for 20 s.`);
      return performance.now() - began;
    };
    await until("refused");
    const set = await atrium("limits", "set", "stormy", "--per-minute", "500", "--for", "2h", "--reason", "A migration over the weekend.");
    expect(set).toEqual({ code: 0, said: expect.stringMatching(/^stormy: 500 a minute until \d{4}-\d\d-\d\dT\d\d:\d\d UTC\.\nIn force everywhere within a second\.\n$/) });
    expect(await until("admitted")).toBeLessThan(1_000);
    // Eight at once are more than a minute's sixty bring back in the meantime.
    expect(await Promise.all(Array.from({ length: 8 }, ask))).toEqual(Array.from({ length: 8 }, () => "admitted"));

    const shown = await atrium("limits", "show", "stormy");
    expect(shown.said).toContain("500 a minute, 1,000 an hour  (the plan: 60 a minute, 1,000 an hour)");
    expect(shown.said).toMatch(/by Command line: A migration over the weekend\./);
    expect(shown.said).toMatch(/\d+ refused/);
    expect(shown.said).not.toContain("\u001B");

    expect((await atrium("limits", "clear", "stormy")).said).toContain("plan's limits again");
    await until("refused");
    expect(JSON.parse((await atrium("limits", "show", "stormy", "--json")).said)).toMatchObject({ slug: "stormy", limits: { perMinute: 60 }, override: null, usage: { isLive: true }, degraded: expect.any(Array) });
  }, 120_000);

  test("that cannot be given is refused in a sentence, and nothing is changed", async () => {
    const tenantId = await company("calm");
    await company("gone", "deleted");
    const good = ["--per-minute", "500", "--for", "2h", "--reason", "A migration."];
    expect(await atrium("limits", "set", "calm", "--per-minute", "0", "--for", "2h", "--reason", "A migration.")).toMatchObject({ code: 1, said: expect.stringContaining("would let nobody in") });
    expect(await atrium("limits", "set", "nobody", ...good)).toMatchObject({ code: 1, said: expect.stringContaining("no company of this address name") });
    expect(await atrium("limits", "set", "gone", ...good)).toMatchObject({ code: 1, said: expect.stringContaining("The company is deleted") });
    expect(await atrium("limits", "clear", "calm")).toMatchObject({ code: 1, said: expect.stringContaining("No override holds") });
    expect(await atrium("limits", "set")).toMatchObject({ code: 1, said: expect.stringContaining("missing required argument 'tenant'") });
    expect(await database.withTenant(tenantId, (db) => db.limitOverride.count({ where: { tenantId } }))).toBe(0);
  }, 120_000);

  test("is kept without Redis, and what is not known is said", async () => {
    await company("alone");
    const set = (services: Readonly<Record<string, string>>) => start(["limits", "set", "alone", "--per-hour", "5,000", "--until", "2190-01-01T00:00Z".replace("2190", String(new Date().getUTCFullYear() + 1)), "--reason", "A migration."], services).ended;
    const away = { UPSTASH_REDIS_REST_URL: "http://127.0.0.1:9", UPSTASH_REDIS_REST_TOKEN: "nobody-listens" };
    expect((await set({})).said).toMatch(/5000 an hour until .*\nAtrium is not running on this data folder/);
    expect((await set(away)).said).toContain("Redis does not answer: it is in force within a minute of its coming back.");
    expect((await start(["limits", "show", "alone"], away).ended).said).toMatch(/60 a minute, 5,000 an hour[\s\S]*Redis does not answer, so nobody knows what is used\./);
  }, 120_000);
});

describe("a watch", () => {
  test("without a terminal writes a line a second, and ends in order", async () => {
    await company("watched");
    const { child, said, ended } = start(["limits", "watch", "watched"]);
    await expect.poll(() => said().split("\n").length, { timeout: 30_000 }).toBeGreaterThan(2);
    child.kill("SIGINT");
    const { code, said: all } = await ended;
    expect(code).toBe(0);
    expect(all.split("\n")[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ watched minute=60\/60 hour=1000\/1000 .*admitted-60min=0 refused-60min=0$/);
    expect(all).not.toContain("\u001B");
  }, 60_000);

  test("ends quietly when whoever reads its lines has enough of them", async () => {
    const { child, ended } = start(["limits", "watch", "watched"]);
    if (child.stdout) await once(child.stdout, "data");
    child.stdout?.destroy();
    const { code, said } = await ended;
    expect(code).toBe(0);
    expect(said).not.toMatch(/EPIPE|unforeseen/);
  }, 60_000);

  test("of a company that there is not is refused", async () => {
    expect(await atrium("limits", "watch", "nobody")).toMatchObject({ code: 1, said: expect.stringContaining("no company of this address name") });
  }, 60_000);
});

test("a payment that cannot be recorded is refused in a sentence", async () => {
  await company("payer");
  const pay = (...args: readonly string[]) => atrium("billing", "pay", "payer", ...args);
  expect(await pay()).toMatchObject({ code: 1, said: expect.stringContaining("--invoice ATR/26-27/000001") });
  const typed = ["--invoice", "ATR/26-27/000999", "--amount", "11800.00", "--on", "2026-11-20", "--reference", "UTR123456", "--reason", "Paid by transfer."];
  expect(await pay(...typed)).toMatchObject({ code: 1, said: expect.stringContaining("This company has no invoice ATR/26-27/000999.") });
}, 60_000);
