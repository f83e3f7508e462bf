import { lastLogLine, logFile, startService, syncApp, waitUntil } from "@atrium/stack";
import type { Home } from "@atrium/stack";
import { NEXT } from "./build.ts";
import { environment } from "./env.ts";
import type { Lifetime } from "./lifetime.ts";
import { inRoot } from "./paths.ts";
import { Refusal } from "./report.ts";
import { keepRunning } from "./supervise.ts";
import type { Running } from "./supervise.ts";

export type WebMode = "start" | "dev";

export type WebOptions = {
  readonly mode: WebMode;
  readonly port: number;
  readonly home: Home;
  readonly lifetime: Lifetime;
  /** The variables the application reads, beside those of the terminal. */
  readonly variables: Readonly<Record<string, string | undefined>>;
};

const READY_TIMEOUT_MS = 120_000;

/** Starts the web application and keeps it running; resolves when it answers. */
export async function runWeb(options: WebOptions): Promise<void> {
  const log = logFile(options.home, "web");
  await keepRunning("the web application", log, options.lifetime, () => startOnce(options, log));
}

/** Tells the job server which functions the application has, by asking the application to say so itself. */
export async function registerJobs(port: number, signingKey: string): Promise<void> {
  const result = await syncApp(`${address(port)}/api/inngest`, signingKey);
  if (!result.ok) throw new Refusal(`The application's jobs could not be registered: ${result.error}`);
}

async function startOnce({ mode, port, variables, lifetime }: WebOptions, log: string): Promise<Running> {
  const service = await startService({
    command: process.execPath,
    args: [NEXT, mode, "-H", "127.0.0.1", "-p", String(port)],
    cwd: inRoot("apps", "web"),
    env: environment({ ...variables, NODE_ENV: mode === "start" ? "production" : "development", NEXT_TELEMETRY_DISABLED: "1" }),
    // A developer reads along; otherwise the start's own few lines are what a person should see.
    logFile: mode === "dev" ? undefined : log,
    stopSignal: "SIGTERM",
    graceMs: 10_000,
  });
  const isSettled = await waitUntil(
    async () => lifetime.signal.aborted || !service.isRunning() || (await isAnswering(port)),
    READY_TIMEOUT_MS,
    50,
  );
  if (isSettled && service.isRunning() && !lifetime.signal.aborted) return service;
  await service.stop();
  lifetime.signal.throwIfAborted();
  throw new Refusal(`The web application did not come up. It said: "${lastLogLine(log)}". The whole log is ${log}.`);
}

async function isAnswering(port: number): Promise<boolean> {
  try {
    return (await fetch(`${address(port)}/api/health`, { signal: AbortSignal.timeout(30_000) })).ok;
  } catch {
    return false;
  }
}

const address = (port: number) => `http://127.0.0.1:${port}`;
