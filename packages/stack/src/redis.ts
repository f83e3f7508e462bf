import { createHash } from "node:crypto";
import { chownSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Redis } from "ioredis";
import { logFile, serviceFolder } from "./home.ts";
import type { Home } from "./home.ts";
import { freePort } from "./ports.ts";
import { lastLogLine, startService, stopLeftover } from "./processes.ts";
import type { Service } from "./processes.ts";
import { findRedisProgram, installRedis } from "./redis-program.ts";
import { startStandIn } from "./redis-stand-in.ts";
import { redisBackend } from "./redis-backend.ts";
import type { RedisServer } from "./redis-backend.ts";
import { explainDisk, StackError } from "./stack-error.ts";
import { waitUntil } from "./wait-until.ts";

export type RedisOptions = {
  readonly home: Home;
  readonly password: string;
  /** false keeps everything in memory, for tests. */
  readonly isDurable?: boolean;
};

/** Starts Redis or Valkey on a free port of 127.0.0.1, installing it first where that is possible, or the stand-in. */
export async function startRedis(options: RedisOptions): Promise<RedisServer> {
  const program = (await findRedisProgram()) ?? (await installRedis());
  if (program === undefined) return startStandIn();
  const folder = serviceFolder(options.home, "redis");
  try {
    await stopLeftoverServer(folder);
    const { service, port } = await startOnFreePort(options, program, folder);
    const client = new Redis({ host: "127.0.0.1", port, password: options.password, maxRetriesPerRequest: 3 });
    // Every command reports its own failure; without a listener ioredis prints each lost connection.
    client.on("error", () => undefined);
    return {
      kind: "server",
      url: `redis://:${encodeURIComponent(options.password)}@127.0.0.1:${String(port)}/0`,
      notice: undefined,
      backend: redisBackend(client),
      exited: service.exited,
      stop: async () => {
        client.disconnect();
        await service.stop();
      },
    };
  } catch (error) {
    throw explainDisk(error, folder);
  }
}

async function startOnFreePort(
  options: RedisOptions,
  program: string,
  folder: string,
): Promise<{ service: Service; port: number }> {
  const log = logFile(options.home, "redis");
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const config = writeConfig(options, folder, port);
    const service = await startService({
      command: program,
      args: [config],
      cwd: folder,
      user: options.home.user,
      logFile: log,
      stopSignal: "SIGTERM",
      graceMs: 10_000,
    });
    const isReady = await waitUntil(async () => !service.isRunning() || (await isAnswering(port, options.password)), 60_000);
    if (isReady && service.isRunning()) return { service, port };
    await service.stop();
    const line = lastLogLine(log);
    if (attempt === 3 || !/bind|in use/i.test(line)) throw notStarting(line, folder);
  }
}

/** The password stands in a file for its owner alone: on the command line every user of the machine could read it. */
function writeConfig(options: RedisOptions, folder: string, port: number): string {
  const { user } = options.home;
  const file = join(folder, "redis.conf");
  const digest = createHash("sha256").update(options.password).digest("hex");
  const lines = [
    `port ${String(port)}`,
    "bind 127.0.0.1",
    `dir ${JSON.stringify(folder)}`,
    `pidfile ${JSON.stringify(join(folder, "redis.pid"))}`,
    "daemonize no",
    'save ""',
    `appendonly ${options.isDurable === false ? "no" : "yes"}`,
    "maxmemory-policy noeviction",
    // Scripts included, nobody can flush, list or reconfigure this server: what the door refuses, Redis refuses as well.
    `user default on #${digest} ~* &* -@all +@read +@write +@scripting +@transaction +@connection +time -@admin -@dangerous +info`,
  ];
  writeFileSync(file, `${lines.join("\n")}\n`, { mode: 0o600 });
  if (user !== undefined) chownSync(file, user.uid, user.gid);
  return file;
}

async function isAnswering(port: number, password: string): Promise<boolean> {
  const client = new Redis({
    host: "127.0.0.1",
    port,
    password,
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.ping();
    return true;
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}

/** Stops the server that a killed launcher left behind under this home, if there is one. */
export async function stopLeftoverRedis(home: Home): Promise<void> {
  await stopLeftoverServer(join(home.serviceDir, "redis"));
}

/** Two servers on one append-only file would destroy it; the left-over one is known by the port in its own title. */
async function stopLeftoverServer(folder: string): Promise<void> {
  const pid = Number(readIfThere(join(folder, "redis.pid")));
  const port = /^port (\d+)$/m.exec(readIfThere(join(folder, "redis.conf")))?.[1];
  if (!Number.isInteger(pid) || pid <= 0 || port === undefined) return;
  const isOurs = (command: string) => /redis|valkey/.test(command) && command.includes(`127.0.0.1:${port}`);
  if (await stopLeftover(pid, isOurs, "SIGTERM")) return;
  throw new StackError(
    "stack/redis-not-starting",
    `An earlier Redis (process ${String(pid)}) still holds ${folder} and does not stop. End that process, then start again.`,
  );
}

function readIfThere(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function notStarting(line: string, folder: string): unknown {
  const explained = explainDisk(new Error(line), folder);
  if (explained instanceof StackError) return explained;
  return new StackError(
    "stack/redis-not-starting",
    `Redis did not come up. It said: "${line}". Mend what it names, or point UPSTASH_REDIS_REST_URL at a Redis of your own.`,
  );
}
