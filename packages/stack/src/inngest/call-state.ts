/** Everything a call to the app carries, read in one go; and whether the call is still wanted. */
import type { ServerContext } from "./context.ts";
import type { Sql } from "./database.ts";
import type { WireEvent } from "./events.ts";
import type { FunctionConfig } from "./function-config.ts";
import type { CallJob } from "./jobs.ts";

export type CallState = {
  readonly config: FunctionConfig;
  readonly body: { readonly event: WireEvent } & Record<string, unknown>;
};

type StepRow = { id: string; attempt: number; memo: unknown; is_finished: boolean };
type RunRow = { function_id: string; event: WireEvent; turn: number; attempt: number };

/** Finished steps by id, in the order in which they finished, which is the order the SDK resumes them in. */
export function memosOf(steps: readonly StepRow[]): Record<string, unknown> {
  return Object.fromEntries(steps.filter((step) => step.is_finished).map((step) => [step.id, step.memo]));
}

export async function loadSteps(sql: Sql, runId: string): Promise<StepRow[]> {
  const { rows } = await sql.query<StepRow>(
    "select id, attempt, memo, finished is not null as is_finished from inngest.steps where run_id = $1 order by finished",
    [runId],
  );
  return rows;
}

/** The call's state; undefined when the run has ended or the call has been overtaken, e.g. done before a crash. */
export async function loadCall(ctx: ServerContext, call: CallJob): Promise<CallState | undefined> {
  const { rows } = await ctx.pool.query<RunRow>(
    "select function_id, event, turn, attempt from inngest.runs where id = $1 and status = 'running'",
    [call.runId],
  );
  const [run] = rows;
  const config = run === undefined ? undefined : ctx.registry.find(run.function_id);
  if (run === undefined || config === undefined) return undefined;
  const steps = await loadSteps(ctx.pool, call.runId);
  if (!isWanted(call, run, steps)) return undefined;
  return { config, body: bodyOf(call, run, config, steps) };
}

function isWanted(call: CallJob, run: RunRow, steps: readonly StepRow[]): boolean {
  if (call.stepId === "step") return run.turn === call.turn && run.attempt === call.attempt;
  return steps.some((step) => step.id === call.stepId && !step.is_finished && step.attempt === call.attempt);
}

/** `ctx.fn_id` is left out on purpose: with it the SDK would report steps behind our back instead of in its answer. */
function bodyOf(call: CallJob, run: RunRow, config: FunctionConfig, steps: readonly StepRow[]) {
  const stack = steps.filter((step) => step.is_finished).map(({ id }) => id);
  return {
    event: run.event,
    events: [run.event],
    steps: memosOf(steps),
    use_api: false,
    ctx: {
      run_id: call.runId,
      attempt: call.attempt,
      max_attempts: config.maxAttempts,
      // While siblings are outstanding the SDK must only plan: executing one would run it twice.
      disable_immediate_execution: stack.length < steps.length,
      use_api: false,
      stack: { stack, current: stack.length },
    },
  };
}
