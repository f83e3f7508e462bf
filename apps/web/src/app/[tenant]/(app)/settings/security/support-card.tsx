"use client";

import type { SupportGrantDto } from "@atrium/identity/contract";
import { Banner, Button, Card, SkeletonText, StatusBadge, TimeText, toast } from "@atrium/ui";
import type { Tone } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { trpc } from "../../../../../client/trpc.ts";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { useMe } from "../../../../../components/frame/me.ts";
import { QueryError } from "../../../../../components/query-error.tsx";

const tones: Readonly<Record<SupportGrantDto["status"], Tone>> = { requested: "attention", granted: "info", refused: "neutral", ended: "neutral", over: "neutral" };

/** What our support asked for, and what became of it. */
export function SupportCard({ canManage }: { readonly canManage: boolean }) {
  const t = useTranslations("security.support");
  const list = trpc.identity.support.list.useQuery();
  return (
    <Card title={t("title")} description={t("text")}>
      {list.error ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isPending ? <SkeletonText lines={2} /> : null}
      {list.data?.length === 0 ? <p className="text-ink-soft">{t("none")}. {t("noneText")}</p> : null}
      {list.data && list.data.length > 0 ? (
        <ul aria-label={t("title")} className="flex flex-col divide-y divide-line border-y border-line">
          {list.data.map((grant) => (
            <GrantLine key={grant.id} grant={grant} canManage={canManage} />
          ))}
        </ul>
      ) : null}
    </Card>
  );
}

function GrantLine({ grant, canManage }: { readonly grant: SupportGrantDto; readonly canManage: boolean }) {
  const t = useTranslations("security.support");
  const explain = useAppError();
  const { timeZone } = useMe().tenant;
  const { act, error, isPending } = useDecision(grant);
  const { status, operatorName: name, reason, minutes, requestedAt, decidedAt, decidedBy: by, expiresAt } = grant;
  const time = (instant: string) => ({ when: () => <TimeText instant={instant} timeZone={timeZone} /> });
  return (
    <li className="flex flex-col gap-2 py-3">
      {error ? <Banner tone="danger" title={explain(error).message} /> : null}
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-medium">{t("asks", { name, minutes })}</span>
            <StatusBadge tone={tones[status]}>{t(`status.${status}`)}</StatusBadge>
            {status === "granted" && expiresAt !== null ? <span className="text-sm">{t.rich("until", time(expiresAt))}</span> : null}
          </p>
          <p className="wrap-anywhere">{reason}</p>
          <p className="text-sm text-ink-soft">
            {t.rich("asked", time(requestedAt))}
            {decidedAt === null || by === null ? null : <> · {t.rich("decided", { by, ...time(decidedAt) })}</>}
          </p>
        </div>
        {canManage ? <Decisions status={status} isPending={isPending} act={act} /> : null}
      </div>
    </li>
  );
}

type Act = "grant" | "refuse" | "end";

function Decisions({ status, isPending, act }: { readonly status: SupportGrantDto["status"]; readonly isPending: boolean; readonly act: (act: Act) => void }) {
  const t = useTranslations("security.support");
  if (status === "granted") return <Button size="sm" variant="danger" isLoading={isPending} onClick={() => act("end")}>{t("end")}</Button>;
  if (status !== "requested") return null;
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="sm" isLoading={isPending} onClick={() => act("refuse")}>{t("refuse")}</Button>
      <Button size="sm" variant="primary" isLoading={isPending} onClick={() => act("grant")}>{t("grant")}</Button>
    </div>
  );
}

function useDecision({ id: grantId, operatorName: name }: SupportGrantDto) {
  const t = useTranslations("security.support");
  const { identity } = trpc.useUtils();
  const onSettled = () => identity.support.invalidate();
  const grant = trpc.identity.support.grant.useMutation({ onSettled, onSuccess: () => toast.success(t("granted", { name })) });
  const refuse = trpc.identity.support.refuse.useMutation({ onSettled, onSuccess: () => toast.success(t("refusedNow")) });
  const end = trpc.identity.support.end.useMutation({ onSettled, onSuccess: () => toast.success(t("ended", { name })) });
  const acts = { grant, refuse, end };
  const all = Object.values(acts);
  return {
    act: (act: Act) => acts[act].mutate({ grantId }),
    error: all.find((one) => one.error !== null)?.error,
    isPending: all.some((one) => one.isPending),
  };
}
