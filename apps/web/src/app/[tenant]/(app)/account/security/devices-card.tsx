"use client";

import type { DeviceRow } from "@atrium/identity/contract";
import { Banner, Button, Card, SkeletonText, StatusBadge, TimeText, toast } from "@atrium/ui";
import { Monitor, Smartphone } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { ConfirmDialog } from "../../../../../components/confirm-dialog.tsx";
import { useMe } from "../../../../../components/frame/me.ts";
import { QueryError } from "../../../../../components/query-error.tsx";
import { isHandheld, useDeviceName } from "./use-device-name.ts";

/** Where the person is signed in. */
export function DevicesCard() {
  const t = useTranslations("account.devices");
  const list = trpc.identity.devices.list.useQuery();
  const others = list.data?.devices.filter(({ isThisOne }) => !isThisOne) ?? [];
  return (
    <Card title={t("title")} description={t("text")}>
      <div className="flex flex-col gap-4">
        {list.error ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : null}
        {list.isPending ? <SkeletonText lines={3} /> : null}
        {list.data ? (
          <ul aria-label={t("title")} className="flex flex-col divide-y divide-line border-y border-line">
            {list.data.devices.map((device) => (
              <Device key={device.id} device={device} />
            ))}
          </ul>
        ) : null}
        {others.length > 0 ? <SignOutOthers /> : null}
      </div>
    </Card>
  );
}

function Device({ device }: { readonly device: DeviceRow }) {
  const t = useTranslations("account.devices");
  const explain = useAppError();
  const { timeZone } = useMe().tenant;
  const name = useDeviceName()(device.userAgent);
  const { identity } = trpc.useUtils();
  const signOut = trpc.identity.devices.signOut.useMutation({
    onSettled: () => identity.devices.list.invalidate(),
    onSuccess: () => toast.success(t("signedOut", { name })),
  });
  const time = (instant: string) => () => <TimeText instant={instant} timeZone={timeZone} />;
  const Icon = isHandheld(device.userAgent) ? Smartphone : Monitor;
  return (
    <li className="flex flex-col gap-2 py-3">
      {signOut.error ? <Banner tone="danger" title={explain(signOut.error).message} /> : null}
      <div className="flex items-center gap-3">
        <Icon aria-hidden className="size-4 shrink-0 text-ink-soft" />
        <div className="min-w-0 grow">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-medium">{name}</span>
            {device.isThisOne ? <StatusBadge tone="good">{t("thisOne")}</StatusBadge> : null}
          </p>
          <p className="text-sm text-ink-soft">
            {t.rich("seen", { when: time(device.lastSeenAt) })} · {t.rich("started", { when: time(device.startedAt) })} · {t("from", { address: device.address })}
          </p>
        </div>
        {device.isThisOne ? null : (
          <Button size="sm" isLoading={signOut.isPending} aria-label={t("signOutOf", { name })} onClick={() => signOut.mutate({ id: device.id })}>
            {t("signOut")}
          </Button>
        )}
      </div>
    </li>
  );
}

function SignOutOthers() {
  const t = useTranslations("account.devices");
  const explain = useAppError();
  const [isAsking, setIsAsking] = useState(false);
  const { identity } = trpc.useUtils();
  const end = trpc.identity.devices.signOutOthers.useMutation({
    onSuccess: async () => {
      await identity.devices.list.invalidate();
      toast.success(t("othersSignedOut"));
    },
  });
  return (
    <>
      {end.error ? <Banner tone="danger" title={explain(end.error).message} /> : null}
      <Button className="self-start" isLoading={end.isPending} onClick={() => setIsAsking(true)}>
        {t("signOutOthers")}
      </Button>
      <ConfirmDialog open={isAsking} onOpenChange={setIsAsking} title={t("signOutOthersTitle")} text={t("signOutOthersText")} act={t("signOutOthers")} onConfirm={() => end.mutate()} />
    </>
  );
}
