import type { Ctx } from "@atrium/api";
import type { Prisma } from "@atrium/db";
import type { ImportStatus } from "./contract.ts";

interface LockedImport {
  readonly fileKey: string;
  readonly status: string;
  readonly mode: string | null;
  readonly attempt: number;
  readonly goodRows: number;
  readonly badRows: number;
  readonly checkedAt: Date | null;
  readonly updatedAt: Date;
}

/** Takes the import for this transaction, so that two steps never work on it at once; undefined unless it stands where it must. */
export async function lockImport(ctx: Ctx, importId: string, expected: readonly ImportStatus[]): Promise<LockedImport | undefined> {
  const [row] = await ctx.db.$queryRaw<LockedImport[]>`
    SELECT i.file_key AS "fileKey", i.status, i.mode, i.attempt, i.good_rows AS "goodRows", i.bad_rows AS "badRows",
           i.checked_at AS "checkedAt", i.updated_at AS "updatedAt"
    FROM employee_import i WHERE i.tenant_id = ${ctx.tenant.id} AND i.id = ${importId} FOR UPDATE`;
  return row && expected.some((status) => status === row.status) ? row : undefined;
}

type Patch = Pick<
  Prisma.EmployeeImportUncheckedUpdateManyInput,
  "status" | "mode" | "attempt" | "totalRows" | "goodRows" | "badRows" | "doneRows" | "headers" | "problem" | "problemParams" | "startedAt" | "checkedAt" | "finishedAt"
>;

export async function patchImport(ctx: Ctx, importId: string, data: Patch): Promise<void> {
  await ctx.db.employeeImport.updateMany({ where: { id: importId }, data: { ...data, updatedAt: ctx.now } });
}
