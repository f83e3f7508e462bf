import type { Ctx } from "@atrium/api";
import type { Prisma } from "@atrium/db";
import { paceOf } from "@atrium/kernel";
import { z } from "zod";
import { ImportHeaders, importModes, importStatuses } from "./contract.ts";
import type { ImportRecord, ImportStatus } from "./contract.ts";

/* The import's own row: held, changed, and shown. */

interface LockedImport {
  readonly fileKey: string;
  readonly status: string;
  readonly mode: string | null;
  readonly attempt: number;
  readonly goodRows: number;
  readonly badRows: number;
  readonly checkedAt: Date | null;
  readonly updatedAt: Date;
  readonly forgottenAt: Date | null;
}

/** Takes the import for this transaction, so that two steps never work on it at once; undefined unless it stands where it must. */
export async function lockImport(ctx: Ctx, importId: string, expected: readonly ImportStatus[]): Promise<LockedImport | undefined> {
  const [row] = await ctx.db.$queryRaw<LockedImport[]>`
    SELECT i.file_key AS "fileKey", i.status, i.mode, i.attempt, i.good_rows AS "goodRows", i.bad_rows AS "badRows",
           i.checked_at AS "checkedAt", i.updated_at AS "updatedAt", i.forgotten_at AS "forgottenAt"
    FROM employee_import i WHERE i.tenant_id = ${ctx.tenant.id} AND i.id = ${importId} FOR UPDATE`;
  return row && expected.some((status) => status === row.status) ? row : undefined;
}

type Patch = Pick<
  Prisma.EmployeeImportUncheckedUpdateManyInput,
  "status" | "mode" | "attempt" | "totalRows" | "goodRows" | "badRows" | "doneRows" | "headers" | "problem" | "problemParams" | "startedAt" | "checkedAt" | "finishedAt" | "forgottenAt"
>;

/** Changes the import's row, and says that something has moved. */
export async function patchImport(ctx: Ctx, importId: string, data: Patch): Promise<void> {
  await ctx.db.employeeImport.updateMany({ where: { tenantId: ctx.tenant.id, id: importId }, data: { ...data, updatedAt: ctx.now } });
}

export const importSelect = {
  id: true, fileName: true, status: true, mode: true, totalRows: true, goodRows: true, badRows: true, doneRows: true, headers: true, problem: true,
  problemParams: true, createdAt: true, startedAt: true, checkedAt: true, finishedAt: true, updatedAt: true, forgottenAt: true, creator: { select: { name: true } },
} as const;

interface LoadedImport {
  readonly id: string;
  readonly fileName: string;
  readonly status: string;
  readonly mode: string | null;
  readonly totalRows: number;
  readonly goodRows: number;
  readonly badRows: number;
  readonly doneRows: number;
  readonly headers: unknown;
  readonly problem: string | null;
  readonly problemParams: unknown;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly checkedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly updatedAt: Date;
  readonly forgottenAt: Date | null;
  readonly creator: { readonly name: string } | null;
}

/** A step takes a second or two; nothing new for this long means that its job was lost on the way. */
const stalledAfterMs = 60_000;

const working = ["uploaded", "checking", "committing"];

/** Whether the step under way has shown nothing for so long that it may be started again. */
export const isStalled = ({ status, updatedAt }: { readonly status: string; readonly updatedAt: Date }, now: Date): boolean =>
  working.includes(status) && now.getTime() - updatedAt.getTime() > stalledAfterMs;

/** How many rows of each import have become employees: one query for all. */
export async function countCreated(ctx: Ctx, importIds: readonly string[]): Promise<(importId: string) => number> {
  const counts = await ctx.db.employeeImportRow.groupBy({
    by: ["importId"],
    where: { tenantId: ctx.tenant.id, importId: { in: [...importIds] }, fate: "create", employeeId: { not: null } },
    _count: { _all: true },
  });
  const byImport = new Map(counts.map(({ importId, _count }) => [importId, _count._all]));
  return (importId) => byImport.get(importId) ?? 0;
}

const paramsSchema = z.record(z.string(), z.union([z.string(), z.number()]));

export function toImportRecord(row: LoadedImport, createdRows: number, now: Date): ImportRecord {
  const { id, fileName, totalRows, goodRows, badRows, doneRows, problem } = row;
  const params = paramsSchema.safeParse(row.problemParams);
  const toDo = row.status === "committing" ? goodRows : totalRows;
  const startedAt = working.includes(row.status) ? row.startedAt : null;
  return {
    id, fileName, totalRows, goodRows, badRows, doneRows, createdRows,
    status: z.enum(importStatuses).parse(row.status),
    mode: z.enum(importModes).nullable().parse(row.mode),
    ...paceOf(doneRows, toDo, startedAt ? now.getTime() - startedAt.getTime() : 0),
    isForgotten: row.forgottenAt !== null,
    isStalled: isStalled(row, now),
    headers: ImportHeaders.nullable().parse(row.headers),
    problem: problem === null ? null : { code: problem, ...(params.success && { params: params.data }) },
    createdBy: row.creator?.name ?? null,
    createdAt: row.createdAt.toISOString(),
    checkedAt: row.checkedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
