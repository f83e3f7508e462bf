"use client";

import type { ConsoleRow } from "@atrium/billing/contract";
import { Banner, DataTable, EmptyState, FilterBar, PageHeader } from "@atrium/ui";
import { keepPreviousData } from "@tanstack/react-query";
import { Building2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { trpc } from "../../../../client/trpc.ts";
import { usePaging } from "../../../../client/use-paging.ts";
import { useUrlState } from "../../../../client/use-url-state.ts";
import { useMe } from "../../../../components/frame/me.ts";
import { QueryError } from "../../../../components/query-error.tsx";
import { DegradedCard } from "./degraded-card.tsx";
import { useCompanyColumns } from "./use-company-columns.tsx";

const limit = 50;
/** A page that stays open shows what is used now; this is often enough to see a storm come. */
const lookAgainMs = 10_000;

/** All companies with what they use, for our operators. */
export function CompaniesPage() {
  const t = useTranslations("operator");
  const { slug } = useMe().tenant;
  const { input, set } = useCompaniesFilter();
  const list = trpc.billing.console.companies.useQuery(input, { placeholderData: keepPreviousData, refetchInterval: lookAgainMs });
  const paging = usePaging({ limit, next: list.data?.next });
  const columns = useCompanyColumns();
  const rows = list.data?.rows ?? [];
  const isUnknown = rows.length > 0 && rows.every(({ load }) => load === null);
  return (
    <>
      <PageHeader title={t("title")} description={t("text")} count={list.data?.total} />
      {isUnknown ? (
        <Banner tone="attention" title={t("usage.unknown")}>
          {t("usage.unknownText")}
        </Banner>
      ) : null}
      <DataTable<ConsoleRow>
        label={t("title")}
        columns={columns}
        rows={rows}
        rowId={(row) => row.slug}
        rowName={({ name }) => name}
        rowHref={(row) => `/${slug}/companies/${row.slug}`}
        isLoading={list.isPending}
        isRefreshing={list.isPlaceholderData}
        error={list.error ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : undefined}
        empty={<EmptyState icon={<Building2 aria-hidden />} title={t("none")} body={input.search === "" ? t("noneYet") : t("noneText")} />}
        total={list.data?.total}
        paging={paging}
        toolbar={
          <FilterBar
            search={input.search}
            onSearchChange={(text) => set({ search: text })}
            searchLabel={t("search")}
            filters={[{ id: "order", label: t("order"), options: [{ value: "usage", label: t("busiest") }] }]}
            values={input.order === "usage" ? { order: ["usage"] } : {}}
            onChange={({ order }) => set({ order: order?.[0] ?? "" })}
          />
        }
      />
      <DegradedCard />
    </>
  );
}

/** By address name, or the busiest on top. */
function useCompaniesFilter() {
  const url = useUrlState();
  const order = url.get("order") === "usage" ? "usage" : "slug";
  const set = (changes: Readonly<Record<string, string>>): void => url.set({ ...changes, after: "", from: "" });
  return { input: { limit, after: url.get("after"), search: url.get("search") ?? "", order } as const, set };
}
