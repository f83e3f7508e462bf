/** The local Inngest server, to be started in this process or (so that it can be stopped alone) in one of its own. */
import { fileURLToPath } from "node:url";

export { startInngestServer } from "./server.ts";
export type { InngestOptions, InngestServer } from "./server.ts";
export { syncApp } from "./sync.ts";
export type { SyncResult } from "./sync.ts";
export type { InngestHealth } from "./maintenance.ts";

/** The script to fork; `env.ts` beside it lists its variables. It sends `{ type: "ready", url, port }` when it is up. */
export const INNGEST_SCRIPT = fileURLToPath(new URL("main.ts", import.meta.url));
