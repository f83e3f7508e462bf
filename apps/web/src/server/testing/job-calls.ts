import { NextRequest } from "next/server";
import { z } from "zod";
import { POST } from "../../app/api/inngest/route.ts";

/* The job server's part, played: it calls a job's function again and again, and keeps every answer. */

const Opcodes = z.array(z.object({ id: z.string(), op: z.string(), data: z.unknown().optional() }));

export interface JobRun {
  /** Of the last call: 200 when the job has come to its end. */
  readonly status: number;
  /** All that the job server was told, and so keeps. */
  readonly answers: readonly string[];
}

/** Runs one job of the app to its end, or to its first failure, as the job server would. */
export async function runJob(appId: string, id: string, event: { readonly name: string; readonly data: object }): Promise<JobRun> {
  const steps: Record<string, unknown> = {};
  const answers: string[] = [];
  let stepId = "step";
  for (let calls = 0; calls < 100; calls += 1) {
    const stack = Object.keys(steps);
    const body = {
      event: { ...event, id: "evt_1", ts: 1 }, events: [{ ...event, id: "evt_1", ts: 1 }], steps, use_api: false,
      ctx: { run_id: "run_1", attempt: 0, max_attempts: 1, disable_immediate_execution: false, use_api: false, stack: { stack, current: stack.length } },
    };
    const url = `http://localhost/api/inngest?fnId=${appId}-${id.replaceAll("/", "-")}&stepId=${stepId}`;
    const answer = await POST(new NextRequest(url, { method: "POST", body: JSON.stringify(body), headers: { host: "localhost" } }), {});
    const text = await answer.text();
    answers.push(text);
    if (answer.status !== 206) return { status: answer.status, answers };
    for (const { id: done, op, data } of Opcodes.parse(JSON.parse(text))) {
      if (op === "StepRun") steps[done] = { data: data ?? null };
      else if (op !== "StepPlanned") return { status: 500, answers };
      stepId = op === "StepPlanned" ? done : "step";
    }
  }
  throw new Error(`The job ${id} does not come to its end.`);
}
