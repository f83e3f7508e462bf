import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addressOver, noteRedis, redisOver, takeDataFolder } from "./instance.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "atrium-instance-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a link from the command line leads to where the Atrium over its data folder runs", () => {
  expect(addressOver(folder)).toBe("http://localhost:3000");
  writeFileSync(join(folder, "launcher.json"), JSON.stringify({ pid: 1, url: "http://localhost:4100/" }));
  expect(addressOver(folder)).toBe("http://localhost:4100");
});

test("the launcher writes down where its Redis is, for its owner alone", async () => {
  const release = await takeDataFolder(folder, "http://localhost:4100");
  noteRedis(folder, "http://127.0.0.1:50123");
  const file = join(folder, "launcher.json");
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ pid: process.pid, url: "http://localhost:4100", redisUrl: "http://127.0.0.1:50123" });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await release();
});

test("a command finds the Redis of a launcher that runs, and trusts nothing that a killed one left", async () => {
  const note = (pid: number | undefined, url = "http://127.0.0.1:50123") => writeFileSync(join(folder, "launcher.json"), JSON.stringify({ pid, url: "http://localhost:3000", redisUrl: url }));
  expect(await redisOver(folder)).toBeUndefined();
  note(spawnSync("true").pid);
  expect(await redisOver(folder)).toBeUndefined();
  // Only the command line tells a launcher from a stranger with its number, so this one looks like one and does nothing.
  const running = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", "apps/cli/src/main.ts"], { stdio: "ignore" });
  await once(running, "spawn");
  note(running.pid);
  expect(await redisOver(folder)).toBe("http://127.0.0.1:50123");
  running.kill();
});
