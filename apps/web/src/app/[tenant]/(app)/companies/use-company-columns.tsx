"use client";

import type { ConsoleRow } from "@atrium/billing/contract";
import { Badge, StatusBadge, TimeText } from "@atrium/ui";
import type { DataTableColumn } from "@atrium/ui";
import { useFormatter, useTranslations } from "next-intl";
import { useMemo } from "react";
import { useMe } from "../../../../components/frame/me.ts";
import { Share } from "./share.tsx";
import { companyTones, standingTones, usePlanName } from "./words.ts";

export function useCompanyColumns(): readonly DataTableColumn<ConsoleRow>[] {
  const t = useTranslations("operator");
  const planName = usePlanName();
  const { number } = useFormatter();
  const { timeZone } = useMe().tenant;
  return useMemo(() => {
    const none = <span className="text-ink-faint">–</span>;
    return [
      { id: "name", header: t("name"), mobile: "title", cell: ({ name, slug }) => <Named name={name} slug={slug} /> },
      { id: "status", header: t("statusTitle"), width: 135, cell: (row) => <Standing company={row} /> },
      { id: "plan", header: t("plan"), width: 120, cell: ({ plan }) => planName(plan) },
      { id: "minute", header: t("usage.minute"), width: 110, cell: ({ load }) => (load === null ? none : <Share percent={load.minutePercent} />) },
      { id: "hour", header: t("usage.hour"), width: 110, cell: ({ load }) => (load === null ? none : <Share percent={load.hourPercent} />) },
      {
        id: "refused", header: t("usage.refused"), align: "end", width: 150,
        cell: ({ load }) => (load === null || load.refused === 0 ? none : <span className="font-medium text-danger">{number(load.refused)}</span>),
      },
      {
        id: "override", header: t("override.title"), width: 190,
        cell: ({ override }) => {
          if (override === null) return none;
          return <Badge tone="info">{override.until === null ? t("override.open") : <TimeText instant={override.until} timeZone={timeZone} />}</Badge>;
        },
      },
    ];
  }, [t, planName, number, timeZone]);
}

/** How the doors stand: a company that is suspended or deleted has no other standing that matters. */
export function Standing({ company: { status, standing } }: { readonly company: Pick<ConsoleRow, "status" | "standing"> }) {
  const t = useTranslations("operator");
  if (status !== "active") return <StatusBadge tone={companyTones[status]}>{t(`status.${status}`)}</StatusBadge>;
  return <StatusBadge tone={standingTones[standing]}>{t(`standing.${standing}`)}</StatusBadge>;
}

function Named({ name, slug }: Pick<ConsoleRow, "name" | "slug">) {
  return (
    <span className="flex min-w-0 flex-col">
      <span className="line-clamp-2 wrap-anywhere">{name}</span>
      <span className="truncate text-sm font-normal text-ink-soft">{slug}</span>
    </span>
  );
}
