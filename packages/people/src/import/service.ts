import { assertRoomFor, noteFile, tenantKey } from "@atrium/api";
import type { Ctx } from "@atrium/api";
import { refusal } from "@atrium/kernel";
import { filePlace } from "./cells.ts";
import { importConfirmed, importErrors, importUploaded, RowCells, RowProblem } from "./contract.ts";
import type { CommitImport, ImportFate, ImportList, ImportRecord, ImportRow, ImportRowPage, ImportStatus, ListImportRows, OneImport, RegisterUpload } from "./contract.ts";
import { countCreated, importSelect, isStalled, lockImport, patchImport, toImportRecord } from "./record.ts";

export { checkManagers, checkRows, inspectImport } from "./check.ts";
export type { ImportWork } from "./check.ts";
export { forgetImports, removeFile } from "./forget.ts";
export { announce, commitAll, commitRange, finishCommit, linkManagers, planCommit } from "./commit.ts";
export type { RowRange } from "./commit.ts";

/** Names the place for a file that is about to be uploaded, and gives what seals it for there. Nothing is written yet. Throws `storage/full`. */
export async function beginUpload(ctx: Ctx): Promise<{ readonly id: string; readonly fileKey: string; readonly seal: (bytes: Uint8Array) => Uint8Array }> {
  await assertRoomFor(ctx, 1);
  const id = ctx.newId("imp");
  const vault = await ctx.vault();
  return { id, fileKey: fileKeyOf(ctx, id), seal: (bytes) => vault.sealFile(filePlace(id), bytes) };
}

const fileKeyOf = (ctx: Ctx, id: string): string => tenantKey(ctx.tenant.id, "imports", `${id}.csv.sealed`);

/** Takes note of a file that lies in its place, and has it checked. Nothing becomes an employee by this. Throws `storage/full`; the file is then nobody's. */
export async function registerUpload(ctx: Ctx, { id, fileName, fileBytes }: RegisterUpload): Promise<ImportRecord> {
  await noteFile(ctx, fileKeyOf(ctx, id), fileBytes);
  await ctx.db.employeeImport.create({
    data: {
      tenantId: ctx.tenant.id, id, fileName, fileBytes, fileKey: fileKeyOf(ctx, id), status: "uploaded",
      createdBy: ctx.actor.memberId ?? null, createdAt: ctx.now, updatedAt: ctx.now,
    },
  });
  ctx.audit({ action: "employee-import.upload", entityId: id, after: { fileName, fileBytes } });
  emitCheck(ctx, id, 1);
  return getImport(ctx, { id });
}

/** Throws `people/import-not-found`. */
export async function getImport(ctx: Ctx, { id }: OneImport): Promise<ImportRecord> {
  const row = await ctx.db.employeeImport.findFirst({ where: { tenantId: ctx.tenant.id, id }, select: importSelect });
  if (!row) throw refusal(importErrors, "people/import-not-found");
  const created = await countCreated(ctx, [id]);
  return toImportRecord(row, created(id), ctx.now);
}

/** The latest imports, the newest first. */
export async function listImports(ctx: Ctx): Promise<ImportList> {
  const rows = await ctx.db.employeeImport.findMany({ where: { tenantId: ctx.tenant.id }, select: importSelect, orderBy: { id: "desc" }, take: 20 });
  const created = await countCreated(ctx, rows.map(({ id }) => id));
  return { items: rows.map((row) => toImportRecord(row, created(row.id), ctx.now)) };
}

/** The rows with their fates, in the file's order. Throws `people/import-not-found`. */
export async function listImportRows(ctx: Ctx, { id, fate, after, limit }: ListImportRows): Promise<ImportRowPage> {
  await getImport(ctx, { id });
  const rows = await ctx.db.employeeImportRow.findMany({
    where: { tenantId: ctx.tenant.id, importId: id, rowNumber: { gt: after }, ...(fate && { fate }) },
    orderBy: { rowNumber: "asc" },
    take: limit + 1,
  });
  const items = rows.slice(0, limit).map((row): ImportRow => ({
    rowNumber: row.rowNumber,
    fate: fateFrom(row.fate),
    cells: RowCells.parse(row.payload),
    problems: RowProblem.array().parse(row.problems),
    employeeId: row.employeeId,
  }));
  return { items, next: rows.length > limit ? (items.at(-1)?.rowNumber ?? null) : null };
}

const fateFrom = (text: string): ImportFate => (text === "create" ? "create" : "refuse");

/**
 * Has the checked rows become employees, in the background. Throws `people/import-has-bad-rows` for all-or-none while a row
 * is bad, `people/import-nothing-good` when no row is good, `people/import-not-ready` before the check has ended and
 * `people/import-over` after the end, `people/import-forgotten` a week after it was last touched. A commit that failed half-way goes on with the rest.
 */
export async function commitImport(ctx: Ctx, { id, mode }: CommitImport): Promise<ImportRecord> {
  const before = await getImport(ctx, { id });
  if (before.status === "done" || (before.status === "failed" && before.createdRows === 0)) throw refusal(importErrors, "people/import-over");
  const found = await lockImport(ctx, id, ["checked", "cancelled", "committing", "failed"]);
  const isWaiting = found?.status === "committing" && !isStalled(found, ctx.now);
  if (found?.forgottenAt) throw refusal(importErrors, "people/import-forgotten");
  if (!found?.checkedAt || isWaiting || (mode === "all-or-none" && before.createdRows > 0)) throw refusal(importErrors, "people/import-not-ready");
  if (found.goodRows === 0) throw refusal(importErrors, "people/import-nothing-good");
  if (mode === "all-or-none" && found.badRows > 0) throw refusal(importErrors, "people/import-has-bad-rows", { params: { count: found.badRows } });
  const attempt = found.attempt + 1;
  await patchImport(ctx, id, { status: "committing", mode, attempt, problem: null, doneRows: before.createdRows, startedAt: ctx.now, finishedAt: null });
  ctx.audit({ action: "employee-import.commit", entityId: id, after: { mode, goodRows: found.goodRows, badRows: found.badRows } });
  const { memberId } = ctx.actor;
  ctx.emit(importConfirmed, `${id}:commit:${attempt}`, { importId: id, ...(memberId && { actorMemberId: memberId }) });
  return getImport(ctx, { id });
}

const stoppable: readonly ImportStatus[] = ["uploaded", "checking", "checked", "committing"];

/** Stops it where it is. Those already created stay; committing again goes on with the rest. Throws `people/import-over`. */
export async function cancelImport(ctx: Ctx, { id }: OneImport): Promise<ImportRecord> {
  await getImport(ctx, { id });
  if (!(await lockImport(ctx, id, stoppable))) throw refusal(importErrors, "people/import-over");
  await patchImport(ctx, id, { status: "cancelled", finishedAt: ctx.now });
  ctx.audit({ action: "employee-import.cancel", entityId: id });
  return getImport(ctx, { id });
}

/**
 * Checks the same file again, against what the company has now. Throws `people/import-over` once somebody was created from
 * it, `people/import-forgotten` when it was left alone for so long that the file is gone.
 */
export async function recheckImport(ctx: Ctx, { id }: OneImport): Promise<ImportRecord> {
  const before = await getImport(ctx, { id });
  const found = await lockImport(ctx, id, ["uploaded", "checking", "checked", "committing", "failed", "cancelled"]);
  if (!found || before.createdRows > 0) throw refusal(importErrors, "people/import-over");
  if (found.forgottenAt) throw refusal(importErrors, "people/import-forgotten");
  const isResting = found.status === "checked" || found.status === "failed" || found.status === "cancelled";
  if (!isResting && !isStalled(found, ctx.now)) throw refusal(importErrors, "people/import-not-ready");
  const attempt = found.attempt + 1;
  await patchImport(ctx, id, { status: "uploaded", attempt, problem: null, doneRows: 0, checkedAt: null, finishedAt: null });
  emitCheck(ctx, id, attempt);
  return getImport(ctx, { id });
}

function emitCheck(ctx: Ctx, id: string, attempt: number): void {
  const { memberId } = ctx.actor;
  ctx.emit(importUploaded, `${id}:check:${attempt}`, { importId: id, ...(memberId && { actorMemberId: memberId }) });
}

/** Says that the last try of a job failed. `failure` is a code of ours, or what happened in the machine's words. */
export async function failImport(ctx: Ctx, id: string, failure: string): Promise<void> {
  if (!(await lockImport(ctx, id, ["uploaded", "checking", "committing"]))) return;
  const problem = Object.keys(importErrors).find((code) => code === failure) ?? "people/import-failed";
  await patchImport(ctx, id, { status: "failed", problem, finishedAt: ctx.now });
}
