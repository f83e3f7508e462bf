/** One call to the app, from the job to the stored answer: check that it is still wanted, wait for a place, send, apply. */
import { sendToApp } from "./app-client.ts";
import type { AppReply } from "./app-client.ts";
import { loadCall } from "./call-state.ts";
import type { CallState } from "./call-state.ts";
import type { ServerContext } from "./context.ts";
import { addJobs, inTransaction } from "./database.ts";
import type { JobRequest, Sql } from "./database.ts";
import { keyOf } from "./expression.ts";
import type { FunctionConfig } from "./function-config.ts";
import type { Limit } from "./gate.ts";
import { callKey } from "./jobs.ts";
import type { CallJob } from "./jobs.ts";
import { resultOf, takeInSteps } from "./opcodes.ts";
import { readReply, rejected } from "./reply.ts";
import type { Outcome } from "./reply.ts";
import { endRun, finishStep, lockRun } from "./runs.ts";
import type { Run } from "./runs.ts";

/** A parked call is a job for a time that never comes; whoever frees a place, or the next start, gives it a real one. */
export const PARKED_UNTIL = new Date("9999-01-01T00:00:00Z");

export async function callApp(ctx: ServerContext, call: CallJob, signal: AbortSignal): Promise<void> {
  const state = await loadCall(ctx, call);
  if (state === undefined) return leaveGate(ctx, call);
  if (!ctx.gate.enter(call, limitsOf(state.config, state.body.event))) return park(ctx, call);
  let reply: AppReply;
  try {
    reply = await send(ctx, call, state, signal);
  } finally {
    // The limit is on what runs at the same moment, so the place is free before the answer is stored.
    await leaveGate(ctx, call);
  }
  switch (reply.kind) {
    case "interrupted":
      return addJobs(ctx.pool, [callAgain(call)]);
    case "unreachable":
      ctx.log.warn({ runId: call.runId, reason: reply.reason }, "The app cannot be reached; the call waits for it");
      return addJobs(ctx.pool, [callAgain({ ...call, misses: call.misses + 1 }, missDelayMs(call.misses))]);
    case "broken":
      return applyOutcome(ctx, call, state.config, rejected("ConnectionLost", `The connection broke during the call: ${reply.reason}`));
    case "reply":
      return applyOutcome(ctx, call, state.config, readReply(reply));
  }
}

function send(ctx: ServerContext, call: CallJob, state: CallState, signal: AbortSignal): Promise<AppReply> {
  const url = new URL(state.config.url);
  url.searchParams.set("fnId", state.config.id);
  url.searchParams.set("stepId", call.stepId);
  const headers = { "x-run-id": call.runId, "x-request-id": callKey(call) };
  return sendToApp({ method: "POST", url: url.href, headers, body: state.body, signingKey: ctx.keys.signingKey, signal });
}

function callAgain(call: CallJob, delayMs?: number): JobRequest {
  const runAt = delayMs === undefined ? {} : { runAt: new Date(Date.now() + delayMs) };
  return { task: "call-app", payload: call, key: callKey(call), ...runAt };
}

/** An app that is being restarted comes back within seconds, and its calls should not wait much longer than it took. */
function missDelayMs(misses: number): number {
  return Math.min(250 * 2 ** misses, 5_000);
}

function limitsOf(config: FunctionConfig, event: unknown): Limit[] {
  return config.concurrency.map(({ limit, key, scope }, index) => {
    const value = key === undefined ? "" : (keyOf(key, { event }) ?? "");
    return { limit, key: scope === "fn" ? `fn:${config.id}:${String(index)}:${value}` : `${scope}:${value}` };
  });
}

async function park(ctx: ServerContext, call: CallJob): Promise<void> {
  await addJobs(ctx.pool, [{ task: "call-app", payload: call, key: callKey(call), runAt: PARKED_UNTIL }]);
  // It may have been let in while it was being parked, and then nobody else would wake it.
  if (ctx.gate.isInside(call)) await addJobs(ctx.pool, [callAgain(call)]);
}

async function leaveGate(ctx: ServerContext, call: CallJob): Promise<void> {
  const letIn = ctx.gate.leave(call);
  await addJobs(ctx.pool, letIn.map((next) => callAgain(next))).catch((error: unknown) => {
    // Those calls would hold their places and never run; a restart wakes them.
    ctx.fail(new Error("Calls that waited for their turn could not be woken.", { cause: error }));
  });
}

async function applyOutcome(ctx: ServerContext, call: CallJob, config: FunctionConfig, outcome: Outcome): Promise<void> {
  await inTransaction(ctx.pool, async (tx) => {
    const run = await lockRun(tx, call.runId);
    // The run was cancelled, or a later discovery has been ordered that will see more.
    if (run === undefined || (call.stepId === "step" && run.turn !== call.turn)) return;
    switch (outcome.kind) {
      case "finished":
        return endRun(tx, run, { status: "completed", data: outcome.data });
      case "rejected":
        if (outcome.isRetriable && (await retry(ctx, tx, call, config, outcome.retryAfterMs))) return;
        return endRun(tx, run, { status: "failed", error: outcome.error });
      case "steps":
        return applySteps(ctx, tx, { run, call, config }, outcome);
    }
  });
}

type Answered = { readonly run: Run; readonly call: CallJob; readonly config: FunctionConfig };

async function applySteps(
  ctx: ServerContext,
  tx: Sql,
  { run, call, config }: Answered,
  { opcodes, retryAfterMs }: Extract<Outcome, { kind: "steps" }>,
): Promise<void> {
  const isFailing = opcodes.some(({ op }) => op === "StepError");
  if (isFailing && (await retry(ctx, tx, call, config, retryAfterMs))) return;
  if (call.stepId === "step") {
    if (await takeInSteps(ctx, tx, run, opcodes)) return;
  } else {
    const executed = opcodes.find(({ id }) => id === call.stepId);
    const memo = executed === undefined ? undefined : resultOf(executed);
    if (memo !== undefined) return finishStep(tx, run, call.stepId, memo);
  }
  if (await retry(ctx, tx, call, config, undefined)) return;
  await endRun(tx, run, { status: "failed", error: { name: "NoProgress", message: "The app's answer holds nothing to go on with." } });
}

/** Orders the same call again with the next attempt; false when all attempts are used up. */
async function retry(ctx: ServerContext, tx: Sql, call: CallJob, config: FunctionConfig, afterMs: number | undefined): Promise<boolean> {
  const attempt = call.attempt + 1;
  if (attempt >= config.maxAttempts) return false;
  if (call.stepId === "step") {
    await tx.query("update inngest.runs set attempt = $2 where id = $1", [call.runId, attempt]);
  } else {
    await tx.query("update inngest.steps set attempt = $3 where run_id = $1 and id = $2", [call.runId, call.stepId, attempt]);
  }
  const delayMs = afterMs ?? ctx.settings.retryIntervalMs ?? backOffMs(call.attempt);
  await addJobs(tx, [callAgain({ ...call, attempt, misses: 0 }, delayMs)]);
  return true;
}

const BACK_OFF_SECONDS = [15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200];

/** Inngest's own table, with up to 30 seconds of jitter so that what failed together does not come back together. */
function backOffMs(failedAttempt: number): number {
  return (BACK_OFF_SECONDS[failedAttempt] ?? 7200) * 1000 + Math.random() * 30_000;
}
