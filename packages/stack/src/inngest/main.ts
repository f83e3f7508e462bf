/**
 * The local Inngest server as a process of its own. It tells its parent (over IPC, when there is one) its address as
 * `{ type: "ready", url, port }`, leaves gracefully on SIGTERM, SIGINT or when the parent goes, and exits with 1 when
 * it cannot go on.
 */
import type { Log } from "./context.ts";
import { readInngestEnv } from "./env.ts";
import { startInngestServer } from "./server.ts";

/** One line of JSON an entry; errors are written with their stack. */
function write(level: string, fields: object, message: string): void {
  const plain = Object.entries(fields).map(([key, value]: [string, unknown]) => [key, value instanceof Error ? value.stack : value]);
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, name: "inngest", message, ...Object.fromEntries(plain) })}\n`);
}

const log: Log = {
  debug: () => undefined,
  info: (fields, message) => write("info", fields, message),
  warn: (fields, message) => write("warn", fields, message),
  error: (fields, message) => write("error", fields, message),
};

async function main(): Promise<void> {
  const env = readInngestEnv();
  // Listened for from the first moment, so that a parent that goes during the start is noticed.
  const leave = new Promise<"asked">((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT", "disconnect"]) process.once(signal, () => resolve("asked"));
  });
  const server = await startInngestServer({
    databaseUrl: env.INNGEST_DATABASE_URL,
    signingKey: env.INNGEST_SIGNING_KEY,
    eventKey: env.INNGEST_EVENT_KEY,
    port: env.INNGEST_PORT,
    retentionDays: env.INNGEST_RETENTION_DAYS,
    ...(env.INNGEST_APP_URL !== undefined && { appUrl: env.INNGEST_APP_URL }),
    ...(env.INNGEST_RETRY_INTERVAL_MS !== undefined && { retryIntervalMs: env.INNGEST_RETRY_INTERVAL_MS }),
    log,
  });
  process.send?.({ type: "ready", url: server.url, port: server.port });
  const reason = await Promise.race([leave, server.failed]);
  if (reason !== "asked") {
    log.error({ err: reason }, "The local Inngest server cannot go on");
    process.exit(1);
  }
  await server.stop();
  process.exit(0);
}

main().catch((error: unknown) => {
  log.error({ err: error }, error instanceof Error ? error.message : String(error));
  process.exit(1);
});
