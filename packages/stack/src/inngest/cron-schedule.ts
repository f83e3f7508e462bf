/** Functions on a schedule: each cron trigger has one job in the queue, for its next tick. */
import { nextTick } from "./cron-expression.ts";
import { addJobs } from "./database.ts";
import type { JobRequest, Sql } from "./database.ts";
import type { FunctionConfig } from "./function-config.ts";

/** Orders the next tick of every cron trigger that has none ordered; one that is there stays, also when it is overdue. */
export async function scheduleCrons(sql: Sql, functions: readonly FunctionConfig[]): Promise<void> {
  const ticks = functions.flatMap(({ id, triggers }) => triggers.flatMap((trigger) => ("cron" in trigger ? tickJob(id, trigger.cron) : [])));
  const keys = ticks.map(({ key }) => key);
  const { rows } = await sql.query<{ key: string }>("select key from graphile_worker.jobs where key = any($1::text[])", [keys]);
  const ordered = new Set(rows.map(({ key }) => key));
  await addJobs(sql, ticks.filter(({ key }) => !ordered.has(key)));
}

/** The job of a trigger's next tick; none when the expression never comes true again. */
export function tickJob(functionId: string, cron: string): (JobRequest & { key: string })[] {
  const runAt = nextTick(cron);
  if (runAt === undefined) return [];
  return [{ task: "tick-cron", payload: { functionId, cron, scheduledAt: runAt.toISOString() }, runAt, key: `cron:${functionId}:${cron}` }];
}
