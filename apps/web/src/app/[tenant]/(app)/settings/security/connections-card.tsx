"use client";

import type { ConnectionDto } from "@atrium/identity/contract";
import { Banner, Button, Card, KeyValueList, SkeletonText, StatusBadge, toast } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { QueryError } from "../../../../../components/query-error.tsx";
import { ConfirmDialog } from "../../../../../components/confirm-dialog.tsx";
import { AddConnectionSheet, ChangeConnectionSheet } from "./connection-sheets.tsx";

/** The identity providers by which people can come in. */
export function ConnectionsCard({ canManage }: { readonly canManage: boolean }) {
  const t = useTranslations("security.sso");
  const list = trpc.identity.sso.list.useQuery();
  const [isAdding, setIsAdding] = useState(false);
  const [changing, setChanging] = useState<ConnectionDto>();
  return (
    <Card title={t("title")} description={t("text")} action={canManage ? <Button size="sm" onClick={() => setIsAdding(true)}>{t("add")}</Button> : undefined}>
      <div className="flex flex-col gap-4">
        {list.error ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : null}
        {list.isPending ? <SkeletonText lines={2} /> : null}
        {list.data?.rows.length === 0 ? <p className="text-ink-soft">{t("none")}. {t("noneText")}</p> : null}
        {list.data && list.data.rows.length > 0 ? (
          <ul aria-label={t("title")} className="flex flex-col divide-y divide-line border-y border-line">
            {list.data.rows.map((connection) => (
              <ConnectionLine key={connection.id} connection={connection} onChange={canManage ? () => setChanging(connection) : undefined} />
            ))}
          </ul>
        ) : null}
        {list.data ? <KeyValueList items={[{ key: "redirect", label: t("redirect"), value: <code className="wrap-anywhere">{list.data.redirectUri}</code> }]} /> : null}
        {list.data ? <p className="text-sm text-ink-soft">{t("redirectHelp")}</p> : null}
      </div>
      {isAdding ? <AddConnectionSheet onClose={() => setIsAdding(false)} /> : null}
      {changing ? <ChangeConnectionSheet key={changing.id} connection={changing} onClose={() => setChanging(undefined)} /> : null}
    </Card>
  );
}

function ConnectionLine({ connection, onChange }: { readonly connection: ConnectionDto; readonly onChange: (() => void) | undefined }) {
  const t = useTranslations("security.sso");
  const state = useTranslations("security");
  const explain = useAppError();
  const { id: connectionId, name, issuer, isEnabled, members } = connection;
  const { identity } = trpc.useUtils();
  const remove = trpc.identity.sso.remove.useMutation({
    onSettled: () => identity.sso.list.invalidate(),
    onSuccess: () => toast.success(t("removed", { name })),
  });
  const [isAsking, setIsAsking] = useState(false);
  return (
    <li className="flex flex-col gap-2 py-3">
      {remove.error ? <Banner tone="danger" title={explain(remove.error).message} /> : null}
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-medium">{name}</span>
            <StatusBadge tone={isEnabled ? "good" : "neutral"}>{state(isEnabled ? "on" : "off")}</StatusBadge>
          </p>
          <p className="text-sm wrap-anywhere text-ink-soft">
            {issuer} · {t("linked", { count: members })}
          </p>
        </div>
        {onChange ? (
          <div className="flex flex-wrap gap-2">
            <Button size="sm" aria-label={t("changeOf", { name })} onClick={onChange}>{t("change")}</Button>
            <Button size="sm" aria-label={t("removeOf", { name })} isLoading={remove.isPending} onClick={() => setIsAsking(true)}>{t("remove")}</Button>
          </div>
        ) : null}
      </div>
      <ConfirmDialog open={isAsking} onOpenChange={setIsAsking} title={t("removeTitle", { name })} text={t("removeText", { count: members })} act={t("remove")} onConfirm={() => remove.mutate({ connectionId })} />
    </li>
  );
}
