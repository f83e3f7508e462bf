"use client";

import { differenceKinds } from "@atrium/payroll/contract";
import type { Difference, RunReview } from "@atrium/payroll/contract";
import { Badge, DataTable, EmptyState, FilterBar, Money, Person } from "@atrium/ui";
import type { DataTableColumn } from "@atrium/ui";
import { Equal } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useTenantSlug } from "../../../../../../client/tenant-client.tsx";
import { usePaging } from "../../../../../../client/use-paging.ts";
import { useUrlState } from "../../../../../../client/use-url-state.ts";
import { QueryError } from "../../../../../../components/query-error.tsx";
import { rowsAtOnce, useDifferenceKind, useDifferences } from "./use-review-lists.ts";

/** Everybody whose pay differs from the month before: before, after, why. */
export function DifferenceTable({ review }: { readonly review: RunReview }) {
  const t = useTranslations("payroll.differences");
  const slug = useTenantSlug();
  const url = useUrlState();
  const kind = useDifferenceKind();
  const list = useDifferences(review.id);
  const paging = usePaging({ limit: rowsAtOnce, next: list.data?.next });
  const { differences } = review;
  const options = differenceKinds.map((value) => ({ value, label: t("kindCount", { kind: t(`kinds.${value}`), count: differences[value] }) }));
  return (
    <DataTable<Difference>
      label={t("title")}
      columns={useDifferenceColumns()}
      rows={list.data?.differences ?? []}
      rowId={({ employeeId }) => employeeId}
      rowName={({ name }) => name}
      rowHref={({ payslipId, employeeId }) => (payslipId === null ? `/${slug}/people/${employeeId}` : `/${slug}/payslips/${payslipId}`)}
      isLoading={list.isPending}
      isRefreshing={list.isPlaceholderData}
      error={list.error ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : undefined}
      empty={<EmptyState icon={<Equal aria-hidden />} title={t("none")} body={t("noneText", { count: differences.same })} />}
      total={kind ? differences[kind] : differences.new + differences.gone + differences.changed}
      paging={paging}
      toolbar={
        <FilterBar
          filters={[{ id: "kind", label: t("kind"), options }]}
          values={kind ? { kind: [kind] } : {}}
          onChange={(values) => url.set({ kind: values["kind"] ?? "", after: "", from: "" })}
        />
      }
    />
  );
}

const kindTones = { new: "good", gone: "attention", changed: "neutral" } as const;

function useDifferenceColumns(): readonly DataTableColumn<Difference>[] {
  const t = useTranslations("payroll.differences");
  return useMemo(() => {
    const amount = (minor: number | null) => (minor === null ? <span className="text-ink-faint">–</span> : <Money amount={minor} />);
    return [
      { id: "name", header: t("name"), mobile: "title", cell: ({ name, code, department }) => <Person name={name} detail={`${code} · ${department}`} /> },
      { id: "kind", header: t("kind"), width: 110, cell: ({ kind }) => <Badge tone={kindTones[kind]}>{t(`kinds.${kind}`)}</Badge> },
      { id: "before", header: t("before"), align: "end", width: 150, cell: ({ beforeMinor }) => amount(beforeMinor) },
      { id: "after", header: t("after"), align: "end", width: 150, cell: ({ afterMinor }) => amount(afterMinor) },
      { id: "difference", header: t("difference"), align: "end", width: 150, cell: ({ beforeMinor, afterMinor }) => <Money amount={(afterMinor ?? 0) - (beforeMinor ?? 0)} /> },
      { id: "causes", header: t("cause"), cell: ({ causes }) => causes.map((cause) => t(`causes.${cause}`)).join(", ") },
    ];
  }, [t]);
}
