/** Functions on a schedule: one job a trigger, which starts the run and orders the next tick in the same transaction. */
import { addJobs, inTransaction } from "./database.ts";
import type { JobRequest, Sql } from "./database.ts";
import type { ServerContext } from "./context.ts";
import { nextTick } from "./cron-expression.ts";
import { ownEvent } from "./events.ts";
import type { FunctionConfig } from "./function-config.ts";
import type { CronJob } from "./jobs.ts";
import { startRun } from "./runs.ts";

/** Orders the next tick of every cron trigger that has none ordered; one that is there stays, also when it is overdue. */
export async function scheduleCrons(sql: Sql, functions: readonly FunctionConfig[]): Promise<void> {
  const ticks = functions.flatMap(({ id, triggers }) => triggers.flatMap((trigger) => ("cron" in trigger ? tickJob(id, trigger.cron) : [])));
  const keys = ticks.map(({ key }) => key);
  const { rows } = await sql.query<{ key: string }>("select key from graphile_worker.jobs where key = any($1::text[])", [keys]);
  const ordered = new Set(rows.map(({ key }) => key));
  await addJobs(sql, ticks.filter(({ key }) => !ordered.has(key)));
}

/** A tick that was missed while the server was down happens once, late; then the schedule goes on from now. */
export async function tickCron(ctx: ServerContext, { functionId, cron, scheduledAt }: CronJob): Promise<void> {
  const config = ctx.registry.findActive(functionId);
  if (config?.triggers.some((trigger) => "cron" in trigger && trigger.cron === cron) !== true) return;
  const fireAt = new Date().toISOString();
  const tick = new Date(scheduledAt).toISOString().replace(".000Z", "Z");
  const { event } = ownEvent("inngest/scheduled.timer", { cron, scheduledAt, fireAt }, tick);
  await inTransaction(ctx.pool, async (tx) => {
    await startRun(tx, config, event, { claims: [`cron:${cron}:${scheduledAt}`] });
    await addJobs(tx, tickJob(functionId, cron));
  });
}

function tickJob(functionId: string, cron: string): (JobRequest & { key: string })[] {
  const runAt = nextTick(cron);
  if (runAt === undefined) return [];
  return [{ task: "tick-cron", payload: { functionId, cron, scheduledAt: runAt.toISOString() }, runAt, key: `cron:${functionId}:${cron}` }];
}
