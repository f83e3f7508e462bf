/**
 * The local Inngest server: the server side of the Inngest SDK's protocol for one machine, durable in PostgreSQL.
 * The app speaks to it exactly as to `inngest dev`, a self-hosted Inngest or Inngest Cloud.
 */
import { once } from "node:events";
import type http from "node:http";
import pg from "pg";
import type { InngestKeys, InngestSettings, Log, ServerContext } from "./context.ts";
import { lockDatabase } from "./database.ts";
import { Gate } from "./gate.ts";
import { createHttpServer } from "./http.ts";
import { prepareDatabase } from "./maintenance.ts";
import { loadRegistry } from "./registry.ts";
import { syncApp } from "./sync.ts";
import type { SyncResult } from "./sync.ts";
import { startWorker, workerLogger } from "./worker.ts";

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

export type InngestOptions = InngestKeys &
  Partial<InngestSettings> & {
    /** A database of its own; the tables are made at the start. */
    readonly databaseUrl: string;
    /** 0, or missing, picks a free one. */
    readonly port?: number;
    readonly host?: string;
    /** Where the app serves its functions, for `syncApp()` without an argument. */
    readonly appUrl?: string;
    readonly log: Log;
  };

export type InngestServer = {
  readonly url: string;
  readonly port: number;
  /** Settles when the server can no longer work, e.g. because its database went away. Stop it then. */
  readonly failed: Promise<Error>;
  syncApp(serveUrl?: string): Promise<SyncResult>;
  /** Lets calls that are under way finish for a few seconds; what is not finished is done by the next server. */
  stop(): Promise<void>;
};

export async function startInngestServer(options: InngestOptions): Promise<InngestServer> {
  const { host = "127.0.0.1", log, signingKey, eventKey } = options;
  if (!LOOPBACK.has(host)) throw new Error(`The local Inngest server serves one machine only and cannot listen on ${host}.`);
  const settings = { workers: options.workers ?? 10, retryIntervalMs: options.retryIntervalMs, retentionDays: options.retentionDays ?? 14 };
  const { promise: failed, resolve: fail } = Promise.withResolvers<Error>();
  // What was opened is closed in the opposite order, at the stop as well as when the start fails half-way.
  const open = new AsyncDisposableStack();
  try {
    open.defer(await lockDatabase(options.databaseUrl, fail));
    const pool = openPool(options.databaseUrl, settings.workers, log);
    open.defer(() => pool.end());
    await prepareDatabase(pool, workerLogger(log));
    const registry = await loadRegistry(pool);
    const ctx: ServerContext = { pool, log, settings, registry, keys: { signingKey, eventKey }, gate: new Gate(), fail };
    const server = createHttpServer(ctx);
    const port = await listen(server, options.port ?? 0, host);
    open.defer(() => {
      server.close();
      server.closeAllConnections();
    });
    const runner = await startWorker(ctx);
    runner.promise.catch(fail);
    // Steps that are finishing may still send events, so the loop ends before the door closes.
    open.defer(() => runner.stop());
    const url = `http://${host}:${String(port)}`;
    log.info({ url }, "The local Inngest server is ready");
    return {
      url,
      port,
      failed,
      syncApp: (serveUrl = options.appUrl) => (serveUrl === undefined ? notConfigured() : syncApp(serveUrl, signingKey)),
      stop: () => open.disposeAsync(),
    };
  } catch (error) {
    await open.disposeAsync();
    throw error;
  }
}

function openPool(databaseUrl: string, workers: number, log: Log): pg.Pool {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: workers + 5, application_name: "inngest" });
  const onBroken = (error: Error) => {
    log.warn({ err: error }, "A connection to the database broke");
  };
  pool.on("error", onBroken);
  pool.on("connect", (client) => client.on("error", onBroken));
  return pool;
}

function notConfigured(): Promise<SyncResult> {
  return Promise.resolve({ ok: false, isReachable: false, error: "The address of the app is not known." });
}

async function listen(server: http.Server, port: number, host: string): Promise<number> {
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address.port;
}
