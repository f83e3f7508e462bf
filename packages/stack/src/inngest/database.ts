/** Transactions, jobs and the lock that keeps a second server off the same database. */
import pg from "pg";
import type { Pool, PoolClient } from "pg";
import type { Job } from "./jobs.ts";

/** A pool or one of its clients: whatever a statement can be sent through. */
export type Sql = Pick<PoolClient, "query">;

/** Runs `work` in one transaction: all of it is committed, or nothing when it throws. */
export async function inTransaction<T>(pool: Pool, work: (tx: PoolClient) => Promise<T>): Promise<T> {
  const tx = await pool.connect();
  let broken: Error | undefined;
  try {
    await tx.query("begin");
    const result = await work(tx);
    await tx.query("commit");
    return result;
  } catch (error) {
    await tx.query("rollback").catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error(String(failure));
    });
    throw error;
  } finally {
    tx.release(broken);
  }
}

export type JobRequest = Job & {
  /** When it is due; now when missing. */
  readonly runAt?: Date;
  /** A later request with the same key replaces this one. */
  readonly key?: string;
};

// A job is only given up by what it finds in the tables, never because the server died under it too often.
const ADD_JOBS = `
select graphile_worker.add_job(
  j->>'task', j->'payload',
  run_at => (j->>'runAt')::timestamptz, max_attempts => 32767, job_key => j->>'key')
from json_array_elements($1::json) as j`;

/** Adds jobs in the transaction of `sql`, so that they exist if and only if the rows they speak of do. */
export async function addJobs(sql: Sql, jobs: readonly JobRequest[]): Promise<void> {
  if (jobs.length > 0) await sql.query(ADD_JOBS, [JSON.stringify(jobs)]);
}

export async function removeJob(sql: Sql, key: string): Promise<void> {
  await sql.query("select graphile_worker.remove_job($1)", [key]);
}

const LOCK_NAME = "atrium local inngest server";
const LOCK_TIMEOUT_MS = 2_000;

/**
 * Holds the database for this server as long as the connection lives. After `kill -9` PostgreSQL needs a moment to
 * notice, hence the patience.
 * @param onLost called when the connection breaks, after which another server could start: stop at once
 */
export async function lockDatabase(databaseUrl: string, onLost: (error: Error) => void): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: "inngest-lock" });
  await client.connect();
  let isLeaving = false;
  client.on("error", (error) => {
    if (!isLeaving) onLost(error);
  });
  try {
    await client.query(`set lock_timeout = ${String(LOCK_TIMEOUT_MS)}`);
    await client.query("select pg_advisory_lock(hashtext($1))", [LOCK_NAME]);
  } catch (error) {
    await client.end();
    throw new Error("Another Inngest server is using this database. Stop it, or give this one a database of its own.", { cause: error });
  }
  return () => {
    isLeaving = true;
    return client.end();
  };
}
