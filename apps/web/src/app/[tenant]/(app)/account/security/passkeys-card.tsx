"use client";

import type { PasskeyRow } from "@atrium/identity/contract";
import { Badge, Banner, Card, DropdownMenu, IconButton, SkeletonText, TimeText, toast } from "@atrium/ui";
import { Ellipsis, KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { ConfirmDialog } from "../../../../../components/confirm-dialog.tsx";
import { useMe } from "../../../../../components/frame/me.ts";
import { QueryError } from "../../../../../components/query-error.tsx";
import { AddPasskey } from "./add-passkey.tsx";
import { RenamePasskeyDialog } from "./rename-passkey-dialog.tsx";
import { useProofsChanged } from "./use-proofs-changed.ts";

/** The passkeys of the person. */
export function PasskeysCard() {
  const t = useTranslations("account.passkeys");
  const list = trpc.identity.passkeys.list.useQuery();
  return (
    <Card title={t("title")} description={t("text")}>
      <div className="flex flex-col gap-4">
        {list.error ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : null}
        {list.isPending ? <SkeletonText lines={2} /> : null}
        {list.data && list.data.passkeys.length > 0 ? (
          <ul className="flex flex-col divide-y divide-line border-y border-line">
            {list.data.passkeys.map((passkey) => (
              <Passkey key={passkey.id} passkey={passkey} />
            ))}
          </ul>
        ) : null}
        {list.data ? <AddPasskey /> : null}
      </div>
    </Card>
  );
}

function Passkey({ passkey }: { readonly passkey: PasskeyRow }) {
  const t = useTranslations("account.passkeys");
  const explain = useAppError();
  const [asked, setAsked] = useState<"rename" | "remove">();
  const changed = useProofsChanged();
  const { id, name, isBackedUp } = passkey;
  const remove = trpc.identity.passkeys.remove.useMutation({
    onSuccess: async () => {
      await changed();
      toast.success(t("removed", { name }));
    },
  });
  const close = (): void => setAsked(undefined);
  return (
    <li className="flex flex-col gap-2 py-3">
      {remove.error ? <Banner tone="danger" title={explain(remove.error).message} /> : null}
      <div className="flex items-center gap-3">
        <KeyRound aria-hidden className="size-4 shrink-0 text-ink-soft" />
        <div className="min-w-0 grow">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-medium wrap-anywhere">{name}</span>
            {isBackedUp ? <Badge>{t("synced")}</Badge> : null}
          </p>
          <Times passkey={passkey} />
        </div>
        <DropdownMenu
          trigger={<IconButton label={t("actionsOf", { name })} icon={<Ellipsis aria-hidden />} isLoading={remove.isPending} />}
          items={[
            { id: "rename", label: t("rename"), onSelect: () => setAsked("rename") },
            { id: "remove", label: t("remove"), isDanger: true, onSelect: () => setAsked("remove") },
          ]}
        />
      </div>
      {asked === "rename" ? <RenamePasskeyDialog id={id} name={name} onClose={close} /> : null}
      <ConfirmDialog open={asked === "remove"} onOpenChange={close} title={t("removeTitle", { name })} text={t("removeText")} act={t("remove")} onConfirm={() => remove.mutate({ id })} />
    </li>
  );
}

function Times({ passkey: { createdAt, lastUsedAt } }: { readonly passkey: PasskeyRow }) {
  const t = useTranslations("account.passkeys");
  const { timeZone } = useMe().tenant;
  const time = (instant: string) => () => <TimeText instant={instant} timeZone={timeZone} />;
  return (
    <p className="text-sm text-ink-soft">
      {t.rich("added", { when: time(createdAt) })} · {lastUsedAt === null ? t("neverUsed") : t.rich("used", { when: time(lastUsedAt) })}
    </p>
  );
}
