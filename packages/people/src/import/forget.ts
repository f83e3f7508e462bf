import { forgetFile } from "@atrium/api";
import type { Ctx, Files } from "@atrium/api";
import type { ImportWork } from "./check.ts";
import { lockImport, patchImport } from "./record.ts";

/* An import keeps what it was given no longer than it needs it: the file and the sensitive cells until everybody is in, what
   its rows said for another week, so that what was refused can be corrected. */

const keptMs = 7 * 24 * 3_600_000;
/** As many of one company in one night; the rest come the next. */
const atOnce = 200;

/** Takes the sensitive cells away, in the transaction that ends an import. */
export async function forgetCells(ctx: Ctx, importId: string): Promise<void> {
  await ctx.db.employeeImportRow.updateMany({ where: { tenantId: ctx.tenant.id, importId, cellsSealed: { not: null } }, data: { cellsSealed: null } });
}

/** Removes the file of an import that is done. */
export async function removeFile(work: ImportWork, importId: string): Promise<void> {
  const found = await work.inTenant((ctx) => lockImport(ctx, importId, ["done"]));
  if (!found) return;
  await work.files.remove(found.fileKey);
  await work.inTenant((ctx) => forgetFile(ctx, found.fileKey));
}

/** Forgets what imports were given that nobody has touched for a week. Answers how many. */
export async function forgetImports(ctx: Ctx, files: Pick<Files, "remove">): Promise<number> {
  const old = await ctx.db.employeeImport.findMany({
    where: { tenantId: ctx.tenant.id, forgottenAt: null, updatedAt: { lt: new Date(ctx.now.getTime() - keptMs) } },
    select: { id: true, fileKey: true }, orderBy: { id: "asc" }, take: atOnce,
  });
  for (const { id, fileKey } of old) {
    // The file first: once the row says that all is gone, nobody looks again.
    await files.remove(fileKey);
    await forgetFile(ctx, fileKey);
    await forget(ctx, id);
  }
  return old.length;
}

async function forget(ctx: Ctx, id: string): Promise<void> {
  const waiting = await lockImport(ctx, id, ["uploaded", "checking", "checked", "committing"]);
  await ctx.db.employeeImportRow.updateMany({ where: { tenantId: ctx.tenant.id, importId: id }, data: { payload: {}, problems: [], cellsSealed: null } });
  await patchImport(ctx, id, { ...(waiting && { status: "cancelled", finishedAt: ctx.now }), forgottenAt: ctx.now });
  ctx.audit({ action: "employee-import.forget", entityId: id });
}
