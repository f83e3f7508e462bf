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
      { id: "name", header: t("name"), mobile: "title", width: 240, cell: ({ name }) => name },
      { id: "slug", header: t("slug"), mobile: "detail", cell: ({ slug }) => slug },
      { id: "status", header: t("statusTitle"), width: 130, cell: (row) => <Standing company={row} /> },
      { id: "plan", header: t("plan"), width: 120, cell: ({ plan }) => planName(plan) },
      { id: "usage", header: t("usage.share"), width: 200, cell: ({ load }) => (load === null ? none : <Shares load={load} />) },
      {
        id: "refused", header: t("usage.refused"), align: "end", width: 130,
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

function Shares({ load }: { readonly load: NonNullable<ConsoleRow["load"]> }) {
  const t = useTranslations("operator.usage");
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-1">
      <Share label={t("minute")} percent={load.minutePercent} />
      <Share label={t("hour")} percent={load.hourPercent} />
    </span>
  );
}
