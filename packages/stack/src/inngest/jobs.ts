/** The kinds of job in the queue and what each carries. Jobs hold ids only; the tables hold the truth. */
import { z } from "zod";

/** One call to the app: a discovery of what comes next (`stepId` is "step") or the execution of one planned step. */
export const CallJob = z.object({
  runId: z.string(),
  stepId: z.string(),
  turn: z.number(),
  attempt: z.number(),
  /** How often in a row the app could not be reached; these do not count as attempts. */
  misses: z.number().default(0),
});
export type CallJob = z.output<typeof CallJob>;

/** A step that waited is over, by the clock, by an event, or by the end of the run it invoked. */
export const ResumeJob = z.object({
  runId: z.string(),
  stepId: z.string(),
  by: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("time") }),
    z.object({ kind: z.literal("event"), eventId: z.string() }),
    z.object({ kind: z.literal("run"), runId: z.string() }),
  ]),
});
export type ResumeJob = z.output<typeof ResumeJob>;

export const RouteJob = z.object({ eventId: z.string() });
export const CancelJob = z.object({ runId: z.string(), eventId: z.string() });
export const CronJob = z.object({ functionId: z.string(), cron: z.string(), scheduledAt: z.iso.datetime() });
export type CronJob = z.output<typeof CronJob>;

export type Job =
  | { readonly task: "call-app"; readonly payload: CallJob }
  | { readonly task: "resume-step"; readonly payload: ResumeJob }
  | { readonly task: "route-event"; readonly payload: z.output<typeof RouteJob> }
  | { readonly task: "cancel-run"; readonly payload: z.output<typeof CancelJob> }
  | { readonly task: "tick-cron"; readonly payload: CronJob }
  | { readonly task: "prune"; readonly payload: Record<string, never> };

/** The name of one attempt of one call: its key in the queue and in the concurrency gate. */
export function callKey(call: CallJob): string {
  return `call:${call.runId}:${call.stepId}:${String(call.turn)}:${String(call.attempt)}`;
}

/** The key of the job that ends a sleep, or a wait that nothing else has ended. */
export function timerKey(runId: string, stepId: string): string {
  return `timer:${runId}:${stepId}`;
}

export function discovery(runId: string, turn: number): Job & { key: string } {
  const payload = { runId, stepId: "step", turn, attempt: 0, misses: 0 };
  return { task: "call-app", payload, key: callKey(payload) };
}
