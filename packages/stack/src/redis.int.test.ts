import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { removeHome } from "./home.ts";
import { commandLine } from "./processes.ts";
import { startRedis } from "./redis.ts";
import { temporaryHome } from "./testing.ts";

const password = "a-password-for-tests";

test("what was written is there after a restart, and a left-over server is stopped first", async () => {
  const home = await temporaryHome();
  const first = await startRedis({ home, password });
  await first.backend.pipeline([["SET", "kept", "7"]]);
  const pid = Number(readFileSync(join(home.serviceDir, "redis", "redis.pid"), "utf8"));

  const second = await startRedis({ home, password });
  await first.exited;
  expect(await commandLine(pid)).toBeUndefined();
  expect(await second.backend.pipeline([["GET", "kept"]])).toEqual([{ result: "7" }]);
  await first.stop();
  await second.stop();
  removeHome(home);
});

test("the server answers nobody without its password, which stands on no command line", async () => {
  const home = await temporaryHome();
  const redis = await startRedis({ home, password, isDurable: false });
  const url = new URL(redis.url ?? "");
  const pid = Number(readFileSync(join(home.serviceDir, "redis", "redis.pid"), "utf8"));
  expect(await commandLine(pid)).not.toContain(password);

  const stranger = new Redis({ host: url.hostname, port: Number(url.port), lazyConnect: true, enableReadyCheck: false });
  await expect(stranger.get("anything")).rejects.toThrow(/NOAUTH/);
  stranger.disconnect();
  await redis.stop();
  removeHome(home);
});
