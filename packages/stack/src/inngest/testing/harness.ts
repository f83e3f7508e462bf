/** For the tests of this folder: a real PostgreSQL, the real SDK served over loopback, and the server in or out of process. */
import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import { fileURLToPath } from "node:url";
import { Inngest } from "inngest";
import type { InngestFunction } from "inngest";
import { serve } from "inngest/node";
import pg from "pg";
import { z } from "zod";
import { removeHome } from "../../home.ts";
import { startPostgres } from "../../postgres.ts";
import { newSecrets } from "../../secrets.ts";
import { temporaryHome } from "../../testing.ts";
import { waitUntil } from "../../wait-until.ts";
import type { Log } from "../context.ts";
import { startInngestServer } from "../server.ts";
import type { InngestServer } from "../server.ts";

export const SIGNING_KEY = randomBytes(32).toString("hex");
export const EVENT_KEY = randomBytes(24).toString("hex");
export const KEYS = { signingKey: SIGNING_KEY, eventKey: EVENT_KEY };
/** Back-off in the tests, in milliseconds. */
export const RETRY_MS = 20;

export const silentLog: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

export type JobsDatabase = { readonly url: string; readonly pool: pg.Pool; stop(): Promise<void> };

/** The job server's own database, spoken to as the role it has in the stack. */
export async function startJobsDatabase(): Promise<JobsDatabase> {
  const home = await temporaryHome();
  const postgres = await startPostgres({ home, passwords: newSecrets(), isDurable: false });
  const pool = new pg.Pool({ connectionString: postgres.jobsUrl });
  // A connection that is still closing hears of the database's end.
  const ignore = () => undefined;
  pool.on("error", ignore);
  pool.on("connect", (connected) => connected.on("error", ignore));
  return {
    url: postgres.jobsUrl,
    pool,
    stop: async () => {
      await pool.end();
      await postgres.stop();
      removeHome(home);
    },
  };
}

/** A client as the app has it: cloud mode, pointed at a local server. */
export function makeClient(baseUrl: string, keys: Partial<typeof KEYS> = {}, id = "app"): Inngest {
  return new Inngest({ id, baseUrl, ...KEYS, ...keys, isDev: false, logger: silentLog, internalLogger: silentLog });
}

export type App = { readonly serveUrl: string; stop(): Promise<void> };

/** Serves functions with the SDK's own handler. */
export async function serveApp(client: Inngest, functions: InngestFunction.Any[], port = 0): Promise<App> {
  const server = http.createServer(serve({ client, functions }));
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = z.object({ port: z.number() }).parse(server.address());
  return {
    serveUrl: `http://127.0.0.1:${String(address.port)}/api/inngest`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type Bench = { readonly database: JobsDatabase; readonly server: InngestServer; readonly client: Inngest; stop(): Promise<void> };

/** A database, a server in this process, and an app whose functions are registered with it. */
export async function startBench(functionsOf: (client: Inngest) => InngestFunction.Any[]): Promise<Bench> {
  const database = await startJobsDatabase();
  const server = await startInngestServer({ databaseUrl: database.url, ...KEYS, retryIntervalMs: RETRY_MS, log: silentLog });
  const client = makeClient(server.url);
  const app = await serveApp(client, functionsOf(client));
  const synced = await server.syncApp(app.serveUrl);
  if (!synced.ok) throw new Error(synced.error);
  return {
    database,
    server,
    client,
    stop: async () => {
      await server.stop();
      await app.stop();
      await database.stop();
    },
  };
}

/** The payload of an event; these tests send what they like, without schemas. */
export function dataOf(event: { readonly data?: unknown } | null): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(event?.data);
}

/** What the functions' bodies did, in order. */
export class Diary {
  readonly entries: string[] = [];
  write(entry: string): void {
    this.entries.push(entry);
  }
  count(entry: string): number {
    return this.entries.filter((written) => written === entry).length;
  }
  startingWith(prefix: string): string[] {
    return this.entries.filter((written) => written.startsWith(prefix));
  }
}

/** Gates that a test opens and a function's body waits at. */
export class Gates {
  readonly #gates = new Map<string, PromiseWithResolvers<unknown>>();
  #gate(name: string): PromiseWithResolvers<unknown> {
    const gate = this.#gates.get(name) ?? Promise.withResolvers<unknown>();
    this.#gates.set(name, gate);
    return gate;
  }
  open(name: string): void {
    this.#gate(name).resolve(undefined);
  }
  pass(name: string): Promise<unknown> {
    return this.#gate(name).promise;
  }
}

/** What a run that completed with `data` looks like. */
export const completed = (data: unknown): { status: string; result: unknown } => ({ status: "completed", result: { data } });

/** The first run of a function, when it has ended. */
export async function endedRun(database: JobsDatabase, functionId: string): Promise<{ status: string; result: unknown }> {
  const [run] = await endedRuns(database, functionId);
  return { status: run?.status ?? "", result: run?.result };
}

export type ServerProcess = { readonly url: string; readonly port: number; readonly exited: Promise<number | null>; kill(signal: NodeJS.Signals): Promise<number | null>; disconnect(): Promise<number | null> };

const Ready = z.object({ type: z.literal("ready"), url: z.string(), port: z.number() });

/** The server as the launcher starts it, so that it can be killed alone. */
export async function startServerProcess(databaseUrl: string, port = 0): Promise<ServerProcess> {
  const child = fork(fileURLToPath(new URL("../main.ts", import.meta.url)), {
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: {
      NODE_ENV: "test",
      INNGEST_DATABASE_URL: databaseUrl,
      INNGEST_SIGNING_KEY: SIGNING_KEY,
      INNGEST_EVENT_KEY: EVENT_KEY,
      INNGEST_PORT: String(port),
      INNGEST_RETRY_INTERVAL_MS: String(RETRY_MS),
    },
  });
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const ready = await Promise.race([once(child, "message").then(([message]: unknown[]) => Ready.parse(message)), exited]);
  if (ready === null || typeof ready === "number") throw new Error(`The server process left before it was ready (${String(ready)}).`);
  return {
    url: ready.url,
    port: ready.port,
    exited,
    kill: (signal) => {
      child.kill(signal);
      return exited;
    },
    disconnect: () => {
      child.disconnect();
      return exited;
    },
  };
}

/** Waits for a condition that no event announces, e.g. a row; says what did not come true. */
export async function until(what: string, check: () => boolean | Promise<boolean>, timeoutMs = 15_000): Promise<void> {
  if (!(await waitUntil(check, timeoutMs, 5))) throw new Error(`Waited in vain for: ${what}`);
}

export type EndedRun = { readonly id: string; readonly status: string; readonly result: unknown };

const EndedRuns = z.array(z.object({ id: z.string(), status: z.string(), result: z.unknown() }));

/** The runs of a function, ended or not, in the order they started. */
export async function runsOf(database: JobsDatabase, functionId: string): Promise<EndedRun[]> {
  const { rows } = await database.pool.query("select id, status, result from inngest.runs where function_id = $1 order by started_at, id", [`app-${functionId}`]);
  return EndedRuns.parse(rows);
}

/** Waits until a function has `count` runs and none is running. */
export async function endedRuns(database: JobsDatabase, functionId: string, count = 1): Promise<EndedRun[]> {
  let runs: EndedRun[] = [];
  await until(`${String(count)} ended runs of ${functionId}`, async () => {
    runs = await runsOf(database, functionId);
    return runs.length >= count && runs.every(({ status }) => status !== "running");
  });
  return runs;
}

/** Waits until nothing is due and nothing is being worked on: whatever had to happen now, has. */
export function settled(database: JobsDatabase): Promise<void> {
  return until("an idle queue", async () => {
    const { rowCount } = await database.pool.query("select from graphile_worker.jobs where attempts < max_attempts and (locked_at is not null or run_at <= now() or run_at > '9000-01-01')");
    return rowCount === 0;
  });
}
