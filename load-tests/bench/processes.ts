/* The processes that the benchmarks of the limiter start: Redis behind its REST door, and small builds of Next. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { freePort, lastLogLine, startService, waitUntil } from "@atrium/stack";
import { NEXT } from "../../apps/cli/src/build.ts";
import { command } from "../../apps/cli/src/commands.ts";
import { environment, withoutSecrets } from "../../apps/cli/src/env.ts";

export interface RestDoor {
  readonly url: string;
  readonly token: string;
  /** So many REST calls have come through it. */
  readonly calls: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

/** Opens Redis and its REST door in a process of their own. */
export async function openRestDoor(): Promise<RestDoor> {
  const child = fork(fileURLToPath(new URL("rest-door.ts", import.meta.url)));
  const gone = once(child, "exit").then(() => undefined);
  const said = async (): Promise<Record<string, unknown>> => {
    const message = await Promise.race([once(child, "message").then(([first]: unknown[]) => first), gone]);
    return typeof message === "object" && message !== null ? { ...message } : {};
  };
  const { url, token } = await said();
  return {
    url: String(url),
    token: String(token),
    calls: async () => {
      const answer = said();
      child.send("how many");
      return Number((await answer)["calls"]);
    },
    stop: async () => {
      child.disconnect();
      await gone;
    },
  };
}

export type SmallApp = "gated" | "open";
const folderOf = (app: SmallApp): string => fileURLToPath(new URL(`limiter-app/${app}`, import.meta.url));

/** Builds one of the small apps as the real one is built. */
export async function build(app: SmallApp): Promise<void> {
  const env = { ...withoutSecrets(), NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  const { isOk, output } = await command("node", [NEXT, "build"], { cwd: folderOf(app), env });
  if (!isOk) throw new Error(`The small app could not be built:\n${output}`);
}

export interface Served {
  readonly origin: string;
  readonly pid: number;
  /** Asks it to finish and leave. */
  readonly stop: () => Promise<void>;
  /** Ends it as a crash would. */
  readonly kill: () => Promise<void>;
}

/** Serves what was built, in a process of its own, as the launcher serves the real app. */
export async function serve(app: SmallApp, variables: Readonly<Record<string, string>>): Promise<Served> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const logFile = path.join(tmpdir(), `atrium-bench-${app}-${port}.log`);
  const service = await startService({
    command: process.execPath,
    args: [NEXT, "start", "-H", "127.0.0.1", "-p", String(port)],
    cwd: folderOf(app),
    env: environment({ ...variables, ATRIUM_URL: origin, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" }),
    logFile,
    stopSignal: "SIGTERM",
    graceMs: 5_000,
  });
  const isAnswering = async () => fetch(`${origin}/api/none`).then(() => true, () => false);
  const isUp = await waitUntil(async () => !service.isRunning() || (await isAnswering()), 30_000, 50);
  if (!isUp || !service.isRunning()) throw new Error(`The small app did not come up: ${lastLogLine(logFile)}`);
  return {
    origin,
    pid: service.pid,
    stop: async () => {
      await service.stop();
      rmSync(logFile, { force: true });
    },
    kill: async () => {
      process.kill(-service.pid, "SIGKILL");
      await service.exited;
    },
  };
}
