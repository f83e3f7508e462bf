import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findRunningPostgres, loadSecrets, openHome, removeHome } from "@atrium/stack";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { environment, withoutServices } from "./env.ts";
import { takeDataFolder } from "./instance.ts";
import { Lifetime } from "./lifetime.ts";
import { keepRunning } from "./supervise.ts";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
let folder: string;
let dataDir: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "atrium-test-"));
  chmodSync(folder, 0o711);
  dataDir = join(folder, "data");
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the command line as a person would. */
async function atrium(...args: string[]): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, [main, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { NODE_ENV: "test", ...environment(withoutServices) },
  });
  let said = "";
  child.stdout.on("data", (data) => (said += String(data)));
  child.stderr.on("data", (data) => (said += String(data)));
  const [code]: unknown[] = await once(child, "close");
  return { code: Number(code), said };
}

describe("what stops a start is said in one sentence, and nothing is left behind", () => {
  test("a taken port", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const { code, said } = await atrium("start", "--data", dataDir, "--port", String(port));
    other.close();
    expect(code).toBe(1);
    expect(said.trim()).toBe(
      `Port ${port} is taken by another program, so Atrium cannot answer there. ` +
        `End that program, or choose another port: npm start -- --port ${port + 1}`,
    );
    expect(existsSync(dataDir)).toBe(false);
  });

  test("a start that is already running on the same folder", async () => {
    // Only the command line tells a launcher from a stranger with its number, so this one looks like one and does nothing.
    const running = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", "apps/cli/src/main.ts"], { stdio: "ignore" });
    await once(running, "spawn");
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, "launcher.json"), JSON.stringify({ pid: running.pid, url: "http://localhost:3000" }));
    const { code, said } = await atrium("migrate", "--data", dataDir);
    running.kill();
    expect(code).toBe(1);
    expect(said).toContain(`already running on ${dataDir} (process ${String(running.pid)}, http://localhost:3000)`);
  });

  test("a folder that cannot be written", async () => {
    const { code, said } = await atrium("migrate", "--data", "/dev/null/data");
    expect(code).toBe(1);
    expect(said.trim()).toMatch(/^\/dev\/null\/data cannot be written by this user .* --data DIR\.$/);
  });

  test("a reset that nobody confirmed", async () => {
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, "secrets.json"), "{}");
    const { code, said } = await atrium("start", "--data", dataDir, "--reset", "--port", "65533");
    expect(code).toBe(1);
    expect(said).toContain("--reset --yes");
    expect(readdirSync(dataDir)).toEqual(["secrets.json"]);
  });

  test("a setting that is wrong", async () => {
    const child = spawnSync(process.execPath, [main, "migrate", "--data", dataDir], {
      env: { NODE_ENV: "test", ...environment({ ...withoutServices, ATRIUM_DEMO_PASSWORD: "short" }) },
      encoding: "utf8",
    });
    expect(child.status).toBe(1);
    expect(child.stderr).toMatch(/^\s*ATRIUM_DEMO_PASSWORD must have at least 12 characters/);
  });

  const canMount = process.getuid?.() === 0 && spawnSync("unshare", ["--mount", "true"]).status === 0;

  test.runIf(canMount)("a full disk", async () => {
    mkdirSync(dataDir);
    // The small disk exists in a mount namespace of its own, so nothing has to be unmounted whatever happens.
    const script = 'mount -t tmpfs -o size=12m,mode=711 tmpfs "$1" && shift && "$@"; code=$?; ls "$0/postgres"; exit $code';
    const child = spawnSync("unshare", ["--mount", "sh", "-c", script, dataDir, dataDir, process.execPath, main, "migrate", "--data", dataDir], {
      env: { NODE_ENV: "test", ...environment(withoutServices) },
      encoding: "utf8",
    });
    expect(child.status).toBe(1);
    expect(child.stderr.trim()).toMatch(/^The disk that holds .* is full\. Free some space there, or choose a folder on another disk with --data DIR\.$/);
    expect(child.stdout.trim()).toBe("");
  });
});

describe("the data folder", () => {
  test("of a killed launcher is taken over", async () => {
    mkdirSync(dataDir);
    const dead = spawnSync("true").pid;
    writeFileSync(join(dataDir, "launcher.json"), JSON.stringify({ pid: dead, url: "" }));
    const giveBack = await takeDataFolder(dataDir, "http://localhost:1");
    expect(JSON.parse(readFileSync(join(dataDir, "launcher.json"), "utf8"))).toEqual({ pid: process.pid, url: "http://localhost:1" });
    await giveBack();
    expect(readdirSync(dataDir)).toEqual([]);
  });

  test("is migrated by a command alone, again without harm, and no server stays", async () => {
    const first = await atrium("migrate", "--data", dataDir);
    expect(first).toMatchObject({ code: 0, said: expect.stringMatching(/migrations .* applied/) });
    expect(await atrium("migrate", "--data", dataDir)).toMatchObject({ code: 0, said: expect.stringContaining("up to date") });
    const home = await openHome(dataDir);
    expect(await findRunningPostgres(home, loadSecrets(dataDir))).toBeUndefined();
    removeHome(home);
    expect(existsSync(dataDir)).toBe(false);
  });
});

test("a process that dies is started again until the end is asked for, and then stopped", async () => {
  const lifetime = new Lifetime();
  const deaths: ((how: string) => void)[] = [];
  const startedTwice = Promise.withResolvers<undefined>();
  let stopped = 0;
  await keepRunning("the sample", "no log", lifetime, async () => {
    const exited = Promise.withResolvers<string>();
    if (deaths.push(exited.resolve) === 2) startedTwice.resolve(undefined);
    return { exited: exited.promise, stop: async () => void (stopped += 1) };
  });
  deaths[0]?.("exit code 1");
  await startedTwice.promise;
  await lifetime.close();
  expect({ starts: deaths.length, stopped }).toEqual({ starts: 2, stopped: 1 });
});
