"use client";

import type { OverrideDto } from "@atrium/billing/contract";
import { Card, DataTable, TimeText } from "@atrium/ui";
import type { DataTableColumn } from "@atrium/ui";
import { useFormatter, useTranslations } from "next-intl";
import { useMemo } from "react";
import { useMe } from "../../../../../components/frame/me.ts";

/** Every override that the company ever had, the newest first. */
export function OverrideHistory({ overrides }: { readonly overrides: readonly OverrideDto[] }) {
  const t = useTranslations("operator.override");
  const columns = useOverrideColumns();
  return (
    <Card title={t("history")} description={t("historyText")}>
      {overrides.length === 0 ? (
        <p className="text-ink-soft">{t("noneEver")}</p>
      ) : (
        <DataTable<OverrideDto> label={t("history")} columns={columns} rows={overrides} rowId={({ id }) => id} rowName={({ reason }) => reason} empty={null} isPlain />
      )}
    </Card>
  );
}

function useOverrideColumns(): readonly DataTableColumn<OverrideDto>[] {
  const t = useTranslations("operator.override");
  const { number } = useFormatter();
  const { timeZone } = useMe().tenant;
  return useMemo(() => {
    const time = (instant: string) => <TimeText instant={instant} timeZone={timeZone} />;
    const count = (value: number | null) => (value === null ? <span className="text-ink-soft">{t("planShort")}</span> : number(value));
    return [
      { id: "reason", header: t("reason"), mobile: "title", cell: ({ reason }) => <span className="wrap-anywhere">{reason}</span> },
      { id: "perMinute", header: t("minuteShort"), align: "end", width: 100, cell: ({ perMinute }) => count(perMinute) },
      { id: "perHour", header: t("hourShort"), align: "end", width: 100, cell: ({ perHour }) => count(perHour) },
      { id: "from", header: t("from"), width: 190, cell: ({ madeAt }) => time(madeAt) },
      {
        id: "until", header: t("untilTitle"), width: 190,
        cell: ({ until, endedAt, endedBy }) => {
          if (endedAt !== null) return <span>{time(endedAt)} <span className="text-ink-soft">{t("endedBy", { name: endedBy ?? "" })}</span></span>;
          return until === null ? t("open") : time(until);
        },
      },
      { id: "by", header: t("by"), width: 150, cell: ({ madeBy }) => madeBy },
    ];
  }, [t, number, timeZone]);
}
