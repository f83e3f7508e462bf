"use client";

import type { MemberRow } from "@atrium/identity/contract";
import { DataTable, EmptyState, FilterBar } from "@atrium/ui";
import { keepPreviousData } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { usePaging } from "../../../../../client/use-paging.ts";
import { useUrlState } from "../../../../../client/use-url-state.ts";
import { useGrant } from "../../../../../components/frame/me.ts";
import { QueryError } from "../../../../../components/query-error.tsx";
import { RolesSheet } from "./roles-sheet.tsx";
import { useMemberColumns } from "./use-member-columns.tsx";

const limit = 50;

/** Everybody who can sign in, and their roles. */
export function MembersPage() {
  const t = useTranslations("identity.members");
  const url = useUrlState();
  const search = url.get("search") ?? "";
  const after = url.get("after");
  const list = trpc.identity.members.list.useQuery({ limit, after, search }, { placeholderData: keepPreviousData });
  const paging = usePaging({ limit, next: list.data?.next });
  const columns = useMemberColumns();
  const canManage = useGrant("members:manage") !== undefined;
  const [editing, setEditing] = useState<MemberRow>();
  return (
    <>
      <p className="text-ink-soft">{canManage ? t("text") : `${t("text")} ${t("readOnly")}`}</p>
      <DataTable
        label={t("title")}
        columns={columns}
        rows={list.data?.rows ?? []}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        onOpen={canManage ? setEditing : undefined}
        isLoading={list.isPending}
        isRefreshing={list.isPlaceholderData}
        error={list.error ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : undefined}
        empty={
          <EmptyState icon={<Users aria-hidden />} title={t("empty")} body={search === "" ? t("noneText") : t("emptyText", { search })} />
        }
        total={list.data?.total}
        paging={paging}
        toolbar={<FilterBar search={search} onSearchChange={(text) => url.set({ search: text, after: "", from: "" })} searchLabel={t("search")} />}
      />
      {editing === undefined ? null : <RolesSheet key={editing.id} member={editing} onClose={() => setEditing(undefined)} />}
    </>
  );
}
