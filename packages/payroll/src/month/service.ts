import type { Ctx } from "@atrium/api";
import { Prisma } from "@atrium/db";
import { decodeCursor, formatMonth, pageOf, paiseFrom, plainDateFrom, refusal } from "@atrium/kernel";
import type { FieldError, YearMonth } from "@atrium/kernel";
import { maxNamed, monthErrors } from "./contract.ts";
import type { BlockedEmployee, Blocker, ListMonthPeople, Month, MonthChange, MonthOf, MonthPeople, Saved, SetLossOfPay } from "./contract.ts";
import { boundsOf, lossOfPayFault } from "./rules.ts";
import type { MonthBounds } from "./rules.ts";

/** The month's bounds. Throws `payroll/month-not-covered` for one from before the first rule. */
export function monthBounds(period: YearMonth): MonthBounds {
  const bounds = boundsOf(period);
  if (!bounds) throw refusal(monthErrors, "payroll/month-not-covered", { field: "period" });
  return bounds;
}

/**
 * Keeps what payroll is computed from still: `writing` may go on beside other writers, `freezing` waits for them and keeps
 * them waiting, so that no entry slips in between the freezing of a month and the commit of its run. Lasts to the commit.
 */
export async function holdInputs(ctx: Ctx, purpose: "writing" | "freezing"): Promise<void> {
  const key = `payroll inputs of ${ctx.tenant.id}`;
  if (purpose === "writing") await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended(${key}, 0))`;
  else await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
}

/** Throws `payroll/month-closed` when a month from `from` to `to` (every later one, when not given) has a live run. */
export async function assertOpen(ctx: Ctx, from: YearMonth, to?: YearMonth): Promise<void> {
  await holdInputs(ctx, "writing");
  const run = await ctx.db.payrollRun.findFirst({
    where: { tenantId: ctx.tenant.id, period: { gte: from, ...(to && { lte: to }) }, status: { notIn: ["failed", "cancelled"] } },
    orderBy: { period: "asc" },
    select: { period: true },
  });
  if (run) throw refusal(monthErrors, "payroll/month-closed", { params: { month: formatMonth(run.period) } });
}

/**
 * Everybody who works for the company on a day of the month, with the salary and the loss of pay that hold for it and what
 * blocks them. The one place that says who is in: the month's page and the run's inputs both read it, as `WITH people AS`.
 */
export function monthPeople(tenantId: string, { period, first, last, states }: MonthBounds): Prisma.Sql {
  return Prisma.sql`
    people AS (
      SELECT e.tenant_id, e.id, e.code, e.code_lower, e.full_name, e.search_text, e.designation, e.gender, e.joined_on, e.left_on,
             e.pan_masked, e.uan_masked, e.bank_account_masked, d.id AS department_id, d.name AS department, l.name AS location, l.state,
             s.id AS salary_id, s.effective_from, s.basic_minor, s.hra_minor, s.allowance_minor, s.is_pf_member,
             s.basic_minor + s.hra_minor + s.allowance_minor AS monthly_minor,
             days.employed AS employed_half_days, coalesce(m.loss_of_pay_half_days, 0) AS loss_of_pay_half_days,
             CASE WHEN s.id IS NULL THEN 'no-salary'
                  WHEN l.state <> ALL (${states}) THEN 'state-not-covered'
                  WHEN m.loss_of_pay_half_days > days.employed THEN 'loss-of-pay-too-long' END AS blocker
      FROM employee e
      CROSS JOIN LATERAL (
        SELECT 2 * (least(coalesce(e.left_on, ${last}::date), ${last}::date) - greatest(e.joined_on, ${first}::date) + 1) AS employed) days
      JOIN department d ON d.tenant_id = e.tenant_id AND d.id = e.department_id
      JOIN location l ON l.tenant_id = e.tenant_id AND l.id = e.location_id
      LEFT JOIN LATERAL (
        SELECT * FROM salary
        WHERE tenant_id = e.tenant_id AND employee_id = e.id AND effective_from <= ${first}::date
        ORDER BY effective_from DESC LIMIT 1) s ON true
      LEFT JOIN month_input m ON m.tenant_id = e.tenant_id AND m.period = ${period} AND m.employee_id = e.id
      WHERE e.tenant_id = ${tenantId} AND e.joined_on <= ${last}::date AND (e.left_on IS NULL OR e.left_on >= ${first}::date))`;
}

interface NamedRow {
  readonly kind: MonthChange["kind"] | "blocked";
  readonly employeeId: string;
  readonly code: string;
  readonly name: string;
  readonly department: string;
  readonly on: Date | null;
  readonly beforeMinor: bigint | null;
  readonly afterMinor: bigint | null;
  readonly halfDays: number;
  readonly blocker: Blocker | null;
  readonly state: string;
  readonly total: number;
}

/** Who is in, and what changed since the month before. */
export async function getMonth(ctx: Ctx, { period }: MonthOf): Promise<Month> {
  const bounds = monthBounds(period);
  const [totals, rows] = [await loadTotals(ctx, bounds), await loadNamed(ctx, bounds)];
  const countOf = (kind: NamedRow["kind"]): number => rows.find((row) => row.kind === kind)?.total ?? 0;
  return {
    period,
    ...totals,
    counts: {
      joiner: countOf("joiner"),
      leaver: countOf("leaver"),
      salary: countOf("salary"),
      "loss-of-pay": countOf("loss-of-pay"),
      blocked: countOf("blocked"),
    },
    changes: rows.flatMap(changeFrom),
    blocked: rows.flatMap(blockedFrom),
  };
}

async function loadTotals(ctx: Ctx, bounds: MonthBounds): Promise<Pick<Month, "headcount" | "fullMonthMinor">> {
  const [row] = await ctx.db.$queryRaw<{ headcount: number; fullMonthMinor: bigint }[]>`
    WITH ${monthPeople(ctx.tenant.id, bounds)}
    SELECT count(*)::int AS headcount, coalesce(sum(monthly_minor), 0)::bigint AS "fullMonthMinor" FROM people`;
  return { headcount: row?.headcount ?? 0, fullMonthMinor: paiseFrom(row?.fullMonthMinor ?? 0) };
}

/** The first `maxNamed` of each kind, each with the count of all of its kind. */
async function loadNamed(ctx: Ctx, bounds: MonthBounds): Promise<NamedRow[]> {
  return ctx.db.$queryRaw<NamedRow[]>`
    WITH ${monthPeople(ctx.tenant.id, bounds)},
    kinds AS (
      SELECT p.*, k.kind, before.amount AS before_minor
      FROM people p
      LEFT JOIN LATERAL (
        SELECT basic_minor + hra_minor + allowance_minor AS amount FROM salary
        WHERE tenant_id = p.tenant_id AND employee_id = p.id AND effective_from < p.effective_from
        ORDER BY effective_from DESC LIMIT 1) before ON p.effective_from = ${bounds.first}::date
      CROSS JOIN LATERAL (VALUES
        ('joiner', p.joined_on >= ${bounds.first}::date),
        ('leaver', p.left_on <= ${bounds.last}::date),
        ('salary', before.amount <> p.monthly_minor),
        ('loss-of-pay', p.loss_of_pay_half_days > 0),
        ('blocked', p.blocker IS NOT NULL)) AS k (kind, holds)
      WHERE k.holds),
    numbered AS (
      SELECT *, count(*) OVER (PARTITION BY kind) AS total, row_number() OVER (PARTITION BY kind ORDER BY code_lower) AS place FROM kinds)
    SELECT kind, id AS "employeeId", code, full_name AS "name", department, CASE kind WHEN 'leaver' THEN left_on ELSE joined_on END AS "on",
           before_minor AS "beforeMinor", monthly_minor AS "afterMinor", loss_of_pay_half_days AS "halfDays", blocker, state, total::int AS total
    FROM numbered WHERE place <= ${maxNamed} ORDER BY kind, place`;
}

function changeFrom({ kind, employeeId, code, name, department, on, beforeMinor, afterMinor, halfDays }: NamedRow): MonthChange[] {
  const who = { employeeId, code, name, department };
  switch (kind) {
    case "joiner":
    case "leaver":
      return on ? [{ kind, ...who, on: plainDateFrom(on) }] : [];
    case "salary":
      return [{ kind, ...who, beforeMinor: paiseFrom(beforeMinor ?? 0), afterMinor: paiseFrom(afterMinor ?? 0) }];
    case "loss-of-pay":
      return [{ kind, ...who, halfDays }];
    case "blocked":
      return [];
  }
}

function blockedFrom({ kind, employeeId, code, name, department, blocker, state }: NamedRow): BlockedEmployee[] {
  return kind === "blocked" && blocker ? [{ employeeId, code, name, department, blocker, state }] : [];
}

interface PersonRow extends Omit<MonthPeople["people"][number], "monthlyMinor"> {
  readonly monthlyMinor: bigint | null;
  readonly codeLower: string;
}

/** Everybody who is in, by code, for entering what the month changes. */
export async function listMonthPeople(ctx: Ctx, { period, search, limit, after }: ListMonthPeople): Promise<MonthPeople> {
  const [code = "", id = ""] = (after && decodeCursor(after)) || [];
  const found = search === "" ? Prisma.empty : Prisma.sql`AND position(lower(${search}) IN search_text) > 0`;
  const rows = await ctx.db.$queryRaw<PersonRow[]>`
    WITH ${monthPeople(ctx.tenant.id, monthBounds(period))}
    SELECT id AS "employeeId", code, code_lower AS "codeLower", full_name AS "name", department, monthly_minor AS "monthlyMinor",
           employed_half_days AS "employedHalfDays", loss_of_pay_half_days AS "lossOfPayHalfDays", blocker
    FROM people WHERE (code_lower, id) > (${String(code)}, ${String(id)}) ${found}
    ORDER BY code_lower, id LIMIT ${limit + 1}`;
  const { page, next } = pageOf(rows, limit, ({ codeLower, employeeId }) => [codeLower, employeeId]);
  return {
    people: page.map((row) => ({ ...row, monthlyMinor: row.monthlyMinor === null ? null : paiseFrom(row.monthlyMinor) })),
    next,
  };
}

/** Enters loss of pay for many at once, while the month is open. Throws with every entry that cannot be, or saves all. */
export async function setLossOfPay(ctx: Ctx, { period, entries }: SetLossOfPay): Promise<Saved> {
  await assertOpen(ctx, period, period);
  const tenantId = ctx.tenant.id;
  const ids = entries.map(({ employeeId }) => employeeId);
  const employees = await ctx.db.employee.findMany({ where: { tenantId, id: { in: ids } }, select: { id: true, joinedOn: true, leftOn: true } });

  const byId = new Map(employees.map(({ id, joinedOn, leftOn }) => [id, { joinedOn: plainDateFrom(joinedOn), leftOn: leftOn && plainDateFrom(leftOn) }]));
  const fields: FieldError[] = entries.flatMap(({ employeeId, halfDays }, index) => {
    const fault = lossOfPayFault(byId.get(employeeId), halfDays, period);
    if (!fault) return [];
    return [{ field: `entries.${index}.halfDays`, code: fault.code, ...("days" in fault && { params: { days: fault.days } }) }];
  });
  if (fields.length > 0) throw refusal(monthErrors, "payroll/loss-of-pay-too-long", { fields });

  const kept = entries.filter(({ halfDays }) => halfDays > 0);
  await ctx.db.monthInput.deleteMany({ where: { tenantId, period, employeeId: { in: ids } } });
  await ctx.db.monthInput.createMany({ data: kept.map(({ employeeId, halfDays }) => ({ tenantId, period, employeeId, lossOfPayHalfDays: halfDays })) });
  ctx.audit({ action: "payroll-month.set-loss-of-pay", entityId: period, after: { entries } });
  return { saved: entries.length };
}
