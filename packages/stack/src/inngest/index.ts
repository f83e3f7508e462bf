/** The local Inngest server, started in this process. `startInngest` of the package's root runs it in one of its own. */
export { startInngestServer } from "./server.ts";
export type { InngestServer } from "./server.ts";
