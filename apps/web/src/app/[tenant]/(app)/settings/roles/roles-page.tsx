"use client";

import type { RoleRow } from "@atrium/identity/contract";
import { isRole } from "@atrium/kernel";
import { Badge, Button, DataTable, EmptyState } from "@atrium/ui";
import type { DataTableColumn } from "@atrium/ui";
import { Plus, Shield } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { useGrant } from "../../../../../components/frame/me.ts";
import { QueryError } from "../../../../../components/query-error.tsx";
import { useRoleName } from "../../../../../components/use-role-name.ts";
import { RoleSheet } from "./role-sheet.tsx";

/** Every role, what it is for and how many hold it. */
export function RolesPage() {
  const t = useTranslations("company.roles");
  const roleName = useRoleName();
  const list = trpc.identity.roles.list.useQuery();
  const canManage = useGrant("roles:manage") !== undefined;
  const [opened, setOpened] = useState<RoleRow | "new">();
  return (
    <>
      <p className="text-ink-soft">{canManage ? t("text") : `${t("text")} ${t("readOnly")}`}</p>
      <DataTable
        label={t("title")}
        columns={useRoleColumns()}
        rows={list.data ?? []}
        rowId={({ id }) => id}
        rowName={roleName}
        onOpen={setOpened}
        isLoading={list.isPending}
        error={list.error ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : undefined}
        empty={<EmptyState icon={<Shield aria-hidden />} title={t("title")} />}
        total={list.data?.length}
        toolbar={
          canManage ? (
            <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setOpened("new")}>
              {t("add")}
            </Button>
          ) : undefined
        }
      />
      {opened === undefined ? null : <RoleSheet key={opened === "new" ? "new" : opened.id} role={opened === "new" ? undefined : opened} onClose={() => setOpened(undefined)} />}
    </>
  );
}

function useRoleColumns(): readonly DataTableColumn<RoleRow>[] {
  const t = useTranslations("company.roles");
  const text = useTranslations("identity.roleTexts");
  const roleName = useRoleName();
  return useMemo(
    () => [
      {
        id: "name",
        header: t("name"),
        mobile: "title",
        cell: (role) => (
          <span className="flex min-w-0 items-center gap-2">
            <span className="truncate font-medium">{roleName(role)}</span>
            {role.isBuiltIn ? null : <Badge tone="info">{t("own")}</Badge>}
          </span>
        ),
      },
      {
        id: "text",
        header: t("description"),
        cell: ({ id, isBuiltIn, description, grants }) => (
          <span className="text-ink-soft">
            {isBuiltIn && isRole(id) ? text(id) : description === "" ? t("permissions", { count: Object.keys(grants).length - 1 }) : description}
          </span>
        ),
      },
      { id: "members", header: t("members"), width: 140, cell: ({ members }) => t("count", { count: members }) },
    ],
    [t, text, roleName],
  );
}
