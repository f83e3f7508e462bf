import { pino } from "pino";
import type { Logger } from "pino";
import type { LogLevel } from "./env.ts";

export type { Logger } from "pino";

/** Never in a line: what could open a door or tell what somebody earns. Payloads are not logged at all. */
const redacted = ["password", "*.password", "token", "*.token", "authorization", "*.authorization", "cookie", "*.cookie", "pan", "*.pan"];

/** One JSON line an event, on standard output. */
export function createLogger(level: LogLevel): Logger {
  return pino({ level, base: undefined, redact: { paths: redacted, censor: "…" }, timestamp: pino.stdTimeFunctions.isoTime });
}
