/** The answer of a discovery, turned into steps: results are remembered, the rest is set in motion. One transaction. */
import { z } from "zod";
import { addJobs } from "./database.ts";
import type { JobRequest, Sql } from "./database.ts";
import type { ServerContext } from "./context.ts";
import { parseMoment } from "./duration.ts";
import { ownEvent } from "./events.ts";
import { callKey, timerKey } from "./jobs.ts";
import { discoverWhenDone, listen, startRun } from "./runs.ts";
import type { Memo, Run, StepProblem } from "./runs.ts";

/** An error as the SDK serialises it. Only these fields are kept: one more beside `error` and the SDK takes a memo for data. */
export const SdkError = z
  .object({
    name: z.string().default("Error"),
    message: z.string().default("Unknown error"),
    stack: z.string().optional(),
    cause: z.unknown().optional(),
  })
  .catch({ name: "Error", message: "The app reported an error that cannot be read." });

/** Names are kept as PostgreSQL text, which has no NUL. */
const Label = z.string().transform((text) => text.replaceAll("\0", ""));

export const Opcode = z.object({
  id: z.string().min(1),
  op: z.string(),
  name: Label.nullish(),
  displayName: Label.nullish(),
  opts: z.record(z.string(), z.unknown()).nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
});
export type Opcode = z.output<typeof Opcode>;

/** How a step that the app has executed ended; undefined when the opcode is not a result. */
export function resultOf(opcode: Opcode): Memo | undefined {
  if (opcode.op === "StepRun" || opcode.op === "Step") return { data: opcode.data ?? null };
  if (opcode.op === "StepFailed" || opcode.op === "StepError") return { error: SdkError.parse(opcode.error) };
  return undefined;
}

/**
 * Takes in the steps a discovery found; those already known are outstanding siblings in a race and left alone.
 * @returns false when there was nothing new although nothing is outstanding: the function would stand still
 */
export async function takeInSteps(ctx: ServerContext, tx: Sql, run: Run, found: readonly Opcode[]): Promise<boolean> {
  const known = await knownSteps(tx, run.id);
  const unique = new Map(found.map((opcode) => [opcode.id, opcode]));
  const opcodes = [...unique.values()].filter(({ id }) => !known.has(id));
  const started = opcodes.map((opcode) => ({ opcode, memo: resultOf(opcode) ?? refusal(ctx, opcode) }));
  for (const { opcode, memo } of started) await insertStep(tx, run.id, opcode, memo);
  const outstanding = started.filter(({ memo }) => memo === undefined).map(({ opcode }) => opcode);
  const isWait = ({ op }: Opcode) => op === "WaitForEvent";
  // Listening comes first: a sibling may send the very event that is waited for.
  const ordered = [...outstanding.filter(isWait), ...outstanding.filter((opcode) => !isWait(opcode))];
  for (const opcode of ordered) await setInMotion(ctx, tx, run, opcode);
  await addJobs(tx, outstanding.flatMap((opcode) => jobsOf(run, opcode)));
  const finished = started.filter(({ memo }) => memo !== undefined);
  if (finished.length > 0) await discoverWhenDone(tx, run, finished.some(({ opcode }) => isRace(opcode)));
  return opcodes.length > 0 || [...known.values()].some((isFinished) => !isFinished);
}

/** In a race the function is asked again after every finished step, not only after the last of the batch. */
function isRace(opcode: Opcode): boolean {
  return opcode.opts?.["parallelMode"] === "race";
}

async function knownSteps(tx: Sql, runId: string): Promise<Map<string, boolean>> {
  const { rows } = await tx.query<{ id: string; is_finished: boolean }>(
    "select id, finished is not null as is_finished from inngest.steps where run_id = $1",
    [runId],
  );
  return new Map(rows.map((row) => [row.id, row.is_finished]));
}

const INSERT_STEP = `
insert into inngest.steps (run_id, id, name, opcode, is_race, memo, finished)
values ($1, $2, $3, $4, $5, $6, case when $7 then nextval('inngest.finish_order') end)`;

async function insertStep(tx: Sql, runId: string, opcode: Opcode, memo: Memo | undefined): Promise<void> {
  const isFinished = memo !== undefined;
  const name = opcode.displayName ?? opcode.name ?? opcode.id;
  await tx.query(INSERT_STEP, [runId, opcode.id, name, opcode.op, isRace(opcode), isFinished ? JSON.stringify(memo) : null, isFinished]);
}

const WaitOptions = z.object({ timeout: z.string(), if: Label.optional() });
const InvokeOptions = z.object({
  function_id: z.string(),
  payload: z.object({ data: z.record(z.string(), z.unknown()).nullish(), v: z.string().optional() }).default({}),
  timeout: z.string().optional(),
});

/** Why a step cannot be started, as the memo that makes it fail in the function; undefined when it can. */
function refusal(ctx: ServerContext, opcode: Opcode): Memo | undefined {
  const why = explainRefusal(ctx, opcode);
  if (why === undefined) return undefined;
  const error: StepProblem = { name: "UnsupportedStep", message: `Step "${opcode.displayName ?? opcode.id}": ${why}` };
  return { error };
}

function explainRefusal(ctx: ServerContext, opcode: Opcode): string | undefined {
  switch (opcode.op) {
    case "StepPlanned":
      return undefined;
    case "Sleep":
      return parseMoment(opcode.name ?? "") === undefined ? `cannot sleep for "${opcode.name ?? ""}".` : undefined;
    case "WaitForEvent": {
      const options = WaitOptions.safeParse(opcode.opts);
      return !options.success || parseMoment(options.data.timeout) === undefined ? "the wait has no timeout that can be read." : undefined;
    }
    case "InvokeFunction": {
      const options = InvokeOptions.safeParse(opcode.opts);
      if (!options.success) return "the invocation cannot be read.";
      return ctx.registry.findActive(options.data.function_id) === undefined ? `there is no function "${options.data.function_id}".` : undefined;
    }
    default:
      return `the local Inngest server does not have ${opcode.op}.`;
  }
}

/** The rows a waiting or invoking step needs beside its own. */
async function setInMotion(ctx: ServerContext, tx: Sql, run: Run, opcode: Opcode): Promise<void> {
  if (opcode.op === "WaitForEvent") {
    const options = WaitOptions.parse(opcode.opts);
    await listen(tx, { runId: run.id, stepId: opcode.id, eventName: opcode.name ?? "", expression: options.if, expiresAt: undefined });
  }
  if (opcode.op === "InvokeFunction") {
    const options = InvokeOptions.parse(opcode.opts);
    const config = ctx.registry.findActive(options.function_id);
    if (config === undefined) throw new Error(`Function ${options.function_id} went away while it was being invoked.`);
    const link = { fn_id: options.function_id, correlation_id: `${run.id}.${opcode.id}` };
    const { event } = ownEvent("inngest/function.invoked", { ...options.payload.data, _inngest: link });
    await startRun(tx, config, event, { parent: { runId: run.id, stepId: opcode.id } });
  }
}

/** The jobs a started step needs: the call that executes it, or the timer that ends it. */
function jobsOf(run: Run, opcode: Opcode): JobRequest[] {
  if (opcode.op === "StepPlanned") {
    const payload = { runId: run.id, stepId: opcode.id, turn: 0, attempt: 0, misses: 0 };
    return [{ task: "call-app", payload, key: callKey(payload) }];
  }
  const until = opcode.op === "Sleep" ? opcode.name : opcode.opts?.["timeout"];
  const runAt = typeof until === "string" ? parseMoment(until) : undefined;
  if (runAt === undefined) return [];
  const payload = { runId: run.id, stepId: opcode.id, by: { kind: "time" } } as const;
  return [{ task: "resume-step", payload, runAt, key: timerKey(run.id, opcode.id) }];
}
