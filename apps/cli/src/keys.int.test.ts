import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { copyTemplate, dropDatabase } from "@atrium/db/testing";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { environment, withoutServices } from "./env.ts";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const name = `atrium_keys_${process.pid}`;
let folder: string;
let appUrl: string;

beforeAll(async () => {
  ({ appUrl } = await copyTemplate({ superuserUrl: inject("superuserUrl"), ownerUrl: inject("ownerUrl"), appUrl: inject("appUrl") }, name));
  folder = mkdtempSync(join(tmpdir(), "atrium-keys-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await dropDatabase(inject("superuserUrl"), name);
});

/** Runs the command line as a person would, on this test's database. */
async function atrium(args: readonly string[], variables: Readonly<Record<string, string>>): Promise<{ readonly code: number; readonly said: string }> {
  const child = spawn(process.execPath, [main, ...args, "--data", join(folder, "data")], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { NODE_ENV: "test", ...environment({ ...withoutServices, DATABASE_URL: appUrl, ...variables }) },
  });
  let said = "";
  child.stdout.on("data", (data) => (said += String(data)));
  child.stderr.on("data", (data) => (said += String(data)));
  const [code]: unknown[] = await once(child, "close");
  return { code: Number(code), said };
}

test("keys are rotated by one command, which says what it did, and where they stand by another", async () => {
  const file = join(folder, "keys.json");
  writeFileSync(file, JSON.stringify({ current: "k1", keys: { k1: randomBytes(32).toString("base64") } }), { mode: 0o600 });
  const [byFile, byText] = [{ ATRIUM_KEYS_FILE: file }, () => ({ ATRIUM_KEYS: readFileSync(file, "utf8") })];
  expect(await atrium(["seed", "small"], byFile)).toMatchObject({ code: 0 });
  // Three people with four numbers each.
  expect(await atrium(["keys", "status"], byFile)).toMatchObject({ code: 0, said: expect.stringMatching(/wrapped by k1\.\n.*umbrella +12 values under key 1\n/s) });
  expect(await atrium(["keys", "rotate"], byText())).toMatchObject({ code: 1, said: expect.stringContaining("only you can change it") });
  const rotated = await atrium(["keys", "rotate"], byFile);
  expect(rotated).toMatchObject({ code: 0, said: expect.stringMatching(/Another key is in .*keys\.json.*umbrella +12 values sealed anew.*Everything is sealed by the new keys\./s) });
  expect(rotated.said).not.toContain(readFileSync(file, "utf8").slice(-60, -10));
  expect(await atrium(["keys", "status"], byText())).toMatchObject({ code: 0, said: expect.stringMatching(/umbrella +12 values under key 2\n/) });
}, 60_000);
