import pg from "pg";

export interface PoolOptions {
  readonly url: string;
  readonly poolMax?: number;
  /** Called when an idle connection breaks; the pool opens another by itself. */
  readonly onConnectionError?: (error: Error) => void;
}

/** The connections of this process. `waitMs`: how long a caller waits for a free one. */
export function openPool({ url, poolMax = 10, onConnectionError }: PoolOptions, waitMs: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolMax,
    connectionTimeoutMillis: waitMs,
    idleTimeoutMillis: 60_000,
    // A transaction whose process stalls must not hold its locks, or its tenant, for ever.
    idle_in_transaction_session_timeout: 60_000,
  });
  pool.on("error", (error) => onConnectionError?.(error));
  pool.on("release", (_error, client) => {
    if (!isAtRest(client)) void client.end();
  });
  return pool;
}

/**
 * A connection that came back inside a transaction would carry one tenant into another's call. The pool asks nobody (its
 * `verify` sees new connections alone), but does not keep one that is being closed. After an error the transaction's state
 * arrives a moment later than the error; until then the connection is not ready, and counts as inside.
 */
function isAtRest(client: pg.PoolClient): boolean {
  return client.getTransactionStatus() === "I" && "readyForQuery" in client && client.readyForQuery === true;
}
