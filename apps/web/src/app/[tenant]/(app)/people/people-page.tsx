"use client";

import type { EmployeeListItem, EmployeePage } from "@atrium/people/contract";
import { ButtonLink, DataTable, EmptyState, FilterBar, PageHeader, toast } from "@atrium/ui";
import type { MenuItem, TablePaging } from "@atrium/ui";
import { keepPreviousData } from "@tanstack/react-query";
import { Building2, Download, FileUp, UserPlus, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTenantSlug } from "../../../../client/tenant-client.tsx";
import { trpc } from "../../../../client/trpc.ts";
import { useDownload } from "../../../../client/use-download.ts";
import { useKeptView } from "../../../../client/use-kept-view.ts";
import { useUrlState } from "../../../../client/use-url-state.ts";
import { useGrant } from "../../../../components/frame/me.ts";
import { QueryError } from "../../../../components/query-error.tsx";
import { usePeopleColumns } from "./use-people-columns.tsx";
import { pageSize, usePeopleChoices, usePeopleFilter } from "./use-people-filter.ts";

/** Everybody whom this person may see. */
export function PeoplePage() {
  const t = useTranslations("people");
  const slug = useTenantSlug();
  const { key, ...view } = useKeptView("people");
  const columns = usePeopleColumns();
  const filter = usePeopleFilter();
  const list = trpc.people.employee.list.useQuery(filter.input, { placeholderData: keepPreviousData });
  const rows = list.data?.items ?? [];
  const choices = usePeopleChoices(filter.values, filter.values["managerId"] ? rows[0]?.manager?.name : undefined);
  const menu = usePeopleMenu(list.data?.total ?? 0);
  return (
    <>
      <PageHeader title={t("title")} count={list.data?.total} menu={menu} action={<AddPerson />} />
      <DataTable<EmployeeListItem>
        {...view}
        key={key}
        label={t("title")}
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        rowName={({ fullName }) => fullName}
        rowHref={({ id }) => `/${slug}/people/${id}`}
        isLoading={list.isPending}
        isRefreshing={list.isPlaceholderData}
        error={list.error ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : undefined}
        empty={<NobodyHere isFiltered={filter.isFiltered} />}
        sort={filter.sort}
        onSortChange={filter.setSort}
        total={list.data?.total}
        paging={usePeoplePaging(list.data)}
        toolbar={
          <FilterBar
            search={filter.input.search ?? ""}
            onSearchChange={filter.setSearch}
            searchLabel={t("list.search")}
            filters={choices}
            values={filter.values}
            onChange={filter.setValues}
          />
        }
      />
    </>
  );
}

function AddPerson() {
  const t = useTranslations("people.list");
  const slug = useTenantSlug();
  if (useGrant("people:write") === undefined) return null;
  return (
    <ButtonLink variant="primary" href={`/${slug}/people/new`} icon={<UserPlus aria-hidden />}>
      {t("add")}
    </ButtonLink>
  );
}

function usePeopleMenu(total: number): readonly MenuItem[] {
  const t = useTranslations("people.list");
  const slug = useTenantSlug();
  const { input } = usePeopleFilter();
  const { take } = useDownload();
  const canImport = useGrant("people:import") !== undefined;
  const canExport = useGrant("people:export") !== undefined && total > 0;
  const exportList = async (): Promise<void> => {
    const { limit: _limit, after: _after, before: _before, ...filter } = input;
    const query = new URLSearchParams(Object.entries(filter));
    toast.success(t("exporting"));
    await take(`/${slug}/api/people/export?${query.toString()}`);
  };
  return [
    ...(canImport ? [{ id: "import", label: t("import"), icon: <FileUp aria-hidden />, href: `/${slug}/people/import` }] : []),
    ...(canImport ? [{ id: "organisation", label: t("organisation"), icon: <Building2 aria-hidden />, href: `/${slug}/people/organisation` }] : []),
    ...(canExport ? [{ id: "export", label: t("export"), icon: <Download aria-hidden />, onSelect: () => void exportList() }] : []),
  ];
}

/** Pages by the cursors that the server gave in both directions, so that "previous" is right from any link. */
function usePeoplePaging(page: EmployeePage | undefined): TablePaging {
  const url = useUrlState();
  const from = Math.max(1, Number(url.get("from")) || 1);
  const go = (cursor: { readonly after?: string; readonly before?: string }, start: number): void => {
    url.set({ after: "", before: "", ...cursor, from: start > 1 ? String(start) : "" }, { isNewEntry: true });
    window.scrollTo({ top: 0 });
  };
  const { next, previous } = page ?? { next: null, previous: null };
  return {
    from: previous === null ? 1 : from,
    onNext: next === null ? undefined : () => go({ after: next }, from + pageSize),
    onPrevious: previous === null ? undefined : () => go(from - pageSize > 1 ? { before: previous } : {}, from - pageSize),
  };
}

function NobodyHere({ isFiltered }: { readonly isFiltered: boolean }) {
  const t = useTranslations("people.list");
  const slug = useTenantSlug();
  const canImport = useGrant("people:import") !== undefined;
  if (isFiltered) return <EmptyState icon={<Users aria-hidden />} title={t("noneTitle")} body={t("noneText")} />;
  return (
    <EmptyState
      icon={<Users aria-hidden />}
      title={t("emptyTitle")}
      body={canImport ? t("emptyText") : t("emptyReader")}
      action={canImport ? <ButtonLink href={`/${slug}/people/import`}>{t("import")}</ButtonLink> : undefined}
    />
  );
}
