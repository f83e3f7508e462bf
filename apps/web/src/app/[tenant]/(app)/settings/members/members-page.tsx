"use client";

import type { MemberRow } from "@atrium/identity/contract";
import { Button, DataTable, EmptyState, FilterBar } from "@atrium/ui";
import { keepPreviousData } from "@tanstack/react-query";
import { UserPlus, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { usePaging } from "../../../../../client/use-paging.ts";
import { useUrlState } from "../../../../../client/use-url-state.ts";
import { useGrant } from "../../../../../components/frame/me.ts";
import { QueryError } from "../../../../../components/query-error.tsx";
import { ActDialog } from "./act-dialog.tsx";
import { InviteSheet } from "./invite-sheet.tsx";
import { LinkSheet } from "./link-sheet.tsx";
import type { MemberAct } from "./member-menu.tsx";
import { RolesSheet } from "./roles-sheet.tsx";
import { useMemberColumns } from "./use-member-columns.tsx";

const limit = 50;

/** What is being done, and about whom. */
interface Begun {
  readonly act: MemberAct;
  readonly member: MemberRow;
}

/** Everybody who can sign in, their roles, and who may come in. */
export function MembersPage() {
  const t = useTranslations("identity.members");
  const canManage = useGrant("members:manage") !== undefined;
  const [begun, setBegun] = useState<Begun>();
  const [isInviting, setIsInviting] = useState(false);
  const begin = useCallback((act: MemberAct, member: MemberRow) => setBegun({ act, member }), []);
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-ink-soft">{canManage ? t("text") : `${t("text")} ${t("readOnly")}`}</p>
        {canManage ? (
          <Button variant="primary" icon={<UserPlus aria-hidden />} onClick={() => setIsInviting(true)}>
            {t("invite")}
          </Button>
        ) : null}
      </div>
      <MemberTable onAct={canManage ? begin : undefined} />
      {isInviting ? <InviteSheet onClose={() => setIsInviting(false)} /> : null}
      {begun === undefined ? null : <Act {...begun} onClose={() => setBegun(undefined)} />}
    </>
  );
}

function Act({ act, member, onClose }: Begun & { readonly onClose: () => void }) {
  if (act === "roles") return <RolesSheet key={member.id} member={member} onClose={onClose} />;
  if (act === "link") return <LinkSheet key={member.id} member={member} onClose={onClose} />;
  return <ActDialog act={act} member={member} onClose={onClose} />;
}

function MemberTable({ onAct }: { readonly onAct: ((act: MemberAct, member: MemberRow) => void) | undefined }) {
  const t = useTranslations("identity.members");
  const url = useUrlState();
  const search = url.get("search") ?? "";
  const after = url.get("after");
  const list = trpc.identity.members.list.useQuery({ limit, after, search }, { placeholderData: keepPreviousData });
  const paging = usePaging({ limit, next: list.data?.next });
  const columns = useMemberColumns(onAct);
  return (
    <DataTable
      label={t("title")}
      columns={columns}
      rows={list.data?.rows ?? []}
      rowId={({ id }) => id}
      rowName={({ name }) => name}
      onOpen={onAct && ((member) => onAct("roles", member))}
      isLoading={list.isPending}
      isRefreshing={list.isPlaceholderData}
      error={list.error ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : undefined}
      empty={<EmptyState icon={<Users aria-hidden />} title={t("empty")} body={search === "" ? t("noneText") : t("emptyText", { search })} />}
      total={list.data?.total}
      paging={paging}
      toolbar={<FilterBar search={search} onSearchChange={(text) => url.set({ search: text, after: "", from: "" })} searchLabel={t("search")} />}
    />
  );
}
