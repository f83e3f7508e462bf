"use client";

import type { MyConnection } from "@atrium/identity/contract";
import { Banner, Button, Card, StatusBadge, toast } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { asRefusal } from "../../../../../client/refusals.ts";
import { trpc } from "../../../../../client/trpc.ts";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { ConfirmDialog } from "../../../../../components/confirm-dialog.tsx";
import { useMe } from "../../../../../components/frame/me.ts";

/** The company's identity providers, and whether the person comes in by them. Nothing where there is none. */
export function ProviderCard() {
  const t = useTranslations("security.link");
  const explain = useAppError();
  const list = trpc.identity.sso.mine.useQuery();
  // What became of the way to the provider and back.
  const outcome = useSearchParams().get("sso");
  if (list.data === undefined || list.data.length === 0) return null;
  return (
    <Card title={t("title")} description={t("text")}>
      <div className="flex flex-col gap-4">
        {outcome === "linked" ? <Banner title={t("done")} /> : null}
        {outcome === null || outcome === "linked" || outcome === "stepped-up" ? null : <Banner tone="danger" title={explain(asRefusal(outcome)).message} />}
        <ul aria-label={t("title")} className="flex flex-col divide-y divide-line border-y border-line">
          {list.data.map((connection) => (
            <Provider key={connection.id} connection={connection} />
          ))}
        </ul>
      </div>
    </Card>
  );
}

function Provider({ connection: { id, name, isLinked } }: { readonly connection: MyConnection }) {
  const t = useTranslations("security.link");
  const explain = useAppError();
  const { slug } = useMe().tenant;
  const [isAsking, setIsAsking] = useState(false);
  const { identity } = trpc.useUtils();
  const unlink = trpc.identity.sso.unlink.useMutation({
    onSettled: () => identity.sso.mine.invalidate(),
    onSuccess: () => toast.success(t("unlinked", { name })),
  });
  // Asked for here, so that the dialog can ask for a fresh proof before the page is left.
  const prepare = trpc.identity.sso.prepareLink.useMutation({
    onSuccess: () => window.location.assign(`/${slug}/api/sso/start?${new URLSearchParams({ connection: id, for: "link", next: `/${slug}/account/security` }).toString()}`),
  });
  const error = unlink.error ?? prepare.error;
  return (
    <li className="flex flex-col gap-2 py-3">
      {error ? <Banner tone="danger" title={explain(error).message} /> : null}
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium">{name}</span>
          <StatusBadge tone={isLinked ? "good" : "neutral"}>{t(isLinked ? "linked" : "notLinked")}</StatusBadge>
        </p>
        {isLinked ? (
          <Button size="sm" aria-label={t("unlinkOf", { name })} isLoading={unlink.isPending} onClick={() => setIsAsking(true)}>
            {t("unlink")}
          </Button>
        ) : (
          <Button size="sm" isLoading={prepare.isPending} onClick={() => prepare.mutate()}>
            {t("link", { name })}
          </Button>
        )}
      </div>
      <ConfirmDialog open={isAsking} onOpenChange={setIsAsking} title={t("unlinkTitle", { name })} text={t("unlinkText")} act={t("unlink")} onConfirm={() => unlink.mutate({ connectionId: id })} />
    </li>
  );
}
