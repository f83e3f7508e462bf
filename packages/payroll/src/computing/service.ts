import type { Ctx } from "@atrium/api";
import { paiseFrom, refusal } from "@atrium/kernel";
import { computingErrors, PayInput } from "./contract.ts";
import type { PaySums } from "./contract.ts";
import { payOf, rulesOf } from "./pay-rules.ts";
import type { MonthRules } from "./pay-rules.ts";
import { addSums, chunkSize, isReconciled } from "./rules.ts";
import type { ChunkTally, RunTally } from "./rules.ts";

/** Which start of the run's job is speaking: one that a retry has overtaken finds nothing to do. */
export interface RunAttempt {
  readonly runId: string;
  readonly attempt: number;
}

/** Whether the job goes on, has nothing to do, or is to clear up because a person cancelled. */
export type Standing = "go-on" | "overtaken" | "cancelled";

/** Begins computing and divides the frozen inputs into chunks whose boundaries stay. Twice is the same as once. */
export async function planRun(ctx: Ctx, { runId, attempt }: RunAttempt): Promise<{ readonly chunks: number }> {
  const tenantId = ctx.tenant.id;
  const begun = await ctx.db.payrollRun.updateMany({
    where: { tenantId, id: runId, attempt, status: "queued" },
    data: { status: "computing", computingAt: ctx.now },
  });
  if (begun.count > 0) {
    await ctx.db.$executeRaw`
      INSERT INTO payroll_run_chunk (tenant_id, run_id, number, first_employee_id, last_employee_id, employees)
      SELECT tenant_id, run_id, number, min(employee_id), max(employee_id), count(*)
      FROM (SELECT tenant_id, run_id, employee_id, (row_number() OVER (ORDER BY employee_id) - 1) / ${chunkSize}::int + 1 AS number
            FROM payroll_run_input WHERE tenant_id = ${tenantId} AND run_id = ${runId}) numbered
      GROUP BY tenant_id, run_id, number`;
  }
  const { standing } = await standingOf(ctx, { runId, attempt });
  return { chunks: standing === "overtaken" ? 0 : await ctx.db.payrollRunChunk.count({ where: { tenantId, runId } }) };
}

interface StandingRow {
  readonly period: string;
  readonly status: string;
  readonly attempt: number;
  readonly isCancelRequested: boolean;
}

/** Reads where the run stands and holds it there to the commit, so that a cancel waits for the chunks under way. */
async function standingOf(ctx: Ctx, { runId, attempt }: RunAttempt): Promise<{ readonly standing: Standing; readonly period: string }> {
  const [run] = await ctx.db.$queryRaw<StandingRow[]>`
    SELECT period, status, attempt, cancel_requested_at IS NOT NULL AS "isCancelRequested"
    FROM payroll_run WHERE tenant_id = ${ctx.tenant.id} AND id = ${runId} FOR SHARE`;
  if (run?.status !== "computing" || run.attempt !== attempt) return { standing: "overtaken", period: run?.period ?? "" };
  return { standing: run.isCancelRequested ? "cancelled" : "go-on", period: run.period };
}

/**
 * Computes one chunk and writes its payslips and its sums, together or not at all. Repeated, it writes the very same rows:
 * the inputs are frozen and the engine is pure.
 */
export async function computeChunk(ctx: Ctx, { runId, attempt, number }: RunAttempt & { readonly number: number }): Promise<Standing> {
  const tenantId = ctx.tenant.id;
  const { standing, period } = await standingOf(ctx, { runId, attempt });
  if (standing !== "go-on") return standing;
  const key = { tenantId_runId_number: { tenantId, runId, number } };
  const chunk = await ctx.db.payrollRunChunk.findUniqueOrThrow({ where: key });
  const inputs = await ctx.db.payrollRunInput.findMany({
    where: { tenantId, runId, employeeId: { gte: chunk.firstEmployeeId, lte: chunk.lastEmployeeId } },
    orderBy: { employeeId: "asc" },
    select: { snapshot: true },
  });

  const rules = rulesFor(period);
  const slips = inputs.map(({ snapshot }) => slipOf(ctx, PayInput.parse(snapshot), rules));

  await saveSlips(ctx, { runId, period, slips });
  await ctx.db.payrollRunChunk.update({ where: key, data: { ...addSums(slips.map(({ sums }) => sums)), doneAt: ctx.now } });
  return "go-on";
}

function rulesFor(period: string): MonthRules {
  const rules = rulesOf(period);
  if (!rules) throw refusal(computingErrors, "payroll/compute-failed");
  return rules;
}

interface Slip {
  readonly id: string;
  readonly sums: PaySums;
  /** Its columns, as `jsonb_to_recordset` reads them. */
  readonly row: Readonly<Record<string, unknown>>;
}

function slipOf(ctx: Ctx, input: PayInput, rules: MonthRules): Slip {
  const { days, lines, ...sums } = payOf(input, rules);
  const id = ctx.newId("psl");
  const { grossMinor, deductionsMinor, netMinor, employerMinor } = sums;
  const amounts = { gross_minor: grossMinor, deductions_minor: deductionsMinor, net_minor: netMinor, employer_minor: employerMinor };
  return { id, sums, row: { id, employee_id: input.employeeId, employee_code: input.code, snapshot: { ...input, days }, lines, ...amounts } };
}

async function saveSlips(ctx: Ctx, { runId, period, slips }: { readonly runId: string; readonly period: string; readonly slips: readonly Slip[] }): Promise<void> {
  await ctx.db.$executeRaw`
    INSERT INTO payslip (tenant_id, id, run_id, employee_id, period, employee_code, snapshot, lines,
                         gross_minor, deductions_minor, net_minor, employer_minor)
    SELECT ${ctx.tenant.id}, s.id, ${runId}, s.employee_id, ${period}, s.employee_code, s.snapshot, s.lines,
           s.gross_minor, s.deductions_minor, s.net_minor, s.employer_minor
    FROM jsonb_to_recordset(${JSON.stringify(slips.map(({ row }) => row))}::jsonb)
      AS s (id text, employee_id text, employee_code text, snapshot jsonb, lines jsonb,
            gross_minor bigint, deductions_minor bigint, net_minor bigint, employer_minor bigint)
    ON CONFLICT (tenant_id, run_id, employee_id) DO UPDATE SET
      employee_code = excluded.employee_code, snapshot = excluded.snapshot, lines = excluded.lines, gross_minor = excluded.gross_minor,
      deductions_minor = excluded.deductions_minor, net_minor = excluded.net_minor, employer_minor = excluded.employer_minor`;
}

/**
 * Adds every payslip up again, beside its lines and against its chunk, and writes the header from the payslips themselves.
 * Throws `payroll/totals-differ` on one paisa; the run then stays without a header and cannot be approved.
 */
export async function reconcileRun(ctx: Ctx, { runId, attempt }: RunAttempt): Promise<Standing> {
  const tenantId = ctx.tenant.id;
  const { standing } = await standingOf(ctx, { runId, attempt });
  if (standing !== "go-on") return standing;
  const tally = await tallyOf(ctx, runId);
  if (!isReconciled(tally)) throw refusal(computingErrors, "payroll/totals-differ");

  const sums = addSums(tally.chunks.map(({ slipSums }) => slipSums));
  await ctx.db.payrollRun.update({ where: { tenantId_id: { tenantId, id: runId } }, data: { ...sums, status: "computed", computedAt: ctx.now, failure: null } });
  ctx.audit({ action: "payroll-run.compute", entityId: runId, after: { payslips: tally.slips } });
  return "go-on";
}

/** The four sums as PostgreSQL gives them. */
export type SumColumns = Readonly<Record<keyof PaySums, bigint>>;

/** Reads them as paise. Throws a RangeError for a sum beyond the safe integers. */
export function sumsFrom({ grossMinor, deductionsMinor, netMinor, employerMinor }: SumColumns): PaySums {
  return { grossMinor: paiseFrom(grossMinor), deductionsMinor: paiseFrom(deductionsMinor), netMinor: paiseFrom(netMinor), employerMinor: paiseFrom(employerMinor) };
}

type ChunkRow = SumColumns & { readonly employees: number; readonly isDone: boolean; readonly slips: number; readonly slipSums: Readonly<Record<keyof PaySums, number>> };

async function tallyOf(ctx: Ctx, runId: string): Promise<RunTally> {
  const tenantId = ctx.tenant.id;
  const chunks = await ctx.db.$queryRaw<ChunkRow[]>`
    SELECT c.employees, c.done_at IS NOT NULL AS "isDone", c.gross_minor AS "grossMinor", c.deductions_minor AS "deductionsMinor",
           c.net_minor AS "netMinor", c.employer_minor AS "employerMinor", s.slips, s.sums AS "slipSums"
    FROM payroll_run_chunk c CROSS JOIN LATERAL (
      SELECT count(*)::int AS slips, json_build_object(
        'grossMinor', coalesce(sum(gross_minor), 0), 'deductionsMinor', coalesce(sum(deductions_minor), 0),
        'netMinor', coalesce(sum(net_minor), 0), 'employerMinor', coalesce(sum(employer_minor), 0)) AS sums
      FROM payslip p WHERE p.tenant_id = c.tenant_id AND p.run_id = c.run_id
        AND p.employee_id BETWEEN c.first_employee_id AND c.last_employee_id) s
    WHERE c.tenant_id = ${tenantId} AND c.run_id = ${runId}`;
  const [counts] = await ctx.db.$queryRaw<{ slips: number; uneven: number }[]>`
    SELECT count(*)::int AS slips,
           count(*) FILTER (WHERE l.gross <> gross_minor OR l.deductions <> deductions_minor OR l.employer <> employer_minor)::int AS uneven
    FROM payslip CROSS JOIN LATERAL (
      SELECT coalesce(sum("amountMinor") FILTER (WHERE kind = 'earning'), 0) AS gross,
             coalesce(sum("amountMinor") FILTER (WHERE kind = 'deduction'), 0) AS deductions,
             coalesce(sum("amountMinor") FILTER (WHERE kind = 'employer'), 0) AS employer
      FROM jsonb_to_recordset(lines) AS x (kind text, "amountMinor" bigint)) l
    WHERE tenant_id = ${tenantId} AND run_id = ${runId}`;
  const inputs = await ctx.db.payrollRunInput.count({ where: { tenantId, runId } });
  return { inputs, slips: counts?.slips ?? 0, unevenSlips: counts?.uneven ?? 0, chunks: chunks.map(chunkTally) };
}

function chunkTally({ employees, isDone, slips, slipSums, ...sums }: ChunkRow): ChunkTally {
  return { employees, isDone, slips, sums: sumsFrom(sums), slipSums };
}

/** Removes what the run computed; its frozen inputs stay. */
export async function clearRun(ctx: Ctx, runId: string): Promise<void> {
  const where = { tenantId: ctx.tenant.id, runId };
  await ctx.db.payslip.deleteMany({ where });
  await ctx.db.payrollRunChunk.deleteMany({ where });
}

/** Ends a run that a person cancelled while it was computing: nothing that it computed remains. */
export async function finishCancel(ctx: Ctx, { runId, attempt }: RunAttempt): Promise<void> {
  const cancelled = await ctx.db.payrollRun.updateMany({
    where: { tenantId: ctx.tenant.id, id: runId, attempt, status: "computing", cancelRequestedAt: { not: null } },
    data: { status: "cancelled" },
  });
  if (cancelled.count === 0) return;
  await clearRun(ctx, runId);
  ctx.audit({ action: "payroll-run.cancel", entityId: runId });
}

/** Marks a run whose job gave up. One that a person has cancelled meanwhile is cancelled, which is what they wanted. */
export async function failRun(ctx: Ctx, { runId, attempt, failure }: RunAttempt & { readonly failure: string }): Promise<void> {
  await finishCancel(ctx, { runId, attempt });
  const code = failure in computingErrors ? failure : "payroll/compute-failed";
  const failed = await ctx.db.payrollRun.updateMany({
    where: { tenantId: ctx.tenant.id, id: runId, attempt, status: { in: ["queued", "computing"] } },
    data: { status: "failed", failure: code },
  });
  if (failed.count > 0) ctx.audit({ action: "payroll-run.fail", entityId: runId, after: { failure: code } });
}
