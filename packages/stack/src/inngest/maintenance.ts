/** Around the work itself: recovery at the start, pruning every hour, and the figures for health checks. */
import { makeWorkerUtils } from "graphile-worker";
import type { Logger } from "graphile-worker";
import type { Pool } from "pg";
import { PARKED_UNTIL } from "./calls.ts";
import { addJobs, inTransaction } from "./database.ts";
import type { ServerContext } from "./context.ts";
import { SCHEMA_SQL } from "./schema.ts";

/**
 * Makes the tables, then takes over what a dead server left: its locks (graphile-worker would honour them for four
 * hours), the calls that were parked in its memory's line, and jobs it had replaced but not removed.
 * The caller holds the database's lock, so every worker named in a lock is dead.
 */
export async function prepareDatabase(pool: Pool, logger: Logger): Promise<void> {
  await inTransaction(pool, async (tx) => {
    await tx.query(SCHEMA_SQL);
  });
  const utils = await makeWorkerUtils({ pgPool: pool, logger });
  try {
    await utils.migrate();
    const locked = await pool.query<{ locked_by: string }>("select distinct locked_by from graphile_worker.jobs where locked_by is not null");
    await utils.forceUnlockWorkers(locked.rows.map((row) => row.locked_by));
    const parked = await pool.query<{ id: string }>("select id::text from graphile_worker.jobs where run_at = $1 order by id", [PARKED_UNTIL]);
    await utils.rescheduleJobs(parked.rows.map(({ id }) => id), { runAt: new Date() });
    await utils.cleanup({ tasks: ["DELETE_PERMAFAILED_JOBS"] });
  } finally {
    await utils.release();
  }
  await addJobs(pool, [{ task: "prune", payload: {}, key: "prune" }]);
}

const PRUNE_EVERY_MS = 3_600_000;

/** Deletes ended runs, routed events and expired claims, and orders the next pruning. */
export async function prune(ctx: ServerContext): Promise<void> {
  const days = ctx.settings.retentionDays;
  await inTransaction(ctx.pool, async (tx) => {
    await tx.query("delete from inngest.runs where ended_at < now() - make_interval(days => $1)", [days]);
    await tx.query("delete from inngest.events where routed_at is not null and received_at < now() - make_interval(days => $1)", [days]);
    await tx.query("delete from inngest.claims where expires_at < now()");
    await addJobs(tx, [{ task: "prune", payload: {}, key: "prune", runAt: new Date(Date.now() + PRUNE_EVERY_MS) }]);
  });
}

export type InngestHealth = {
  readonly ok: true;
  /** Jobs that are due, or parked for a place, and not being worked on. */
  readonly queueDepth: number;
  /** How long the oldest of them has waited, in milliseconds; 0 when none waits. */
  readonly oldestWaitingMs: number;
};

const HEALTH_SQL = `
select count(*)::int as depth,
  coalesce(extract(epoch from now() - min(least(run_at, greatest(updated_at, created_at)))) * 1000, 0)::float8 as oldest
from graphile_worker.jobs
where locked_at is null and attempts < max_attempts and (run_at <= now() or run_at = $1)`;

export async function readHealth(pool: Pool): Promise<InngestHealth> {
  const { rows } = await pool.query<{ depth: number; oldest: number }>(HEALTH_SQL, [PARKED_UNTIL]);
  return { ok: true, queueDepth: rows[0]?.depth ?? 0, oldestWaitingMs: Math.max(0, Math.round(rows[0]?.oldest ?? 0)) };
}
