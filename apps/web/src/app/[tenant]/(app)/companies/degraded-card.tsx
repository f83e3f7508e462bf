"use client";

import type { DegradedDecisions, DegradedDto } from "@atrium/billing/contract";
import { Banner, Card, DataTable, DateText, SkeletonText } from "@atrium/ui";
import type { DataTableColumn } from "@atrium/ui";
import { useFormatter, useTranslations } from "next-intl";
import { useMemo } from "react";
import { trpc } from "../../../../client/trpc.ts";
import { QueryError } from "../../../../components/query-error.tsx";
import { useClassName } from "./words.ts";

/** What was decided without the counter, in the whole house. */
export function DegradedCard() {
  const t = useTranslations("operator.degraded");
  const degraded = trpc.billing.console.degraded.useQuery();
  return (
    <Card title={t("title")} description={t("text")}>
      {degraded.data ? <Counts degraded={degraded.data} /> : degraded.error ? <QueryError error={degraded.error} onRetry={() => void degraded.refetch()} /> : <SkeletonText lines={2} />}
    </Card>
  );
}

function Counts({ degraded: { isLive, counts } }: { readonly degraded: DegradedDecisions }) {
  const t = useTranslations("operator.degraded");
  const columns = useDegradedColumns();
  if (!isLive) {
    return (
      <Banner tone="attention" title={t("away")}>
        {t("awayText")}
      </Banner>
    );
  }
  if (counts.length === 0) return <p className="text-ink-soft">{t("none")}</p>;
  const idOf = ({ day, routeClass }: DegradedDto): string => `${day} ${routeClass}`;
  return <DataTable<DegradedDto> label={t("title")} columns={columns} rows={counts} rowId={idOf} rowName={idOf} empty={null} isPlain />;
}

function useDegradedColumns(): readonly DataTableColumn<DegradedDto>[] {
  const t = useTranslations("operator.degraded");
  const className = useClassName();
  const { number } = useFormatter();
  return useMemo(
    () => [
      { id: "day", header: t("day"), mobile: "title", cell: ({ day }) => <DateText day={day} /> },
      { id: "class", header: t("kind"), cell: ({ routeClass }) => className(routeClass) },
      { id: "count", header: t("count"), align: "end", width: 140, cell: ({ count }) => number(count) },
    ],
    [t, className, number],
  );
}
