/** The life of a run in the tables: its start, the finishing of its steps, its end. Each function is part of one transaction. */
import { createHash } from "node:crypto";
import { ulid } from "ulid";
import { addJobs } from "./database.ts";
import type { Sql } from "./database.ts";
import { parseMoment } from "./duration.ts";
import { ownEvent, storeEvents } from "./events.ts";
import type { WireEvent } from "./events.ts";
import { isSatisfied, keyOf } from "./expression.ts";
import type { FunctionConfig } from "./function-config.ts";
import { discovery } from "./jobs.ts";

export type Run = {
  readonly id: string;
  readonly function_id: string;
  readonly event: WireEvent;
  readonly turn: number;
  readonly attempt: number;
  readonly parent_run_id: string | null;
  readonly parent_step_id: string | null;
};

/** What the SDK is told about a step that has ended. `undefined` data is kept as null. */
export type Memo = { readonly data: unknown } | { readonly error: StepProblem } | WireEvent | null;

export type StepProblem = {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly cause?: unknown;
};

export type Start = {
  /** The run is started only when none of these was claimed for the function in the last 24 hours. */
  readonly claims?: readonly string[];
  /** The step whose invocation this run is. */
  readonly parent?: { readonly runId: string; readonly stepId: string };
};

/** Starts a run of a function for an event, or does nothing when it was started for it before. */
export async function startRun(tx: Sql, config: FunctionConfig, event: WireEvent, start: Start = {}): Promise<void> {
  for (const key of start.claims ?? []) {
    if (!(await claim(tx, config.id, key))) return;
  }
  const id = ulid();
  await tx.query(
    "insert into inngest.runs (id, function_id, event, parent_run_id, parent_step_id) values ($1, $2, $3, $4, $5)",
    [id, config.id, JSON.stringify(event), start.parent?.runId, start.parent?.stepId],
  );
  for (const cancellation of config.cancel) {
    const expiresAt = cancellation.timeout === undefined ? undefined : parseMoment(cancellation.timeout);
    await listen(tx, { runId: id, eventName: cancellation.event, expression: cancellation.if, expiresAt });
  }
  await addJobs(tx, [discovery(id, 1)]);
}

/** The claims an event makes on a function: its own id, and the function's idempotency key. */
export function claimsOf(config: FunctionConfig, event: WireEvent): string[] {
  const key = config.idempotency === undefined ? undefined : keyOf(config.idempotency, { event });
  return [`event:${event.id}`, ...(key === undefined ? [] : [`idempotency:${key}`])];
}

const CLAIM = `
insert into inngest.claims (function_id, key, expires_at) values ($1, $2, now() + interval '24 hours')
on conflict (function_id, key) do update set expires_at = excluded.expires_at where claims.expires_at <= now()`;

async function claim(tx: Sql, functionId: string, key: string): Promise<boolean> {
  // A key may be of any length and hold any character; its hash fits an index.
  const hash = createHash("sha256").update(key).digest("hex");
  return (await tx.query(CLAIM, [functionId, hash])).rowCount === 1;
}

export type Listener = {
  readonly runId: string;
  /** Missing: the event cancels the run. */
  readonly stepId?: string;
  readonly eventName: string;
  readonly expression: string | undefined;
  readonly expiresAt: Date | undefined;
};

export async function listen(tx: Sql, listener: Listener): Promise<void> {
  await tx.query(
    "insert into inngest.listeners (run_id, step_id, event_name, expression, expires_at) values ($1, $2, $3, $4, $5)",
    [listener.runId, listener.stepId, listener.eventName, listener.expression, listener.expiresAt],
  );
}

type ListenerRow = { run_id: string; step_id: string | null; expression: string | null; trigger: WireEvent };

/** The listeners of running runs that an event satisfies. */
export async function listenersTo(tx: Sql, event: WireEvent): Promise<{ runId: string; stepId: string | null }[]> {
  const { rows } = await tx.query<ListenerRow>(
    `select l.run_id, l.step_id, l.expression, r.event as trigger
     from inngest.listeners l join inngest.runs r on r.id = l.run_id
     where l.event_name = $1 and r.status = 'running' and (l.expires_at is null or l.expires_at > now())
     order by l.id`,
    [event.name],
  );
  return rows
    .filter((row) => isSatisfied(row.expression, { event: row.trigger, async: event }))
    .map((row) => ({ runId: row.run_id, stepId: row.step_id }));
}

/** A running run, locked so that its steps are finished one after another; undefined when it has ended. */
export async function lockRun(tx: Sql, runId: string): Promise<Run | undefined> {
  const { rows } = await tx.query<Run>(
    `select id, function_id, event, turn, attempt, parent_run_id, parent_step_id
     from inngest.runs where id = $1 and status = 'running' for update`,
    [runId],
  );
  return rows[0];
}

const FINISH_STEP = `
update inngest.steps set memo = $3, finished = nextval('inngest.finish_order')
where run_id = $1 and id = $2 and finished is null
returning is_race`;

/**
 * Remembers how an outstanding step of a locked run ended. The function is asked for more only when the whole batch is
 * done: the SDK would run a step that is still outstanding a second time.
 */
export async function finishStep(tx: Sql, run: Run, stepId: string, memo: Memo): Promise<void> {
  const { rows } = await tx.query<{ is_race: boolean }>(FINISH_STEP, [run.id, stepId, JSON.stringify(memo)]);
  const [step] = rows;
  if (step === undefined) return;
  await tx.query("delete from inngest.listeners where run_id = $1 and step_id = $2", [run.id, stepId]);
  await discoverWhenDone(tx, run, step.is_race);
}

/** Orders the next discovery when no step is outstanding, or at once in a race. */
export async function discoverWhenDone(tx: Sql, run: Run, isRace = false): Promise<void> {
  const { rows } = await tx.query<{ turn: number }>(
    `update inngest.runs set turn = turn + 1, attempt = 0
     where id = $1 and ($2 or not exists (select from inngest.steps where run_id = $1 and finished is null))
     returning turn`,
    [run.id, isRace],
  );
  await addJobs(tx, rows.map(({ turn }) => discovery(run.id, turn)));
}

export type Ending =
  | { readonly status: "completed"; readonly data: unknown }
  | { readonly status: "failed" | "cancelled"; readonly error: StepProblem };

/** Ends a locked run: tells the world by events, and the step that invoked it, if any. */
export async function endRun(tx: Sql, run: Run, ending: Ending): Promise<void> {
  const result = ending.status === "completed" ? { data: ending.data ?? null } : { error: ending.error };
  await tx.query("update inngest.runs set status = $2, result = $3, ended_at = now() where id = $1", [
    run.id,
    ending.status,
    JSON.stringify(result),
  ]);
  await tx.query("delete from inngest.listeners where run_id = $1", [run.id]);
  await storeEvents(tx, lifecycleEvents(run, ending));
  if (run.parent_run_id !== null && run.parent_step_id !== null) {
    const payload = { runId: run.parent_run_id, stepId: run.parent_step_id, by: { kind: "run", runId: run.id } } as const;
    await addJobs(tx, [{ task: "resume-step", payload }]);
  }
}

/** A run that was started by such an event emits none, or the two would follow each other forever. */
function lifecycleEvents(run: Run, ending: Ending) {
  if (/^inngest\/function\.(failed|finished|cancelled)$/.test(run.event.name)) return [];
  const error = ending.status === "completed" ? undefined : ending.error;
  const data = {
    function_id: run.function_id,
    run_id: run.id,
    event: run.event,
    events: [run.event],
    ...(ending.status === "completed" ? { result: ending.data ?? null } : { error }),
    ...(run.parent_run_id === null ? {} : { correlation_id: `${run.parent_run_id}.${run.parent_step_id ?? ""}` }),
    _inngest: { status: ending.status.charAt(0).toUpperCase() + ending.status.slice(1) },
  };
  const finished = ownEvent("inngest/function.finished", data, `${run.id}.finished`);
  switch (ending.status) {
    case "completed":
      return [finished];
    case "failed":
      return [ownEvent("inngest/function.failed", data, run.id), finished];
    case "cancelled":
      return [ownEvent("inngest/function.cancelled", data, `${run.id}.cancelled`), finished];
  }
}
