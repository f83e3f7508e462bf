"use client";

import type { DegradedDto } from "@atrium/billing/contract";
import { Banner, Card, DataTable, DateText, EmptyState } from "@atrium/ui";
import type { DataTableColumn } from "@atrium/ui";
import { CircleCheck } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useMemo } from "react";
import { trpc } from "../../../../client/trpc.ts";
import { QueryError } from "../../../../components/query-error.tsx";
import { useClassName } from "./words.ts";

/** What was decided without the counter, in the whole house. */
export function DegradedCard() {
  const t = useTranslations("operator.degraded");
  const degraded = trpc.billing.console.degraded.useQuery();
  const columns = useDegradedColumns();
  return (
    <Card title={t("title")} description={t("text")}>
      {degraded.data?.isLive === false ? (
        <Banner tone="attention" title={t("away")}>
          {t("awayText")}
        </Banner>
      ) : (
        <DataTable<DegradedDto>
          label={t("title")}
          columns={columns}
          rows={degraded.data?.counts ?? []}
          rowId={({ day, routeClass }) => `${day} ${routeClass}`}
          rowName={({ day, routeClass }) => `${day} ${routeClass}`}
          isLoading={degraded.isPending}
          skeletonRows={2}
          error={degraded.error ? <QueryError error={degraded.error} onRetry={() => void degraded.refetch()} /> : undefined}
          empty={<EmptyState icon={<CircleCheck aria-hidden />} title={t("none")} body={t("noneText")} />}
          isPlain
        />
      )}
    </Card>
  );
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
