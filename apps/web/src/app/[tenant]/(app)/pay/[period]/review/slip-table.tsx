"use client";

import type { RunSummary, SlipRow } from "@atrium/payroll/contract";
import { DataTable, EmptyState, FilterBar, Money, Person } from "@atrium/ui";
import type { DataTableColumn } from "@atrium/ui";
import { ReceiptText } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useTenantSlug } from "../../../../../../client/tenant-client.tsx";
import { usePaging } from "../../../../../../client/use-paging.ts";
import { useUrlState } from "../../../../../../client/use-url-state.ts";
import { QueryError } from "../../../../../../components/query-error.tsx";
import { rowsAtOnce, useSlips } from "./use-review-lists.ts";

/** Every payslip of the run. */
export function SlipTable({ run }: { readonly run: RunSummary }) {
  const t = useTranslations("payroll.slips");
  const slug = useTenantSlug();
  const url = useUrlState();
  const search = url.get("search") ?? "";
  const list = useSlips(run.id);
  const paging = usePaging({ limit: rowsAtOnce, next: list.data?.next });
  return (
    <DataTable<SlipRow>
      label={t("title")}
      columns={useSlipColumns()}
      rows={list.data?.slips ?? []}
      rowId={({ id }) => id}
      rowName={({ name }) => name}
      rowHref={({ id }) => `/${slug}/payslips/${id}`}
      isLoading={list.isPending}
      isRefreshing={list.isPlaceholderData}
      error={list.error ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : undefined}
      empty={<EmptyState icon={<ReceiptText aria-hidden />} title={t("none")} body={t("noneText", { search })} />}
      total={search === "" ? run.employees : undefined}
      paging={paging}
      toolbar={<FilterBar search={search} onSearchChange={(text) => url.set({ search: text, after: "", from: "" })} searchLabel={t("search")} />}
    />
  );
}

function useSlipColumns(): readonly DataTableColumn<SlipRow>[] {
  const t = useTranslations("payroll");
  return useMemo(() => {
    const money = (id: "grossMinor" | "deductionsMinor" | "netMinor"): DataTableColumn<SlipRow> => ({
      id,
      header: t(`review.${id}`),
      align: "end",
      width: 160,
      cell: (row) => <Money amount={row[id]} />,
    });
    return [
      { id: "name", header: t("people.name"), mobile: "title", cell: ({ name, code }) => <Person name={name} detail={code} /> },
      { id: "department", header: t("people.department"), mobile: "hidden", cell: ({ department }) => department },
      { id: "days", header: t("slips.days"), align: "end", width: 110, cell: ({ paidHalfDays }) => paidHalfDays / 2 },
      money("grossMinor"),
      money("deductionsMinor"),
      money("netMinor"),
    ];
  }, [t]);
}
