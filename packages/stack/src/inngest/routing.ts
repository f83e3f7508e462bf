/** What an event sets in motion: the runs it starts, the steps it wakes, the runs it cancels. */
import { addJobs, inTransaction, removeJob } from "./database.ts";
import type { Sql } from "./database.ts";
import type { ServerContext } from "./context.ts";
import type { WireEvent } from "./events.ts";
import { timerKey } from "./jobs.ts";
import type { Job, ResumeJob } from "./jobs.ts";
import { claimsOf, endRun, finishStep, listenersTo, lockRun, startRun } from "./runs.ts";
import type { Memo } from "./runs.ts";

/** Routes an event once, however often the job is repeated. Each run it touches gets a job of its own. */
export async function routeEvent(ctx: ServerContext, eventId: string): Promise<void> {
  await inTransaction(ctx.pool, async (tx) => {
    const { rows } = await tx.query<{ body: WireEvent }>(
      "update inngest.events set routed_at = now() where id = $1 and routed_at is null returning body",
      [eventId],
    );
    const event = rows[0]?.body;
    if (event === undefined) return;
    const listeners = await listenersTo(tx, event);
    await addJobs(tx, listeners.map(({ runId, stepId }): Job => {
      if (stepId === null) return { task: "cancel-run", payload: { runId, eventId } };
      return { task: "resume-step", payload: { runId, stepId, by: { kind: "event", eventId } } };
    }));
    for (const config of ctx.registry.startedBy(event)) await startRun(tx, config, event, { claims: claimsOf(config, event) });
  });
}

/** Cancels a run in whatever state it is. A call that is under way is not interrupted; its answer is dropped. */
export async function cancelRun(ctx: ServerContext, { runId, eventId }: { runId: string; eventId: string }): Promise<void> {
  await inTransaction(ctx.pool, async (tx) => {
    const run = await lockRun(tx, runId);
    if (run === undefined) return;
    const error = { name: "FunctionCancelled", message: `The run was cancelled by the event ${eventId}.` };
    await endRun(tx, run, { status: "cancelled", error });
  });
}

/** Ends a step that waited. The first to come wins; whoever comes later finds it finished. */
export async function resumeStep(ctx: ServerContext, { runId, stepId, by }: ResumeJob): Promise<void> {
  await inTransaction(ctx.pool, async (tx) => {
    const run = await lockRun(tx, runId);
    if (run === undefined) return;
    await finishStep(tx, run, stepId, await memoBy(tx, runId, stepId, by));
    if (by.kind !== "time") await removeJob(tx, timerKey(runId, stepId));
  });
}

async function memoBy(tx: Sql, runId: string, stepId: string, by: ResumeJob["by"]): Promise<Memo> {
  switch (by.kind) {
    case "event": {
      const { rows } = await tx.query<{ body: WireEvent }>("select body from inngest.events where id = $1", [by.eventId]);
      return rows[0]?.body ?? null;
    }
    case "run": {
      const { rows } = await tx.query<{ result: Memo }>("select result from inngest.runs where id = $1", [by.runId]);
      return rows[0]?.result ?? null;
    }
    case "time": {
      const { rows } = await tx.query<{ opcode: string }>("select opcode from inngest.steps where run_id = $1 and id = $2", [runId, stepId]);
      if (rows[0]?.opcode !== "InvokeFunction") return null;
      return { error: { name: "InngestInvokeTimeout", message: "Timed out waiting for the invoked function to complete" } };
    }
  }
}
