import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openHome, removeHome, SYSTEM_DIR } from "./home.ts";
import { keyFile } from "./keys.ts";
import { startPostgres } from "./postgres.ts";
import { commandLine } from "./processes.ts";
import { loadSecrets, newSecrets } from "./secrets.ts";
import { waitUntil } from "./wait-until.ts";

const isRoot = process.getuid?.() === 0;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "atrium-test-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("where the services' files lie", () => {
  test.runIf(isRoot)("under root's own home they lie where their account can reach them, and PostgreSQL starts", async () => {
    chmodSync(folder, 0o700);
    const home = await openHome(join(folder, ".atrium"));
    expect(home.serviceDir.startsWith(`${SYSTEM_DIR}/`)).toBe(true);
    const postgres = await startPostgres({ home, passwords: newSecrets(), isDurable: false });
    await postgres.stop();
    removeHome(home);
    expect([existsSync(home.serviceDir), existsSync(home.dataDir)]).toEqual([false, false]);
  });

  test.runIf(isRoot)("a moved data folder keeps its database, a copied one gets its own", async () => {
    chmodSync(folder, 0o700);
    const first = await openHome(join(folder, "first"));
    cpSync(first.dataDir, join(folder, "copy"), { recursive: true });
    const copy = await openHome(join(folder, "copy"));
    expect(copy.serviceDir).not.toBe(first.serviceDir);

    renameSync(first.dataDir, join(folder, "moved"));
    const moved = await openHome(join(folder, "moved"));
    expect(moved.serviceDir).toBe(first.serviceDir);
    removeHome(moved);
    removeHome(copy);
  });

  test.runIf(isRoot)("a new data folder in the place of a removed one does not meet the other's database", async () => {
    chmodSync(folder, 0o700);
    const removed = await openHome(join(folder, ".atrium"));
    const postgres = await startPostgres({ home: removed, passwords: newSecrets(), isDurable: false });
    await postgres.stop();
    rmSync(removed.dataDir, { recursive: true });

    const fresh = await openHome(join(folder, ".atrium"));
    const started = await startPostgres({ home: fresh, passwords: newSecrets(), isDurable: false });
    await started.stop();
    removeHome(fresh);
    rmSync(removed.serviceDir, { recursive: true });
  });

  test("an open folder keeps everything in itself", async () => {
    chmodSync(folder, 0o711);
    const home = await openHome(join(folder, ".atrium"));
    expect(home.serviceDir).toBe(home.dataDir);
  });

  test("a folder that cannot be made is named in a sentence", async () => {
    await expect(openHome("/dev/null/atrium")).rejects.toThrow(/--data DIR/);
  });
});

describe("the secrets of a data folder", () => {
  test("are made once, for their owner alone", () => {
    const first = loadSecrets(folder);
    expect(loadSecrets(folder)).toEqual(first);
    expect(statSync(join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
    expect(new Set(Object.values(first)).size).toBe(Object.keys(first).length);
  });

  test("that cannot be read are never replaced in silence", () => {
    mkdirSync(join(folder, "secrets.json"));
    expect(() => loadSecrets(folder)).toThrow(/--reset/);
  });
});

describe("the keys of a data folder", () => {
  test("are made once, for their owner alone", () => {
    const file = keyFile(folder);
    const made = readFileSync(file, "utf8");
    expect(readFileSync(keyFile(folder), "utf8")).toBe(made);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("go with the data, and stay where the database is one of the person's own", async () => {
    const home = await openHome(join(folder, "own"));
    keyFile(home.dataDir);
    removeHome(home, "keys.json");
    expect(existsSync(join(home.dataDir, "keys.json"))).toBe(true);
    removeHome(home);
    expect(existsSync(home.dataDir)).toBe(false);
  });
});

test("a service ends with its launcher, even when the launcher is killed without a word", async () => {
  const launcher = spawn(process.execPath, ["--input-type=module-typescript", "--eval", LAUNCHER], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { NODE_ENV: "test", MODULE: new URL("processes.ts", import.meta.url).href, FOLDER: folder },
  });
  const [printed]: unknown[] = await once(launcher.stdout, "data");
  const pid = Number(String(printed));
  expect(await commandLine(pid)).toBe("sleep 600");
  launcher.kill("SIGKILL");
  expect(await waitUntil(async () => (await commandLine(pid)) === undefined, 5_000)).toBe(true);
});

const LAUNCHER = `
  const { startService } = await import(process.env.MODULE);
  const service = await startService({
    command: "sleep", args: ["600"], logFile: process.env.FOLDER + "/sleep.log", stopSignal: "SIGTERM", graceMs: 1000,
  });
  console.log(service.pid);
`;
