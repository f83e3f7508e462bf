import { tenantJob } from "@atrium/api";
import type { JobDefinition } from "@atrium/api";
import { runQueued } from "../contract.ts";
import { computeChunk, failRun, finishCancel, planRun, reconcileRun } from "./service.ts";
import type { Standing } from "./service.ts";

/** Chunks computed at the same moment: enough to keep the database busy, few enough to leave room for people. */
const atOnce = 3;

/**
 * Computes a queued run: plan, one step a chunk, reconcile. Every step may be repeated and killed at any moment. What the
 * steps leave with the job server are counts and standings, never pay.
 */
const computeRun = tenantJob(
  {
    id: "payroll/compute-run",
    on: runQueued,
    retries: 5,
    onFailure: ({ data, inTenant }, failure) => inTenant((ctx) => failRun(ctx, { ...data, failure })),
  },
  async ({ data, step, inTenant }) => {
    const { chunks } = await step.run("plan", () => inTenant((ctx) => planRun(ctx, data)));
    let standing: Standing = "go-on";
    for (let first = 1; first <= chunks && standing === "go-on"; first += atOnce) {
      const numbers = Array.from({ length: Math.min(atOnce, chunks - first + 1) }, (_, index) => first + index);
      const group = numbers.map((number) => step.run(`chunk-${number}`, () => inTenant((ctx) => computeChunk(ctx, { ...data, number }))));
      standing = (await Promise.all(group)).find((one) => one !== "go-on") ?? "go-on";
    }
    if (standing === "go-on") standing = await step.run("reconcile", () => inTenant((ctx) => reconcileRun(ctx, data)));
    if (standing === "cancelled") await step.run("cancel", () => inTenant((ctx) => finishCancel(ctx, data)));
    return { chunks };
  },
);

export const computingJobs: readonly JobDefinition[] = [computeRun];
