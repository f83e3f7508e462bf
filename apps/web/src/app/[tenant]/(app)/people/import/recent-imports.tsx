"use client";

import type { ImportRecord, ImportStatus } from "@atrium/people/contract";
import { Card, DataTable, EmptyState, StatusBadge, TimeText } from "@atrium/ui";
import type { DataTableColumn, Tone } from "@atrium/ui";
import { FileSpreadsheet } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useMemo } from "react";
import { useTenantSlug } from "../../../../../client/tenant-client.tsx";
import { trpc } from "../../../../../client/trpc.ts";
import { useMe } from "../../../../../components/frame/me.ts";
import { QueryError } from "../../../../../components/query-error.tsx";

const tones: Readonly<Record<ImportStatus, Tone>> = {
  uploaded: "info", checking: "info", checked: "attention", committing: "info", done: "good", failed: "danger", cancelled: "neutral",
};

export function ImportStatusBadge({ status }: { readonly status: ImportStatus }) {
  const t = useTranslations("people.import.statuses");
  return <StatusBadge tone={tones[status]}>{t(status)}</StatusBadge>;
}

/** The latest files and what became of them. */
export function RecentImports() {
  const t = useTranslations("people.import");
  const slug = useTenantSlug();
  const columns = useColumns();
  const list = trpc.people.import.list.useQuery();
  return (
    <Card title={t("recent")} isFlush>
      <DataTable
        isPlain
        label={t("recent")}
        columns={columns}
        rows={list.data?.items ?? []}
        rowId={({ id }) => id}
        rowName={({ fileName }) => fileName}
        rowHref={({ id }) => `/${slug}/people/import/${id}`}
        isLoading={list.isPending}
        skeletonRows={3}
        error={list.error ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : undefined}
        empty={<EmptyState icon={<FileSpreadsheet aria-hidden />} title={t("recentEmpty")} body={t("recentEmptyText")} />}
      />
    </Card>
  );
}

function useColumns(): readonly DataTableColumn<ImportRecord>[] {
  const t = useTranslations("people.import");
  const { number } = useFormatter();
  const { tenant } = useMe();
  return useMemo(
    () => [
      { id: "fileName", header: t("fileName"), mobile: "title", cell: (row) => <span className="font-medium">{row.fileName}</span> },
      { id: "status", header: t("status"), width: 160, cell: (row) => <ImportStatusBadge status={row.status} /> },
      { id: "rows", header: t("rows"), align: "end", width: 100, cell: (row) => number(row.totalRows) },
      { id: "created", header: t("created"), align: "end", width: 100, cell: (row) => number(row.createdRows) },
      { id: "by", header: t("by"), mobile: "hidden", cell: (row) => row.createdBy ?? "" },
      { id: "at", header: t("at"), width: 200, cell: (row) => <TimeText instant={row.createdAt} timeZone={tenant.timeZone} /> },
    ],
    [t, number, tenant.timeZone],
  );
}
