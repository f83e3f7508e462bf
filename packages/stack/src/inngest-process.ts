import { fileURLToPath } from "node:url";
import { z } from "zod";
import { logFile } from "./home.ts";
import type { Home } from "./home.ts";
import { lastLogLine, startService } from "./processes.ts";
import { StackError } from "./stack-error.ts";

export type InngestProcessOptions = {
  readonly home: Home;
  /** The job server's own database. */
  readonly databaseUrl: string;
  readonly signingKey: string;
  readonly eventKey: string;
  /** Where the app answers, e.g. http://127.0.0.1:3000/api/inngest. */
  readonly appUrl: string;
  /** The port to listen on; a server that is started again keeps its address this way. */
  readonly port: number;
};

export type InngestProcess = {
  readonly url: string;
  readonly exited: Promise<string>;
  readonly stop: () => Promise<void>;
};

const Ready = z.object({ type: z.literal("ready"), url: z.string() });

/** Starts the local Inngest server as a process of its own, so that a busy payroll run slows nothing else down. */
export async function startInngest(options: InngestProcessOptions): Promise<InngestProcess> {
  const log = logFile(options.home, "inngest");
  const ready = Promise.withResolvers<string>();
  const service = await startService({
    command: process.execPath,
    args: [fileURLToPath(new URL("inngest/main.ts", import.meta.url))],
    env: {
      INNGEST_DATABASE_URL: options.databaseUrl,
      INNGEST_SIGNING_KEY: options.signingKey,
      INNGEST_EVENT_KEY: options.eventKey,
      INNGEST_APP_URL: options.appUrl,
      INNGEST_PORT: String(options.port),
    },
    logFile: log,
    stopSignal: "SIGTERM",
    graceMs: 10_000,
    onMessage: (message) => {
      const parsed = Ready.safeParse(message);
      if (parsed.success) ready.resolve(parsed.data.url);
    },
  });
  const url = await Promise.race([ready.promise, service.exited.then(() => undefined)]);
  if (url !== undefined) return { url, exited: service.exited, stop: service.stop };
  throw new StackError("stack/inngest-not-starting", `The job server did not come up. It said: "${lastLogLine(log)}". The whole log is ${log}.`);
}
