"use client";

import { importColumns, importFates } from "@atrium/people/contract";
import type { ImportFate, ImportRecord, ImportRow, RowProblem } from "@atrium/people/contract";
import { DataTable, EmptyState, FilterBar, StatusBadge, TextLink } from "@atrium/ui";
import type { DataTableColumn } from "@atrium/ui";
import { FileSpreadsheet } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { useTenantSlug } from "../../../../../../client/tenant-client.tsx";
import { rowsAtOnce, useFate, useImportRows } from "./use-import-rows.ts";
import { useProblemWords } from "./use-problem-words.ts";
import { useUrlState } from "../../../../../../client/use-url-state.ts";
import { QueryError } from "../../../../../../components/query-error.tsx";

/** Every row of the file with its fate and, for a bad one, each reason beside the value it concerns. */
export function ImportRows({ record }: { readonly record: ImportRecord }) {
  const url = useUrlState();
  const fate = useFate();
  // Another fate is another list, which begins on its first page.
  return <RowsOfFate key={fate} record={record} fate={fate} onFateChange={(next) => url.set({ fate: next })} />;
}

interface RowsOfFateProps {
  readonly record: ImportRecord;
  readonly fate: ImportFate | undefined;
  readonly onFateChange: (fate: readonly string[]) => void;
}

function RowsOfFate({ record, fate, onFateChange }: RowsOfFateProps) {
  const t = useTranslations("people.import");
  const columns = useColumns();
  const [starts, setStarts] = useState<readonly number[]>([0]);
  const after = starts.at(-1) ?? 0;
  const list = useImportRows(record.id, fate, after);
  const next = list.data?.next ?? null;
  const counts = { create: record.goodRows, refuse: record.badRows };
  return (
    <DataTable
      label={t("rows")}
      columns={columns}
      rows={list.data?.items ?? []}
      rowId={({ rowNumber }) => String(rowNumber)}
      rowName={({ rowNumber, cells }) => cells["fullName"] ?? String(rowNumber)}
      isLoading={list.isPending}
      isRefreshing={list.isPlaceholderData}
      error={list.error ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : undefined}
      empty={<EmptyState icon={<FileSpreadsheet aria-hidden />} title={t("noRows")} body={t("noRowsText")} />}
      total={fate ? counts[fate] : record.totalRows}
      paging={{
        from: (starts.length - 1) * rowsAtOnce + 1,
        onNext: next === null ? undefined : () => setStarts([...starts, next]),
        onPrevious: starts.length > 1 ? () => setStarts(starts.slice(0, -1)) : undefined,
      }}
      toolbar={
        <FilterBar
          filters={[{ id: "fate", label: t("fate"), options: importFates.map((value) => ({ value, label: t(`fates.${value}`) })) }]}
          values={fate ? { fate: [fate] } : {}}
          onChange={(values) => onFateChange(values["fate"] ?? [])}
        />
      }
    />
  );
}

function useColumns(): readonly DataTableColumn<ImportRow>[] {
  const t = useTranslations("people.import");
  return useMemo(
    () => [
      { id: "row", header: t("row"), width: 80, align: "end", isHideable: false, cell: ({ rowNumber }) => <span className="tabular-nums">{rowNumber}</span> },
      { id: "person", header: t("person"), width: 220, mobile: "title", cell: (row) => <WhoInFile row={row} /> },
      { id: "fate", header: t("fate"), width: 170, cell: (row) => <FateBadge row={row} /> },
      { id: "why", header: t("why"), isHideable: false, cell: ({ problems, cells }) => <Reasons problems={problems} cells={cells} /> },
    ],
    [t],
  );
}

function WhoInFile({ row: { cells, employeeId } }: { readonly row: ImportRow }) {
  const slug = useTenantSlug();
  const name = cells["fullName"] || "–";
  return (
    <span className="flex min-w-0 flex-col">
      {employeeId === null ? <span className="truncate font-medium">{name}</span> : <TextLink href={`/${slug}/people/${employeeId}`}>{name}</TextLink>}
      <span className="truncate text-xs font-normal text-ink-soft">{cells["code"]}</span>
    </span>
  );
}

function FateBadge({ row: { fate, employeeId } }: { readonly row: ImportRow }) {
  const t = useTranslations("people.import.fates");
  if (employeeId !== null) return <StatusBadge tone="good">{t("created")}</StatusBadge>;
  return <StatusBadge tone={fate === "create" ? "info" : "attention"}>{t(fate)}</StatusBadge>;
}

function Reasons({ problems, cells }: Pick<ImportRow, "problems" | "cells">) {
  if (problems.length === 0) return <span className="text-ink-faint">–</span>;
  return (
    <ul className="flex flex-col gap-1 py-1.5 whitespace-normal">
      {problems.map((problem) => (
        <Reason key={`${problem.column ?? ""} ${problem.code}`} problem={problem} value={problem.column === undefined ? "" : (cells[problem.column] ?? "")} />
      ))}
    </ul>
  );
}

const headerOf = (column: string | undefined): string | undefined => Object.entries(importColumns).find(([known]) => known === column)?.[1].header;

function Reason({ problem, value }: { readonly problem: RowProblem; readonly value: string }) {
  const words = useProblemWords();
  const header = headerOf(problem.column);
  return (
    <li className="break-words">
      {header === undefined ? null : <span className="font-medium">{header}</span>}
      {value === "" ? null : <code className="ml-1.5 rounded-sm bg-sunken px-1 font-mono text-sm">{value}</code>}
      {header === undefined ? null : ": "}
      {words(problem)}
    </li>
  );
}
