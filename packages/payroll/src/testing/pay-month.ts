import { createCtx } from "@atrium/api";
import type { Ctx, CurrentTenant } from "@atrium/api";
import type { Database } from "@atrium/db";
import type { YearMonth } from "@atrium/kernel";
import { computeChunk, planRun, reconcileRun } from "../computing/service.ts";
import { beginPublishing, finishPublishing, publishChunk } from "../publishing/service.ts";
import { approveRun, startRun } from "../run/service.ts";

export interface MonthToPay {
  readonly period: YearMonth;
  /** Members, two different ones. */
  readonly startedBy: string;
  readonly approvedBy: string;
  /** The moment at which all of it happens. */
  readonly now: Date;
}

/** Pays a month from start to published payslips without a job server, through the very steps its jobs are made of. */
export async function payMonth(database: Database, tenant: CurrentTenant, { period, startedBy, approvedBy, now }: MonthToPay): Promise<void> {
  const as = <T>(memberId: string, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
    database.withTenant(
      tenant.id,
      (db) => {
        const actor = { kind: "member", memberId, employeeId: undefined, name: "", roles: ["owner"] } as const;
        return work(createCtx({ tenant, actor, scope: "tenant", db, requestId: "pay-month", now }).ctx);
      },
      { timeoutMs: 60_000 },
    );
  const { id: runId } = await as(startedBy, (ctx) => startRun(ctx, { period, excludeBlocked: true }));
  const attempt = { runId, attempt: 1 };
  const { chunks } = await as(startedBy, (ctx) => planRun(ctx, attempt));
  const numbers = Array.from({ length: chunks }, (_, index) => index + 1);
  for (const number of numbers) await as(startedBy, (ctx) => computeChunk(ctx, { ...attempt, number }));
  await as(startedBy, (ctx) => reconcileRun(ctx, attempt));
  await as(approvedBy, (ctx) => approveRun(ctx, { id: runId }));
  await as(approvedBy, (ctx) => beginPublishing(ctx, attempt));
  for (const number of numbers) await as(approvedBy, (ctx) => publishChunk(ctx, { ...attempt, number }));
  await as(approvedBy, (ctx) => finishPublishing(ctx, attempt));
}
