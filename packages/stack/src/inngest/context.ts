/** What every part of the local Inngest server is handed: the database, the log, the functions and the settings. */
import type { Pool } from "pg";
import type { Gate } from "./gate.ts";
import type { Registry } from "./registry.ts";

/** The part of pino's interface that is used here, so that a pino logger can be passed in as it is. */
export type Log = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

export type InngestKeys = {
  readonly signingKey: string;
  readonly eventKey: string;
};

export type InngestSettings = {
  /** How many calls to the app run at the same moment, over all functions. */
  readonly workers: number;
  /** Milliseconds before a failed call is repeated; undefined means Inngest's own growing table. */
  readonly retryIntervalMs: number | undefined;
  /** Ended runs and old events are deleted after so many days. */
  readonly retentionDays: number;
};

export type ServerContext = {
  readonly pool: Pool;
  readonly log: Log;
  readonly keys: InngestKeys;
  readonly settings: InngestSettings;
  readonly registry: Registry;
  readonly gate: Gate;
  /** Tells that the server cannot go on and should be started anew. */
  readonly fail: (error: Error) => void;
};
