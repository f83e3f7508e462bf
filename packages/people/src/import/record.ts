import type { Ctx } from "@atrium/api";
import { z } from "zod";
import { ImportHeaders, importModes, importStatuses } from "./contract.ts";
import type { ImportRecord } from "./contract.ts";
import { pace } from "./rules.ts";

export const importSelect = {
  id: true, fileName: true, status: true, mode: true, totalRows: true, goodRows: true, badRows: true, doneRows: true, headers: true, problem: true,
  problemParams: true, createdAt: true, startedAt: true, checkedAt: true, finishedAt: true, updatedAt: true, creator: { select: { name: true } },
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
  readonly creator: { readonly name: string } | null;
}

/** A step takes a second or two; nothing new for this long means that its job was lost on the way. */
const stalledAfterMs = 60_000;

const working = ["uploaded", "checking", "committing"];

export const isStalled = ({ status, updatedAt }: { readonly status: string; readonly updatedAt: Date }, now: Date): boolean =>
  working.includes(status) && now.getTime() - updatedAt.getTime() > stalledAfterMs;

export const countCreated = (ctx: Ctx, importId: string): Promise<number> =>
  ctx.db.employeeImportRow.count({ where: { importId, fate: "create", employeeId: { not: null } } });

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
    ...(startedAt ? pace(doneRows, toDo, now.getTime() - startedAt.getTime()) : { rowsPerSecond: null, secondsLeft: null }),
    isStalled: isStalled(row, now),
    headers: ImportHeaders.nullable().parse(row.headers),
    problem: problem === null ? null : { code: problem, ...(params.success && { params: params.data }) },
    createdBy: row.creator?.name ?? null,
    createdAt: row.createdAt.toISOString(),
    checkedAt: row.checkedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
