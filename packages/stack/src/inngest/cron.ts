/** A tick of a cron trigger: the run is started and the next tick ordered in the same transaction. */
import { addJobs, inTransaction } from "./database.ts";
import type { ServerContext } from "./context.ts";
import { tickJob } from "./cron-schedule.ts";
import { ownEvent } from "./events.ts";
import type { CronJob } from "./jobs.ts";
import { startRun } from "./runs.ts";

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
