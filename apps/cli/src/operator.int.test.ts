import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { copyTemplate, dropDatabase } from "@atrium/db/testing";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { environment, withoutServices } from "./env.ts";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const name = `atrium_operator_${process.pid}`;
let folder: string;
let urls: Awaited<ReturnType<typeof copyTemplate>>;

beforeAll(async () => {
  urls = await copyTemplate({ superuserUrl: inject("superuserUrl"), ownerUrl: inject("ownerUrl"), appUrl: inject("appUrl") }, name);
  folder = mkdtempSync(join(tmpdir(), "atrium-operator-"));
  writeFileSync(join(folder, "keys.json"), JSON.stringify({ current: "k1", keys: { k1: Buffer.alloc(32, 1).toString("base64") } }), { mode: 0o600 });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await dropDatabase(inject("superuserUrl"), name);
});

/** Runs the command line as a person would, on this test's database. */
async function operator(...args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  const variables = { DATABASE_URL: urls.appUrl, ATRIUM_KEYS_FILE: join(folder, "keys.json"), ATRIUM_URL: "https://hr.example.test" };
  const child = spawn(process.execPath, [main, "operator", ...args, "--data", join(folder, "data")], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { NODE_ENV: "test", ...environment({ ...withoutServices, ...variables }) },
  });
  let said = "";
  child.stdout.on("data", (data) => (said += String(data)));
  child.stderr.on("data", (data) => (said += String(data)));
  const [code]: unknown[] = await once(child, "close");
  return { code: Number(code), said };
}

test("operators are made, listed, helped and let go from the command line, and nowhere else", async () => {
  expect(await operator("list")).toMatchObject({ code: 0, said: expect.stringContaining("There is no operator yet.") });
  const link = /https:\/\/hr\.example\.test\/operator\/invitation#[\w-]{43}\n/;
  const [first, again] = [await operator("create", "om@atrium.test", "--name", "Om Operator"), await operator("create", "om@atrium.test", "--name", "Om Operator")];
  expect([first.code, again.code]).toEqual([0, 0]);
  expect([link.test(first.said), link.test(again.said), first.said === again.said]).toEqual([true, true, false]);
  expect((await operator("list")).said).toMatch(/om@atrium\.test +invited +no second factor +never seen {2}Om Operator/);
  expect((await operator("reset-mfa", "om@atrium.test")).code).toBe(0);
  expect((await operator("deactivate", "om@atrium.test")).code).toBe(0);
  expect((await operator("list")).said).toMatch(/om@atrium\.test +deactivated/);
}, 120_000);

test("what cannot be done is said in a sentence, with an exit code", async () => {
  expect(await operator("create", "no address", "--name", "Om")).toMatchObject({ code: 1, said: expect.stringContaining("written in full") });
  expect(await operator("deactivate", "nobody@atrium.test")).toMatchObject({ code: 1, said: expect.stringContaining("There is no operator of this address.") });
}, 120_000);
