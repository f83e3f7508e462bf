"use client";

import type { YearMonth } from "@atrium/kernel";
import type { MonthPerson } from "@atrium/payroll/contract";
import { DataTable, EmptyState, FilterBar, LeaveGuard } from "@atrium/ui";
import { Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { usePaging } from "../../../../../../client/use-paging.ts";
import { useUrlState } from "../../../../../../client/use-url-state.ts";
import { QueryError } from "../../../../../../components/query-error.tsx";
import { LossOfPayBar } from "./loss-of-pay-bar.tsx";
import type { SalaryOf } from "./salary-sheet.tsx";
import { useDrafts } from "./use-drafts.ts";
import { peopleAtOnce, useMonthPeople } from "./use-month-people.ts";
import { usePersonColumns } from "./use-person-columns.tsx";

export interface PeopleTableProps {
  readonly period: YearMonth;
  /** How many people the month has. */
  readonly headcount: number;
  readonly onSetSalary: (of: SalaryOf) => void;
}

/** Everybody who is in the month; the days they lost are entered here. What is typed is kept while one pages and searches. */
export function PeopleTable({ period, headcount, onSetSalary }: PeopleTableProps) {
  const t = useTranslations("payroll.people");
  const url = useUrlState();
  const search = url.get("search") ?? "";
  const list = useMonthPeople(period);
  const paging = usePaging({ limit: peopleAtOnce, next: list.data?.next });
  const drafts = useDrafts();
  const columns = usePersonColumns(drafts, onSetSalary);
  return (
    <div className="flex flex-col gap-3">
      <h2 className="text-lg font-semibold">{t("title")}</h2>
      <DataTable<MonthPerson>
        label={t("title")}
        columns={columns}
        rows={list.data?.people ?? []}
        rowId={({ employeeId }) => employeeId}
        rowName={({ name }) => name}
        isLoading={list.isPending}
        isRefreshing={list.isPlaceholderData}
        error={list.error ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : undefined}
        empty={<EmptyState icon={<Users aria-hidden />} title={t("empty")} body={search === "" ? t("emptyText") : t("notFound", { search })} />}
        total={search === "" ? headcount : undefined}
        paging={paging}
        toolbar={<FilterBar search={search} onSearchChange={(text) => url.set({ search: text, after: "", from: "" })} searchLabel={t("search")} />}
      />
      <LossOfPayBar period={period} drafts={drafts} />
      <LeaveGuard isActive={drafts.entries.size > 0} title={t("leaveTitle")} body={t("leaveText")} stayLabel={t("stay")} leaveLabel={t("leave")} />
    </div>
  );
}
