"use client";

import type { AuditItem } from "@atrium/identity/contract";
import { Button, DataTable, EmptyState, FilterBar, Input } from "@atrium/ui";
import { keepPreviousData } from "@tanstack/react-query";
import { Download, ScrollText } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTenantSlug } from "../../../../../client/tenant-client.tsx";
import { trpc } from "../../../../../client/trpc.ts";
import { useDownload } from "../../../../../client/use-download.ts";
import { useKeptView } from "../../../../../client/use-kept-view.ts";
import { usePaging } from "../../../../../client/use-paging.ts";
import { useUrlState } from "../../../../../client/use-url-state.ts";
import { useGrant } from "../../../../../components/frame/me.ts";
import { QueryError } from "../../../../../components/query-error.tsx";
import { AuditRowSheet } from "./audit-row-sheet.tsx";
import { ChainBadge } from "./chain-badge.tsx";
import { useAuditColumns } from "./use-audit-columns.tsx";
import { pageSize, useAuditChoices, useAuditFilter } from "./use-audit-filter.ts";
import type { AuditFilterState } from "./use-audit-filter.ts";
import { spelledAction } from "./words.ts";

/** Every search is written down, so none is asked again just because somebody looked away. */
const asAsked = { placeholderData: keepPreviousData, staleTime: 60_000, refetchOnWindowFocus: false } as const;

/** Who did what, the newest first. */
export function AuditTrailPage() {
  const t = useTranslations("identity.audit");
  const { key, ...view } = useKeptView("audit");
  const state = useAuditFilter();
  const after = useUrlState().get("after");
  const list = trpc.identity.audit.search.useQuery({ ...state.filter, limit: pageSize, after }, asAsked);
  const paging = usePaging({ limit: pageSize, next: list.data?.next });
  const [opened, setOpened] = useState<AuditItem>();
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="flex min-w-0 flex-col gap-2">
          <p className="max-w-prose text-ink-soft">{t("text")}</p>
          <ChainBadge />
        </div>
        <ExportButton state={state} isEmpty={list.data?.items.length === 0} />
      </div>
      <DataTable<AuditItem>
        {...view}
        key={key}
        label={t("title")}
        columns={useAuditColumns()}
        rows={list.data?.items ?? []}
        rowId={({ id }) => id}
        rowName={({ seq, action }) => `${t("rowNumber", { seq })}, ${spelledAction(action)}`}
        onOpen={setOpened}
        isLoading={list.isPending}
        isRefreshing={list.isPlaceholderData}
        error={list.error ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : undefined}
        empty={<EmptyState icon={<ScrollText aria-hidden />} title={t(state.isFiltered ? "noneTitle" : "emptyTitle")} body={t(state.isFiltered ? "noneText" : "emptyText")} />}
        paging={paging}
        toolbar={<AuditFilterBar state={state} rows={list.data?.items ?? []} />}
      />
      {opened === undefined ? null : <AuditRowSheet item={opened} onClose={() => setOpened(undefined)} onFilter={state.set} />}
    </>
  );
}

function AuditFilterBar({ state, rows }: { readonly state: AuditFilterState; readonly rows: readonly AuditItem[] }) {
  const t = useTranslations("identity.audit");
  const { filter, values, set, setValues } = state;
  const people = rows.flatMap(({ actor, onBehalfOf }) => [actor, ...(onBehalfOf ? [onBehalfOf] : [])]);
  const choices = useAuditChoices(filter, people.find(({ id }) => id === filter.actor)?.name ?? undefined);
  const day = (name: "from" | "to") => (
    <label className="flex items-center gap-1.5 text-ink-soft">
      <span>{t(name)}</span>
      <Input type="date" value={filter[name] ?? ""} onChange={(event) => set({ [name]: event.target.value })} className="w-36" />
    </label>
  );
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <FilterBar search={filter.text ?? ""} onSearchChange={(text) => set({ text })} searchLabel={t("search")} filters={choices} values={values} onChange={setValues} />
      {day("from")}
      {day("to")}
    </div>
  );
}

function ExportButton({ state, isEmpty }: { readonly state: AuditFilterState; readonly isEmpty: boolean }) {
  const t = useTranslations("identity.audit");
  const slug = useTenantSlug();
  const { take, isLoading } = useDownload();
  if (useGrant("audit:export") === undefined) return null;
  const query = new URLSearchParams(Object.entries(state.filter));
  return (
    <Button icon={<Download aria-hidden />} isLoading={isLoading} loadingLabel={t("exporting")} disabledReason={isEmpty ? t("nothingToExport") : undefined} onClick={() => void take(`/${slug}/api/audit/export?${query.toString()}`)}>
      {t("export")}
    </Button>
  );
}
