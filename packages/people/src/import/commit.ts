import type { Ctx } from "@atrium/api";
import { plainDateFrom, refusal } from "@atrium/kernel";
import { employeeJoined } from "../employee/contract.ts";
import { createEmployees } from "../employee/service.ts";
import type { EmployeeDraft } from "../employee/service.ts";
import { organisationByName } from "../organisation/service.ts";
import { chunkRows, findHolders } from "./check.ts";
import type { ImportWork } from "./check.ts";
import { openCells } from "./cells.ts";
import { importErrors } from "./contract.ts";
import type { ImportMode } from "./contract.ts";
import { forgetCells } from "./forget.ts";
import { lockImport, patchImport } from "./record.ts";
import { readJoiner } from "./rules.ts";

/* The commit. Each function is one step of the job. A row that has become an employee bears the employee's id, and no step
   touches such a row again: however often a step is repeated, nobody is created twice. */

export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** How the commit is to go, and its rows in stretches of a bearable size; undefined when there is nothing to do (any more). */
export function planCommit(work: ImportWork, importId: string): Promise<{ readonly mode: ImportMode; readonly ranges: RowRange[] } | null> {
  return work.inTenant(async (ctx) => {
    const found = await lockImport(ctx, importId, ["committing"]);
    if (!found) return null;
    const ranges = await ctx.db.$queryRaw<RowRange[]>`
      SELECT min(n.row_number) AS "from", max(n.row_number) AS "to"
      FROM (SELECT r.row_number, (row_number() OVER (ORDER BY r.row_number) - 1) / ${chunkRows} AS part
            FROM employee_import_row r
            WHERE r.tenant_id = ${ctx.tenant.id} AND r.import_id = ${importId} AND r.fate = 'create') n
      GROUP BY n.part ORDER BY 1`;
    return { mode: found.mode === "all-or-none" ? ("all-or-none" as const) : ("good-rows" as const), ranges };
  });
}

/** Creates the good rows of a stretch. Somebody who has got the code, PAN or Aadhaar since the check turns the row into a bad one. */
export async function commitRange(work: ImportWork, importId: string, range: RowRange): Promise<void> {
  await work.inTenant(async (ctx) => {
    if (!(await lockImport(ctx, importId, ["committing"]))) return;
    const drafts = await draftsOf(ctx, importId, range);
    const created = await createEmployees(ctx, drafts, importReason(importId));
    await markCreated(ctx, importId, drafts.filter(({ id }) => created.has(id)));
    await refuseLate(ctx, importId, drafts.filter(({ id }) => !created.has(id)));
    await recount(ctx, importId);
  });
}

/**
 * Creates everybody in one transaction, managers included, or throws and leaves nobody: `people/import-changed-since-check`
 * when somebody has got a code, PAN or Aadhaar meanwhile, `people/import-over` when the import was cancelled. Done before, it does
 * nothing: a process killed between the commit and the job server's hearing of it has still to tell the house.
 */
export async function commitAll(work: ImportWork, importId: string, ranges: readonly RowRange[]): Promise<void> {
  if (await work.inTenant((ctx) => lockImport(ctx, importId, ["done"]))) return;
  await work.inTenant(
    async (ctx) => {
      let doneRows = 0;
      for (const range of ranges) {
        const drafts = await draftsOf(ctx, importId, range);
        const created = await createEmployees(ctx, drafts, importReason(importId));
        if (created.size < drafts.length) throw refusal(importErrors, "people/import-changed-since-check");
        await markCreated(ctx, importId, drafts);
        doneRows += drafts.length;
        await showProgress(work, importId, doneRows);
      }
      await linkManagersOf(ctx, importId);
      if (!(await lockImport(ctx, importId, ["committing"]))) throw refusal(importErrors, "people/import-over");
      await recount(ctx, importId);
      await patchImport(ctx, importId, { status: "done", finishedAt: ctx.now });
      await forgetCells(ctx, importId);
    },
    { timeoutMs: allOrNoneMs },
  );
}

/** One transaction for the largest file there may be. */
const allOrNoneMs = 300_000;

/** From a transaction of its own, so that it is seen before the large one has ended; it also hears of a cancellation. */
async function showProgress(work: ImportWork, importId: string, doneRows: number): Promise<void> {
  await work.inTenant(async (ctx) => {
    if (!(await lockImport(ctx, importId, ["committing"]))) throw refusal(importErrors, "people/import-over");
    await patchImport(ctx, importId, { doneRows });
  });
}

/** Gives those created the managers that their rows name, who may stand anywhere in the file. */
export async function linkManagers(work: ImportWork, importId: string): Promise<void> {
  await work.inTenant((ctx) => linkManagersOf(ctx, importId));
}

/** Closes a commit of the good rows; one that was cancelled stays cancelled. */
export async function finishCommit(work: ImportWork, importId: string): Promise<void> {
  await work.inTenant(async (ctx) => {
    if (!(await lockImport(ctx, importId, ["committing"]))) return;
    await patchImport(ctx, importId, { status: "done", finishedAt: ctx.now });
    await forgetCells(ctx, importId);
  });
}

/** Tells the house of those who joined. Told twice, it is heard once. */
export async function announce(work: ImportWork, importId: string, { from, to }: RowRange): Promise<void> {
  await work.inTenant(async (ctx) => {
    const rows = await ctx.db.employeeImportRow.findMany({
      where: { tenantId: ctx.tenant.id, importId, rowNumber: { gte: from, lte: to }, employeeId: { not: null } },
      select: { employee: { select: { id: true, joinedOn: true } } },
    });
    for (const { employee } of rows) {
      if (employee) ctx.emit(employeeJoined, `${employee.id}:joined`, { employeeId: employee.id, joinedOn: plainDateFrom(employee.joinedOn) });
    }
  });
}

interface RowDraft extends EmployeeDraft {
  readonly rowNumber: number;
}

const importReason = (importId: string): string => `import ${importId}`;

async function draftsOf(ctx: Ctx, importId: string, { from, to }: RowRange): Promise<RowDraft[]> {
  const { departments, locations } = await organisationByName(ctx);
  const rows = await ctx.db.employeeImportRow.findMany({
    where: { tenantId: ctx.tenant.id, importId, fate: "create", employeeId: null, rowNumber: { gte: from, lte: to } },
    orderBy: { rowNumber: "asc" },
    select: { rowNumber: true, payload: true, cellsSealed: true },
  });
  const vault = await ctx.vault();
  return rows.map((row) => {
    const { rowNumber } = row;
    const { department, location, managerCode: _later, ...person } = readJoiner(openCells(vault, importId, row)).joiner;
    const departmentId = departments.get(department.toLowerCase());
    const locationId = locations.get(location.toLowerCase());
    if (departmentId === undefined || locationId === undefined) throw refusal(importErrors, "people/import-changed-since-check");
    return { rowNumber, id: ctx.newId("emp"), fields: { ...person, departmentId, locationId, managerId: null, leftOn: null } };
  });
}

async function markCreated(ctx: Ctx, importId: string, drafts: readonly RowDraft[]): Promise<void> {
  const json = JSON.stringify(drafts.map(({ rowNumber, id }) => ({ row_number: rowNumber, employee_id: id })));
  await ctx.db.$executeRaw`
    UPDATE employee_import_row r SET employee_id = c.employee_id
    FROM jsonb_to_recordset(${json}::jsonb) AS c(row_number int, employee_id text)
    WHERE r.tenant_id = ${ctx.tenant.id} AND r.import_id = ${importId} AND r.row_number = c.row_number`;
}

async function refuseLate(ctx: Ctx, importId: string, drafts: readonly RowDraft[]): Promise<void> {
  if (drafts.length === 0) return;
  const takenBy = await findHolders(ctx, drafts.map(({ fields }) => fields));
  const json = JSON.stringify(drafts.map(({ rowNumber, fields }) => ({ row_number: rowNumber, problems: takenBy(fields) })));
  await ctx.db.$executeRaw`
    UPDATE employee_import_row r SET fate = 'refuse', problems = p.problems
    FROM jsonb_to_recordset(${json}::jsonb) AS p(row_number int, problems jsonb)
    WHERE r.tenant_id = ${ctx.tenant.id} AND r.import_id = ${importId} AND r.row_number = p.row_number`;
}

async function recount(ctx: Ctx, importId: string): Promise<void> {
  const [counted] = await ctx.db.$queryRaw<{ good: number; bad: number; created: number }[]>`
    SELECT count(*) FILTER (WHERE r.fate = 'create')::int AS good, count(*) FILTER (WHERE r.fate = 'refuse')::int AS bad,
           count(r.employee_id)::int AS created
    FROM employee_import_row r WHERE r.tenant_id = ${ctx.tenant.id} AND r.import_id = ${importId}`;
  if (counted) await patchImport(ctx, importId, { goodRows: counted.good, badRows: counted.bad, doneRows: counted.created });
}

async function linkManagersOf(ctx: Ctx, importId: string): Promise<void> {
  const linked = await ctx.db.$queryRaw<{ id: string; managerId: string }[]>`
    UPDATE employee e SET manager_id = m.id
    FROM employee_import_row r JOIN employee m ON m.tenant_id = r.tenant_id AND m.code_lower = lower(r.payload->>'managerCode')
    WHERE r.tenant_id = ${ctx.tenant.id} AND r.import_id = ${importId}
      AND e.tenant_id = r.tenant_id AND e.id = r.employee_id AND e.manager_id IS NULL AND e.version = 1
    RETURNING e.id, e.manager_id AS "managerId"`;
  ctx.audit(
    ...linked.map(({ id, managerId }) => ({ action: "employee.update", entityId: id, after: { managerId }, reason: importReason(importId) }) as const),
  );
}
