"use client";

import type { CompanyRow } from "@atrium/identity/contract";
import { DataTable, EmptyState, FilterBar, PageHeader, StatusBadge, TimeText } from "@atrium/ui";
import type { DataTableColumn } from "@atrium/ui";
import { keepPreviousData } from "@tanstack/react-query";
import { Building2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { trpc } from "../../../../client/trpc.ts";
import { usePaging } from "../../../../client/use-paging.ts";
import { useUrlState } from "../../../../client/use-url-state.ts";
import { useMe } from "../../../../components/frame/me.ts";
import { QueryError } from "../../../../components/query-error.tsx";
import { companyTones, usePlanName } from "./words.ts";

const limit = 50;

/** All companies, for our operators. */
export function CompaniesPage() {
  const t = useTranslations("operator");
  const { slug } = useMe().tenant;
  const url = useUrlState();
  const search = url.get("search") ?? "";
  const after = url.get("after");
  const list = trpc.identity.operator.companies.useQuery({ limit, after, search }, { placeholderData: keepPreviousData });
  const paging = usePaging({ limit, next: list.data?.next });
  const columns = useCompanyColumns();
  return (
    <>
      <PageHeader title={t("title")} description={t("text")} />
      <DataTable
        label={t("title")}
        columns={columns}
        rows={list.data?.rows ?? []}
        rowId={(row) => row.slug}
        rowName={({ name }) => name}
        rowHref={(row) => `/${slug}/companies/${row.slug}`}
        isLoading={list.isPending}
        isRefreshing={list.isPlaceholderData}
        error={list.error ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : undefined}
        empty={<EmptyState icon={<Building2 aria-hidden />} title={t("none")} body={t("noneText")} />}
        total={list.data?.total}
        paging={paging}
        toolbar={<FilterBar search={search} onSearchChange={(text) => url.set({ search: text, after: "", from: "" })} searchLabel={t("search")} />}
      />
    </>
  );
}

function useCompanyColumns(): readonly DataTableColumn<CompanyRow>[] {
  const t = useTranslations("operator");
  const planName = usePlanName();
  const { timeZone } = useMe().tenant;
  return useMemo(
    () => [
      { id: "name", header: t("name"), mobile: "title", cell: ({ name }) => name },
      { id: "slug", header: t("slug"), mobile: "detail", cell: ({ slug }) => slug },
      { id: "status", header: t("statusTitle"), width: 140, cell: ({ status }) => <StatusBadge tone={companyTones[status]}>{t(`status.${status}`)}</StatusBadge> },
      { id: "plan", header: t("plan"), width: 140, cell: ({ plan }) => planName(plan) },
      { id: "created", header: t("created"), width: 200, cell: ({ createdAt }) => <TimeText instant={createdAt} timeZone={timeZone} /> },
    ],
    [t, planName, timeZone],
  );
}
