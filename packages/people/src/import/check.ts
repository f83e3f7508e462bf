import { Readable } from "node:stream";
import type { Ctx, Files, Job } from "@atrium/api";
import { Prisma } from "@atrium/db";
import { AppError, refusal } from "@atrium/kernel";
import type { Vault } from "@atrium/vault";
import { markOf } from "../employee/service.ts";
import { organisationByName } from "../organisation/service.ts";
import { filePlace, keepCells } from "./cells.ts";
import { importErrors, maxImportRows } from "./contract.ts";
import type { RowProblem } from "./contract.ts";
import { openRows } from "./reading.ts";
import type { FileRow } from "./reading.ts";
import { lockImport, patchImport } from "./record.ts";
import { duplicateFinder, managerProblems, readJoiner } from "./rules.ts";
import type { Claims, Joiner, RowLine } from "./rules.ts";

/* The dry run. Each function is one step of the job: done again from its beginning it comes to the same end. */

/** What a step works with: the company's transactions and its files. */
export interface ImportWork extends Pick<Job<unknown>, "inTenant"> {
  readonly files: Files;
}

export const chunkRows = 500;

/** Reads the whole file once: is it a file of joiners, and how many rows has it? Answers false when it is refused as a whole. */
export async function inspectImport(work: ImportWork, importId: string): Promise<boolean> {
  const read = await work.inTenant(async (ctx) => {
    const found = await lockImport(ctx, importId, ["uploaded", "checking"]);
    if (found) await patchImport(ctx, importId, { status: "checking", startedAt: ctx.now, doneRows: 0 });
    return found && fileReader(work, await ctx.vault(), importId, found.fileKey);
  });
  if (!read) return false;
  try {
    const { headers, rows } = await openRows(await read());
    let totalRows = 0;
    for await (const _row of rows) {
      totalRows += 1;
      if (totalRows > maxImportRows) throw refusal(importErrors, "people/import-too-many-rows", { params: { max: maxImportRows } });
    }
    if (totalRows === 0) throw refusal(importErrors, "people/import-no-rows");
    await work.inTenant((ctx) => patchImport(ctx, importId, { totalRows, headers: { known: headers.known, unknown: headers.unknown } }));
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await work.inTenant((ctx) =>
      patchImport(ctx, importId, { status: "failed", problem: error.code, problemParams: { ...error.detail.params }, finishedAt: ctx.now }),
    );
    return false;
  }
}

/** Opens the file as it is read: nothing of it lies about in plain text. */
const fileReader = (work: ImportWork, vault: Vault, importId: string, fileKey: string) => async (): Promise<Readable> =>
  Readable.from(vault.openFile(filePlace(importId), await work.files.read(fileKey)));

/** Decides every row's fate but for its manager. Answers false when the import was cancelled meanwhile. */
export async function checkRows(work: ImportWork, importId: string): Promise<boolean> {
  const read = await work.inTenant(async (ctx) => {
    const found = await lockImport(ctx, importId, ["checking"]);
    if (found) await ctx.db.employeeImportRow.deleteMany({ where: { tenantId: ctx.tenant.id, importId } });
    return found && fileReader(work, await ctx.vault(), importId, found.fileKey);
  });
  if (!read) return false;
  const { rows } = await openRows(await read());
  const findDuplicates = duplicateFinder();
  let doneRows = 0;
  for await (const chunk of inChunks(rows, chunkRows)) {
    doneRows += chunk.length;
    const read = chunk.map((row) => {
      const { joiner, problems } = readJoiner(row.cells);
      // In a row of too many or too few cells nothing stands where it should: what else is wrong would be noise.
      const isRagged = row.problems.length > 0;
      return { row, joiner, isRagged, problems: isRagged ? row.problems : [...problems, ...findDuplicates(row.rowNumber, joiner)] };
    });
    const isGoingOn = await work.inTenant((ctx) => keepChunk(ctx, importId, read, doneRows));
    if (!isGoingOn) return false;
  }
  return true;
}

interface ReadRow {
  readonly row: FileRow;
  readonly joiner: Joiner;
  readonly isRagged: boolean;
  readonly problems: readonly RowProblem[];
}

/** Holds the chunk against what the company has, in a fixed number of queries, and keeps its rows. */
async function keepChunk(ctx: Ctx, importId: string, chunk: readonly ReadRow[], doneRows: number): Promise<boolean> {
  const found = await lockImport(ctx, importId, ["checking"]);
  if (!found) return false;
  const { departments, locations } = await organisationByName(ctx);
  const takenBy = await findHolders(ctx, chunk.map(({ joiner }) => joiner));
  const vault = await ctx.vault();
  const unknown = (column: "department" | "location", value: string): RowProblem => ({ column, code: `people/${column}-unknown`, params: { value } });
  const data = chunk.map(({ row, joiner, isRagged, problems }) => {
    const { department, location } = joiner;
    const outside = [
      ...takenBy(joiner),
      ...(department !== "" && !departments.has(department.toLowerCase()) ? [unknown("department", department)] : []),
      ...(location !== "" && !locations.has(location.toLowerCase()) ? [unknown("location", location)] : []),
    ];
    const all = isRagged ? [...problems] : [...problems, ...outside];
    const { rowNumber, cells } = row;
    return {
      tenantId: ctx.tenant.id, importId, rowNumber, ...keepCells(vault, importId, rowNumber, cells, isRagged),
      fate: all.length === 0 ? "create" : "refuse", problems: all,
    };
  });
  await ctx.db.employeeImportRow.createMany({ data });
  await patchImport(ctx, importId, { doneRows });
  return true;
}

/** Who already has one of these codes, PANs or Aadhaar numbers: one query for all. */
export async function findHolders(ctx: Ctx, joiners: readonly Claims[]): Promise<(joiner: Claims) => RowProblem[]> {
  const vault = await ctx.vault();
  const mark = (field: "pan" | "aadhaar", value: string | null): string => (value === null ? "" : markOf(vault, field, value));
  const given = (texts: readonly string[]): string[] => texts.filter((text) => text !== "");
  const codes = given(joiners.map(({ code }) => code.toLowerCase()));
  const pans = given(joiners.map(({ pan }) => mark("pan", pan)));
  const aadhaars = given(joiners.map(({ aadhaar }) => mark("aadhaar", aadhaar)));
  const holders = await ctx.db.employee.findMany({
    where: { tenantId: ctx.tenant.id, OR: [{ codeLower: { in: codes } }, { panIndex: { in: pans } }, { aadhaarIndex: { in: aadhaars } }] },
    select: { codeLower: true, panIndex: true, aadhaarIndex: true, code: true, fullName: true },
  });
  const byCode = new Map(holders.map((holder) => [holder.codeLower, holder]));
  const byPan = new Map(holders.map((holder) => [holder.panIndex, holder]));
  const byAadhaar = new Map(holders.map((holder) => [holder.aadhaarIndex, holder]));
  const taken = (column: "code" | "pan" | "aadhaar", holder: { readonly code: string; readonly fullName: string } | undefined): RowProblem[] =>
    holder ? [{ column, code: `people/${column}-taken`, params: { code: holder.code, name: holder.fullName } }] : [];
  return ({ code, pan, aadhaar }) => [
    ...taken("code", byCode.get(code.toLowerCase())),
    ...taken("pan", byPan.get(mark("pan", pan))),
    ...taken("aadhaar", byAadhaar.get(mark("aadhaar", aadhaar))),
  ];
}

/** Decides about the managers, who may stand anywhere in the file, counts, and closes the dry run. */
export async function checkManagers(work: ImportWork, importId: string): Promise<void> {
  await work.inTenant(async (ctx) => {
    if (!(await lockImport(ctx, importId, ["checking"]))) return;
    const rows = await ctx.db.$queryRaw<RowLine[]>`
      SELECT r.row_number AS "rowNumber", r.fate = 'create' AS "isGood",
             lower(coalesce(r.payload->>'code', '')) AS code, lower(coalesce(r.payload->>'managerCode', '')) AS "managerCode"
      FROM employee_import_row r
      WHERE r.tenant_id = ${ctx.tenant.id} AND r.import_id = ${importId} ORDER BY r.row_number`;
    const problems = managerProblems(rows, await existingCodes(ctx, rows));
    const json = JSON.stringify([...problems].map(([row_number, problem]) => ({ row_number, problem })));
    await ctx.db.$executeRaw`
      UPDATE employee_import_row r SET fate = 'refuse', problems = r.problems || p.problem
      FROM jsonb_to_recordset(${json}::jsonb) AS p(row_number int, problem jsonb)
      WHERE r.tenant_id = ${ctx.tenant.id} AND r.import_id = ${importId} AND r.row_number = p.row_number`;
    const badRows = await ctx.db.employeeImportRow.count({ where: { tenantId: ctx.tenant.id, importId, fate: "refuse" } });
    await patchImport(ctx, importId, { status: "checked", goodRows: rows.length - badRows, badRows, checkedAt: ctx.now });
  });
}

async function existingCodes(ctx: Ctx, rows: readonly RowLine[]): Promise<ReadonlySet<string>> {
  const named = [...new Set(rows.map(({ managerCode }) => managerCode))].filter((code) => code !== "");
  const found = await ctx.db.$queryRaw<{ code: string }[]>(Prisma.sql`
    SELECT e.code_lower AS code FROM employee e WHERE e.tenant_id = ${ctx.tenant.id} AND e.code_lower = ANY (${named}::text[])`);
  return new Set(found.map(({ code }) => code));
}

async function* inChunks<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let chunk: T[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
