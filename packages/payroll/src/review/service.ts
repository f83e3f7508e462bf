import { csvLines } from "@atrium/api";
import type { Ctx } from "@atrium/api";
import { Prisma } from "@atrium/db";
import { decodeCursor, firstDay, maxPageSize, pageOf, paiseFrom } from "@atrium/kernel";
import { z } from "zod";
import { deductionCodes, earningCodes, employerCodes, PayLine, PayslipFacts, RuleVersion } from "../computing/contract.ts";
import type { PaySums } from "../computing/contract.ts";
import { sumsFrom } from "../computing/service.ts";
import type { SumColumns } from "../computing/service.ts";
import { BlockedEmployee } from "../month/contract.ts";
import type { RunRef, RunSummary } from "../run/contract.ts";
import { findRun } from "../run/service.ts";
import type { Difference, DifferenceKind, DifferencePage, ListDifferences, ListSlips, RunReview, SlipPage } from "./contract.ts";
import { causesOf } from "./rules.ts";

const Frozen = z.object({ leftOut: z.object({ employees: z.array(BlockedEmployee) }), ruleVersions: z.array(RuleVersion) });

/** All that a second person needs to judge a run: totals, departments, rules, who was left out, how much differs. */
export async function reviewRun(ctx: Ctx, { id }: RunRef): Promise<RunReview> {
  const run = await findRun(ctx, id);
  const tenantId = ctx.tenant.id;
  const frozen = Frozen.parse(await ctx.db.payrollRun.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id } }, select: { leftOut: true, ruleVersions: true } }));
  const previous = await previousRun(ctx, run);
  const [counts] = await ctx.db.$queryRaw<RunReview["differences"][]>`
    WITH ${compared(ctx, run, previous)}
    SELECT count(*) FILTER (WHERE kind = 'new')::int AS "new", count(*) FILTER (WHERE kind = 'gone')::int AS gone,
           count(*) FILTER (WHERE kind = 'changed')::int AS changed, count(*) FILTER (WHERE kind = 'same')::int AS same
    FROM compared`;
  return {
    ...run,
    leftOut: frozen.leftOut.employees,
    rules: frozen.ruleVersions,
    departments: await departmentsOf(ctx, id),
    previous: previous?.sums ? { period: previous.period, employees: previous.employees, sums: previous.sums } : null,
    differences: counts ?? { new: 0, gone: 0, changed: 0, same: 0 },
  };
}

/** The last month before this one whose payslips were given out. */
async function previousRun(ctx: Ctx, { period }: RunSummary): Promise<RunSummary | undefined> {
  const previous = await ctx.db.payrollRun.findFirst({
    where: { tenantId: ctx.tenant.id, period: { lt: period }, status: { in: ["approved", "publishing", "published"] } },
    orderBy: { period: "desc" },
    select: { id: true },
  });
  return previous ? findRun(ctx, previous.id) : undefined;
}

type DepartmentRow = Omit<RunReview["departments"][number], keyof PaySums> & SumColumns;

async function departmentsOf(ctx: Ctx, runId: string): Promise<RunReview["departments"]> {
  const rows = await ctx.db.$queryRaw<DepartmentRow[]>`
    SELECT snapshot ->> 'departmentId' AS "departmentId", min(snapshot ->> 'department') AS department, count(*)::int AS employees,
           sum(gross_minor)::bigint AS "grossMinor", sum(deductions_minor)::bigint AS "deductionsMinor", sum(net_minor)::bigint AS "netMinor",
           sum(employer_minor)::bigint AS "employerMinor"
    FROM payslip WHERE tenant_id = ${ctx.tenant.id} AND run_id = ${runId} GROUP BY 1 ORDER BY 2`;
  return rows.map((row) => ({ ...row, ...sumsFrom(row) }));
}

/** Each employee of either month once, with both slips, as `WITH compared AS`. Without an earlier month nothing is compared. */
function compared(ctx: Ctx, run: RunSummary, previous: RunSummary | undefined): Prisma.Sql {
  const slips = (runId: string): Prisma.Sql => Prisma.sql`(SELECT * FROM payslip WHERE tenant_id = ${ctx.tenant.id} AND run_id = ${runId})`;
  return Prisma.sql`
    compared AS (
      SELECT coalesce(a.employee_id, b.employee_id) AS employee_id, coalesce(a.employee_code, b.employee_code) AS code, a.id AS payslip_id,
             b.snapshot AS before, a.snapshot AS after, b.net_minor AS before_minor, a.net_minor AS after_minor,
             CASE WHEN b.id IS NULL THEN 'new' WHEN a.id IS NULL THEN 'gone' WHEN a.net_minor <> b.net_minor THEN 'changed' ELSE 'same' END AS kind
      FROM ${slips(run.id)} a FULL JOIN ${slips(previous?.id ?? "")} b ON b.employee_id = a.employee_id
      WHERE ${previous !== undefined})`;
}

interface DifferenceRow extends Pick<Difference, "employeeId" | "code" | "payslipId"> {
  readonly kind: DifferenceKind;
  readonly before: unknown;
  readonly after: unknown;
  readonly beforeMinor: bigint | null;
  readonly afterMinor: bigint | null;
  readonly wasEmployed: boolean;
  readonly hasLeft: boolean;
}

/** Who is new, who is gone and whose net pay changed since the month before, by code, each with its causes. */
export async function listDifferences(ctx: Ctx, { id, kind, limit, after }: ListDifferences): Promise<DifferencePage> {
  const run = await findRun(ctx, id);
  const previous = await previousRun(ctx, run);
  const [fromCode = "", fromId = ""] = (after && decodeCursor(after)) || [];
  const ofKind = kind ? Prisma.sql`c.kind = ${kind}` : Prisma.sql`c.kind <> 'same'`;
  const rows = await ctx.db.$queryRaw<DifferenceRow[]>`
    WITH ${compared(ctx, run, previous)}
    SELECT c.kind, c.employee_id AS "employeeId", c.code, c.payslip_id AS "payslipId", c.before, c.after, c.before_minor AS "beforeMinor",
           c.after_minor AS "afterMinor", e.joined_on < ${firstDay(run.period)}::date AS "wasEmployed",
           coalesce(e.left_on < ${firstDay(run.period)}::date, false) AS "hasLeft"
    FROM compared c JOIN employee e ON e.tenant_id = ${ctx.tenant.id} AND e.id = c.employee_id
    WHERE ${ofKind} AND (c.code, c.employee_id) > (${String(fromCode)}, ${String(fromId)})
    ORDER BY c.code, c.employee_id LIMIT ${limit + 1}`;
  const { page, next } = pageOf(rows, limit, ({ code, employeeId }) => [code, employeeId]);
  return { differences: page.map(differenceFrom), next };
}

const MaybeFacts = PayslipFacts.nullable();

function differenceFrom({ before, after, beforeMinor, afterMinor, wasEmployed, hasLeft, ...row }: DifferenceRow): Difference {
  const facts = { before: MaybeFacts.parse(before), after: MaybeFacts.parse(after) };
  return {
    ...row,
    name: (facts.after ?? facts.before)?.name ?? "",
    department: (facts.after ?? facts.before)?.department ?? "",
    beforeMinor: beforeMinor === null ? null : paiseFrom(beforeMinor),
    afterMinor: afterMinor === null ? null : paiseFrom(afterMinor),
    causes: causesOf({ ...facts, kind: row.kind, wasEmployed, hasLeft }),
  };
}

/** The payslips of a run, by code. */
export async function listSlips(ctx: Ctx, { id, search, limit, after }: ListSlips): Promise<SlipPage> {
  await findRun(ctx, id);
  const rows = await slipRows(ctx, { runId: id, search, after: after ?? undefined, limit: limit + 1 });
  const { page, next } = pageOf(rows, limit, slipPlace);
  return {
    slips: page.map(({ snapshot, employeeCode, employeeId, id: slipId, ...row }) => {
      const { name, department, days } = PayslipFacts.parse(snapshot);
      return { id: slipId, employeeId, code: employeeCode, name, department, paidHalfDays: days.paidHalfDays, ...sumsFrom(row) };
    }),
    next,
  };
}

/** What the slips of a run are sorted by. */
const slipPlace = ({ employeeCode, id }: StoredSlip): readonly string[] => [employeeCode, id];

interface SlipQuery {
  readonly runId: string;
  readonly search: string;
  readonly after: string | undefined;
  readonly limit: number;
}

type StoredSlip = SumColumns & {
  readonly id: string;
  readonly employeeId: string;
  readonly employeeCode: string;
  readonly snapshot: unknown;
  readonly lines: unknown;
};

async function slipRows(ctx: Ctx, { runId, search, after, limit }: SlipQuery): Promise<StoredSlip[]> {
  const [code = "", id = ""] = (after && decodeCursor(after)) || [];
  const found = search === "" ? Prisma.empty : Prisma.sql`AND position(lower(${search}) IN lower((snapshot ->> 'name') || ' ' || employee_code)) > 0`;
  return ctx.db.$queryRaw<StoredSlip[]>`
    SELECT id, employee_id AS "employeeId", employee_code AS "employeeCode", snapshot, lines, gross_minor AS "grossMinor",
           deductions_minor AS "deductionsMinor", net_minor AS "netMinor", employer_minor AS "employerMinor"
    FROM payslip WHERE tenant_id = ${ctx.tenant.id} AND run_id = ${runId} AND (employee_code, id) > (${String(code)}, ${String(id)}) ${found}
    ORDER BY employee_code, id LIMIT ${limit}`;
}

const lineCodes = [...earningCodes, ...deductionCodes, ...employerCodes] as const;
const lineColumns: Readonly<Record<(typeof lineCodes)[number], string>> = {
  basic: "Basic",
  hra: "House rent allowance",
  "special-allowance": "Special allowance",
  "provident-fund": "Provident fund",
  "professional-tax": "Professional tax",
  "employer-provident-fund": "Provident fund (employer)",
};
/** The columns of the register, which its reader may sort and add up in a spreadsheet. Amounts are rupees. */
const registerColumns = ["Code", "Name", "Department", "Location", "Days paid", ...lineCodes.map((code) => lineColumns[code]), "Gross", "Deductions", "Net", "Employer"];

/**
 * One stretch of a run's register as CSV lines; `next` leads to the following one. Each is a transaction of its own, so
 * that a slow reader holds none open. The first writes down who took it away.
 */
export async function registerPage(ctx: Ctx, { id }: RunRef, after: string | null): Promise<{ readonly lines: string; readonly next: string | null; readonly period: string }> {
  const { period } = await findRun(ctx, id);
  if (after === null) ctx.audit({ action: "payroll-run.export-register", entityId: id });
  const rows = await slipRows(ctx, { runId: id, search: "", after: after ?? undefined, limit: maxPageSize + 1 });
  const { page, next } = pageOf(rows, maxPageSize, slipPlace);
  const lines = csvLines(page.map(registerRow));
  return {
    lines: after === null ? csvLines([registerColumns]) + lines : lines,
    next,
    period,
  };
}

function registerRow({ snapshot, lines, employeeCode, ...row }: StoredSlip): (string | number)[] {
  const { name, department, location, days } = PayslipFacts.parse(snapshot);
  const amounts = new Map(z.array(PayLine).parse(lines).map(({ code, amountMinor }) => [code, amountMinor]));
  const { grossMinor, deductionsMinor, netMinor, employerMinor } = sumsFrom(row);
  const inRupees = [...lineCodes.map((code) => amounts.get(code) ?? 0), grossMinor, deductionsMinor, netMinor, employerMinor].map(rupees);
  return [employeeCode, name, department, location, days.paidHalfDays / 2, ...inRupees];
}

const rupees = (minor: number): string => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, "0")}`;
