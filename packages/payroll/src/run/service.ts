import type { Ctx } from "@atrium/api";
import { addMonths, AppError, formatMonth, monthOf, paceOf, refusal } from "@atrium/kernel";
import type { YearMonth } from "@atrium/kernel";
import { z } from "zod";
import { clearRun, sumsFrom } from "../computing/service.ts";
import type { SumColumns } from "../computing/service.ts";
import { getMonth, holdInputs, monthBounds, monthPeople } from "../month/service.ts";
import { newsId, runApproved, runErrors, runQueued, RunStatus } from "./contract.ts";
import type { Stage } from "./rules.ts";
import type { RunList, RunProgress, RunRef, RunSummary, Standing, StartRun } from "./contract.ts";
import { approvalFault, cancelPoint, retryFrom, ruleVersionsOf, stopOf } from "./rules.ts";

/**
 * Freezes the month's inputs and queues its run. Throws `payroll/run-exists` with who started the live one,
 * `payroll/employees-blocked` unless they are to be left out, `payroll/nobody-to-pay`, and `payroll/month-too-far` for a
 * month beyond the next: what was given out is final, and would keep every salary until then from changing.
 */
export async function startRun(ctx: Ctx, { period, excludeBlocked }: StartRun): Promise<RunSummary> {
  const startedBy = memberOf(ctx);
  if (period > addMonths(monthOf(ctx.today), 1)) throw refusal(runErrors, "payroll/month-too-far", { params: { month: formatMonth(period) } });
  await holdInputs(ctx, "freezing");
  const live = await liveRun(ctx, period);
  if (live) throw refusal(runErrors, "payroll/run-exists", { params: { period, startedBy: live.startedBy, status: live.status } });
  const month = await getMonth(ctx, { period });
  const { blocked } = month.counts;
  if (blocked > 0 && !excludeBlocked) throw refusal(runErrors, "payroll/employees-blocked", { params: { count: blocked } });
  if (month.headcount === blocked) throw refusal(runErrors, "payroll/nobody-to-pay", { params: { period } });

  const tenantId = ctx.tenant.id;
  const id = ctx.newId("prn");
  const leftOut = { count: blocked, employees: month.blocked };
  await ctx.db.payrollRun.create({
    data: { tenantId, id, period, status: "queued", startedBy, startedAt: ctx.now, queuedAt: ctx.now, employees: 0, leftOut, ruleVersions: ruleVersionsOf(period) },
  });
  const employees = await freezeInputs(ctx, id, period);
  await ctx.db.payrollRun.update({ where: { tenantId_id: { tenantId, id } }, data: { employees } });
  ctx.audit({ action: "payroll-run.start", entityId: id, after: { period, employees, leftOut: blocked } });
  ctx.emit(runQueued, newsId(runQueued, { runId: id, attempt: 1 }), { runId: id, attempt: 1 });
  return findRun(ctx, id);
}

function memberOf({ actor }: Ctx): string {
  if (actor.memberId === undefined) throw new AppError("permission/missing", "forbidden");
  return actor.memberId;
}

/** One statement, so that every input is of the same moment. The keys are those of `PayInput`. */
async function freezeInputs(ctx: Ctx, runId: string, period: YearMonth): Promise<number> {
  return ctx.db.$executeRaw`
    WITH ${monthPeople(ctx.tenant.id, monthBounds(period))}
    INSERT INTO payroll_run_input (tenant_id, run_id, employee_id, snapshot)
    SELECT tenant_id, ${runId}, id, jsonb_build_object(
      'employeeId', id, 'code', code, 'name', full_name, 'designation', designation, 'departmentId', department_id, 'department', department,
      'location', location, 'state', state, 'gender', gender, 'joinedOn', joined_on, 'leftOn', left_on,
      'panMasked', pan_masked, 'uanMasked', uan_masked, 'bankLast4', right(bank_account_masked, 4),
      'salary', jsonb_build_object('from', to_char(effective_from, 'YYYY-MM'), 'basicMinor', basic_minor, 'hraMinor', hra_minor,
                                   'allowanceMinor', allowance_minor, 'isPfMember', is_pf_member),
      'lossOfPayHalfDays', loss_of_pay_half_days)
    FROM people WHERE blocker IS NULL`;
}

/** Cancels a run: at once where no job is at work, else at its next chunk. Throws `payroll/cannot-cancel` once approved. */
export async function cancelRun(ctx: Ctx, { id }: RunRef): Promise<RunSummary> {
  const tenantId = ctx.tenant.id;
  const { status, stop } = await lockRun(ctx, id);
  const where = { tenantId_id: { tenantId, id } };
  switch (cancelPoint(status, stop)) {
    case "never":
      throw refusal(runErrors, "payroll/cannot-cancel", { params: { status } });
    case "next-chunk":
      await ctx.db.payrollRun.update({ where, data: { cancelRequestedAt: ctx.now } });
      ctx.audit({ action: "payroll-run.request-cancel", entityId: id });
      break;
    case "now":
      await ctx.db.payrollRun.update({ where, data: { status: "cancelled", cancelRequestedAt: ctx.now } });
      await clearRun(ctx, id);
      ctx.audit({ action: "payroll-run.cancel", entityId: id });
  }
  return findRun(ctx, id);
}

/** Sets a stopped run going again from where it stopped, with the inputs it was started with. */
export async function retryRun(ctx: Ctx, { id }: RunRef): Promise<RunSummary> {
  const { status, stop, attempt: last, period } = await lockRun(ctx, id);
  const from = retryFrom(status, stop);
  if (!from) throw refusal(runErrors, "payroll/cannot-retry", { params: { status } });
  const live = from === "queued" ? await liveRun(ctx, period) : undefined;
  if (live && live.id !== id) throw refusal(runErrors, "payroll/run-exists", { params: { period, startedBy: live.startedBy, status: live.status } });

  const attempt = last + 1;
  const again = from === "queued" ? { queuedAt: ctx.now, computingAt: null, cancelRequestedAt: null } : { approvedAt: ctx.now };
  await ctx.db.payrollRun.update({ where: { tenantId_id: { tenantId: ctx.tenant.id, id } }, data: { status: from, attempt, failure: null, ...again } });
  if (from === "queued") await clearRun(ctx, id);
  ctx.audit({ action: "payroll-run.retry", entityId: id, after: { attempt } });
  const news = from === "queued" ? runQueued : runApproved;
  ctx.emit(news, newsId(news, { runId: id, attempt }), { runId: id, attempt });
  return findRun(ctx, id);
}

/**
 * Approves a computed run, and so sets the giving out of its payslips going. Throws `payroll/approver-is-starter`,
 * `payroll/already-approved` with who did, `payroll/not-computed`. Of two at the same moment one approves.
 */
export async function approveRun(ctx: Ctx, { id }: RunRef): Promise<RunSummary> {
  const run = await lockRun(ctx, id);
  const fault = approvalFault(run, ctx.actor.memberId);
  if (fault) {
    const { approvedBy, status } = await findRun(ctx, id);
    throw refusal(runErrors, fault, { params: { status, approvedBy: approvedBy ?? "" } });
  }

  const { attempt } = run;
  await ctx.db.payrollRun.update({
    where: { tenantId_id: { tenantId: ctx.tenant.id, id } },
    data: { status: "approved", approvedBy: memberOf(ctx), approvedAt: ctx.now },
  });
  ctx.audit({ action: "payroll-run.approve", entityId: id });
  ctx.emit(runApproved, newsId(runApproved, { runId: id, attempt }), { runId: id, attempt });
  return findRun(ctx, id);
}

interface LockedRun extends Stage {
  readonly period: YearMonth;
  readonly attempt: number;
  readonly startedBy: string;
  readonly approvedBy: string | null;
}

/** Reads the run and keeps everybody else from changing it until the commit. Throws `payroll/run-not-found`. */
async function lockRun(ctx: Ctx, id: string): Promise<LockedRun & { readonly stop: string | null }> {
  const [run] = await ctx.db.$queryRaw<LockedRun[]>`
    SELECT period, status, attempt, started_by AS "startedBy", approved_by AS "approvedBy", failure,
           queued_at AS "queuedAt", computing_at AS "computingAt", approved_at AS "approvedAt"
    FROM payroll_run WHERE tenant_id = ${ctx.tenant.id} AND id = ${id} FOR UPDATE`;
  if (!run) throw refusal(runErrors, "payroll/run-not-found");
  return { ...run, stop: stopOf(run, ctx.now) };
}

const LeftOutCount = z.object({ count: z.number() });

async function summaries(ctx: Ctx, where: { readonly id?: string; readonly period?: YearMonth | { readonly gte: YearMonth; readonly lt: YearMonth } }): Promise<RunSummary[]> {
  const name = { select: { name: true } };
  const runs = await ctx.db.payrollRun.findMany({ where: { tenantId: ctx.tenant.id, ...where }, orderBy: { id: "desc" }, include: { starter: name, approver: name } });
  return runs.map((run) => ({
    id: run.id,
    period: run.period,
    status: RunStatus.parse(run.status),
    employees: run.employees,
    leftOutCount: LeftOutCount.parse(run.leftOut).count,
    sums: isSummed(run) ? sumsFrom(run) : null,
    startedBy: run.starter.name,
    isStarter: run.startedBy === ctx.actor.memberId,
    startedAt: run.startedAt.toISOString(),
    computedAt: run.computedAt?.toISOString() ?? null,
    approvedBy: run.approver?.name ?? null,
    approvedAt: run.approvedAt?.toISOString() ?? null,
    publishedAt: run.publishedAt?.toISOString() ?? null,
    isCancelRequested: run.cancelRequestedAt !== null,
    failure: stopOf({ ...run, status: RunStatus.parse(run.status) }, ctx.now),
  }));
}

type Header = { readonly [K in keyof SumColumns]: SumColumns[K] | null };

const isSummed = (header: Header): header is SumColumns => header.grossMinor !== null && header.netMinor !== null;

/** Throws `payroll/run-not-found`, for another company's run as well. */
export async function findRun(ctx: Ctx, id: string): Promise<RunSummary> {
  const [run] = await summaries(ctx, { id });
  if (!run) throw refusal(runErrors, "payroll/run-not-found");
  return run;
}

const isLive = ({ status }: RunSummary): boolean => status !== "failed" && status !== "cancelled";

async function liveRun(ctx: Ctx, period: YearMonth): Promise<RunSummary | undefined> {
  return (await summaries(ctx, { period })).find(isLive);
}

/** The month's live run, or else the last that was tried. */
export async function runOfMonth(ctx: Ctx, { period }: { readonly period: YearMonth }): Promise<{ readonly run: RunSummary | null }> {
  const runs = await summaries(ctx, { period });
  return { run: runs.find(isLive) ?? runs[0] ?? null };
}

/** Of each month of the year that has one: the live run, or else the last that was tried. */
export async function runsOfYear(ctx: Ctx, { year }: { readonly year: number }): Promise<RunList> {
  const first = `${year}-01`;
  const runs = await summaries(ctx, { period: { gte: first, lt: addMonths(first, 12) } });
  const byMonth = Map.groupBy(runs, ({ period }) => period);
  return { runs: [...byMonth.values()].flatMap((tried) => tried.find(isLive) ?? tried[0] ?? []) };
}

/** Where the present month stands, for a home. */
export async function standing(ctx: Ctx): Promise<Standing> {
  const period = monthOf(ctx.today);
  const { headcount, counts } = await getMonth(ctx, { period });
  return { period, headcount, blocked: counts.blocked, ...(await runOfMonth(ctx, { period })) };
}

type ProgressRow = SumColumns & { readonly done: number; readonly elapsedMs: number | null };

/** How far computing has come, from the chunks that are done: cheap enough to ask every second. */
export async function runProgress(ctx: Ctx, { id }: RunRef): Promise<RunProgress> {
  const { status, employees, isCancelRequested, failure } = await findRun(ctx, id);
  const rows = await ctx.db.$queryRaw<ProgressRow[]>`
    SELECT coalesce(sum(c.employees) FILTER (WHERE c.done_at IS NOT NULL), 0)::int AS done,
           coalesce(sum(c.gross_minor), 0)::bigint AS "grossMinor", coalesce(sum(c.deductions_minor), 0)::bigint AS "deductionsMinor",
           coalesce(sum(c.net_minor), 0)::bigint AS "netMinor", coalesce(sum(c.employer_minor), 0)::bigint AS "employerMinor",
           (extract(epoch FROM max(c.done_at) - min(r.computing_at)) * 1000)::float8 AS "elapsedMs"
    FROM payroll_run_chunk c JOIN payroll_run r ON r.tenant_id = c.tenant_id AND r.id = c.run_id
    WHERE c.tenant_id = ${ctx.tenant.id} AND c.run_id = ${id}`;
  const [{ done, elapsedMs, ...sums } = nothingDone] = rows;
  return { id, status, employees, done, sums: sumsFrom(sums), ...paceOf(done, employees, elapsedMs ?? 0), isCancelRequested, failure };
}

const nothingDone: ProgressRow = { done: 0, elapsedMs: null, grossMinor: 0n, deductionsMinor: 0n, netMinor: 0n, employerMinor: 0n };
