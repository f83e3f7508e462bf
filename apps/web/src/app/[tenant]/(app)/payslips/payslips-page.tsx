"use client";

import { formatMonth } from "@atrium/kernel";
import type { MyPayslips } from "@atrium/payroll/contract";
import { DataTable, DateText, EmptyState, Money, PageHeader } from "@atrium/ui";
import type { DataTableColumn } from "@atrium/ui";
import { ReceiptText } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useTenantSlug } from "../../../../client/tenant-client.tsx";
import { trpc } from "../../../../client/trpc.ts";
import { QueryError } from "../../../../components/query-error.tsx";
import { DownloadPayslip } from "./download-payslip.tsx";

type Row = MyPayslips["payslips"][number];

/** One's own payslips, the newest first. */
export function PayslipsPage() {
  const t = useTranslations("payroll.mine");
  const slug = useTenantSlug();
  const list = trpc.payroll.payslip.mine.useQuery();
  const rows = list.data?.payslips ?? [];
  return (
    <>
      <PageHeader title={t("title")} count={list.data ? rows.length : undefined} description={t("text")} />
      <DataTable<Row>
        label={t("title")}
        columns={useMineColumns()}
        rows={rows}
        rowId={({ id }) => id}
        rowName={({ period }) => formatMonth(period)}
        rowHref={({ id }) => `/${slug}/payslips/${id}`}
        isLoading={list.isPending}
        skeletonRows={6}
        error={list.error ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : undefined}
        empty={<EmptyState icon={<ReceiptText aria-hidden />} title={t("empty")} body={t("emptyText")} />}
        total={rows.length}
      />
    </>
  );
}

function useMineColumns(): readonly DataTableColumn<Row>[] {
  const t = useTranslations("payroll.mine");
  return useMemo(() => {
    const money = (id: "grossMinor" | "deductionsMinor" | "netMinor"): DataTableColumn<Row> => ({
      id,
      header: t(id),
      align: "end",
      width: 160,
      cell: (row) => <Money amount={row[id]} />,
    });
    return [
      { id: "month", header: t("month"), mobile: "title", cell: ({ period }) => formatMonth(period) },
      { id: "publishedOn", header: t("publishedOn"), width: 150, cell: ({ publishedOn }) => <DateText day={publishedOn} /> },
      money("grossMinor"),
      money("deductionsMinor"),
      money("netMinor"),
      { id: "download", header: t("document"), align: "end", width: 110, cell: ({ id, period }) => <DownloadPayslip id={id} period={period} isIcon /> },
    ];
  }, [t]);
}
