"use client";

import { addMonths, formatMonth } from "@atrium/kernel";
import type { YearMonth } from "@atrium/kernel";
import type { RunSummary } from "@atrium/payroll/contract";
import { ButtonLink, DataTable, EmptyState, Money, PageHeader, Select } from "@atrium/ui";
import type { DataTableColumn } from "@atrium/ui";
import { CalendarDays } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useTenantSlug } from "../../../../client/tenant-client.tsx";
import { trpc } from "../../../../client/trpc.ts";
import { useUrlState } from "../../../../client/use-url-state.ts";
import { QueryError } from "../../../../components/query-error.tsx";
import { RunStatusBadge } from "./run-status-badge.tsx";
import { useThisMonth } from "./use-this-month.ts";

interface MonthRow {
  readonly period: YearMonth;
  readonly run: RunSummary | null;
}

const yearsBack = 5;

/** The months of a year, each with where its pay stands. */
export function PayPage() {
  const t = useTranslations("payroll");
  const slug = useTenantSlug();
  const url = useUrlState();
  const thisMonth = useThisMonth();
  const thisYear = Number(thisMonth.slice(0, 4));
  const year = Number(url.get("year")) || thisYear;
  const list = trpc.payroll.run.list.useQuery({ year });
  const years = Array.from({ length: yearsBack + 1 }, (_, ago) => String(thisYear - ago));
  const rows = useMemo(() => monthRows(year, thisMonth, list.data?.runs ?? []), [year, thisMonth, list.data]);
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("list.text")}
        action={
          <ButtonLink variant="primary" href={`/${slug}/pay/${thisMonth}`} icon={<CalendarDays aria-hidden />}>
            {t("list.open", { month: formatMonth(thisMonth) })}
          </ButtonLink>
        }
      />
      <DataTable<MonthRow>
        label={t("title")}
        columns={useMonthColumns()}
        rows={rows}
        rowId={({ period }) => period}
        rowName={({ period }) => formatMonth(period)}
        rowHref={({ period }) => `/${slug}/pay/${period}`}
        isLoading={list.isPending}
        skeletonRows={12}
        error={list.error ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : undefined}
        empty={<EmptyState icon={<CalendarDays aria-hidden />} title={t("list.empty")} />}
        total={rows.length}
        toolbar={
          <div className="w-28">
            <Select aria-label={t("list.year")} value={String(year)} onChange={(chosen) => url.set({ year: chosen })} options={years.map((value) => ({ value, label: value }))} />
          </div>
        }
      />
    </>
  );
}

/** The months from the newest: of this year those up to the next one, which may be prepared already. */
function monthRows(year: number, thisMonth: YearMonth, runs: readonly RunSummary[]): MonthRow[] {
  const last = addMonths(thisMonth, 1);
  const months = Array.from({ length: 12 }, (_, index) => addMonths(`${year}-01`, 11 - index));
  const byPeriod = new Map(runs.map((run) => [run.period, run]));
  return months.filter((period) => period <= last || byPeriod.has(period)).map((period) => ({ period, run: byPeriod.get(period) ?? null }));
}

function useMonthColumns(): readonly DataTableColumn<MonthRow>[] {
  const t = useTranslations("payroll.list");
  return useMemo(() => {
    const quiet = <span className="text-ink-faint">–</span>;
    const money = (pick: (sums: NonNullable<RunSummary["sums"]>) => number) => ({ run }: MonthRow) => (run?.sums ? <Money amount={pick(run.sums)} /> : quiet);
    return [
      { id: "month", header: t("month"), mobile: "title", width: 170, cell: ({ period }) => formatMonth(period) },
      { id: "status", header: t("status"), width: 180, cell: ({ run }) => <RunStatusBadge run={run} /> },
      { id: "employees", header: t("employees"), align: "end", width: 110, cell: ({ run }) => (run ? run.employees.toLocaleString("en-IN") : quiet) },
      { id: "gross", header: t("gross"), align: "end", width: 150, cell: money(({ grossMinor }) => grossMinor) },
      { id: "net", header: t("net"), align: "end", width: 150, cell: money(({ netMinor }) => netMinor) },
      { id: "startedBy", header: t("startedBy"), mobile: "hidden", cell: ({ run }) => run?.startedBy ?? quiet },
      { id: "approvedBy", header: t("approvedBy"), mobile: "hidden", cell: ({ run }) => run?.approvedBy ?? quiet },
    ];
  }, [t]);
}
