"use client";

import type { CompanyUsage } from "@atrium/billing/contract";
import { Banner, Card, DataTable } from "@atrium/ui";
import type { DataTableColumn } from "@atrium/ui";
import { useFormatter, useTranslations } from "next-intl";
import { useMemo } from "react";
import { BucketMeters } from "../../settings/billing/usage/bucket-meters.tsx";
import { HourChart, MonthChart } from "../../settings/billing/usage/usage-charts.tsx";

type Refused = CompanyUsage["refusedFor"][number];

interface UsageCardProps {
  readonly usage: CompanyUsage;
  /** When it was read, in ms. */
  readonly readAt: number;
}

/** What the company's own people see of its usage; whom something was refused for is an id here. */
export function UsageCard({ usage, readAt }: UsageCardProps) {
  const t = useTranslations("operator.usage");
  const words = useTranslations("billing.usage");
  if (!usage.isLive) {
    return (
      <Card title={t("title")}>
        <Banner tone="attention" title={t("unknown")}>
          {t("unknownText")}
        </Banner>
      </Card>
    );
  }
  return (
    <Card title={t("title")} description={t("text")}>
      <div className="flex flex-col gap-6">
        <BucketMeters buckets={usage.buckets} readAt={readAt} />
        <section className="flex flex-col gap-2">
          <h3 className="font-medium">{words("hourTitle")}</h3>
          <HourChart minutes={usage.minutes} buckets={usage.buckets} />
        </section>
        <section className="flex flex-col gap-2">
          <h3 className="font-medium">{words("monthTitle")}</h3>
          <MonthChart days={usage.days} />
        </section>
        <section className="flex flex-col gap-2">
          <h3 className="font-medium">{words("refusedTitle")}</h3>
          <RefusedFor refused={usage.refusedFor} />
        </section>
      </div>
    </Card>
  );
}

function RefusedFor({ refused }: { readonly refused: readonly Refused[] }) {
  const t = useTranslations("operator.usage");
  const words = useTranslations("billing.usage");
  const { number } = useFormatter();
  const columns = useMemo(
    (): readonly DataTableColumn<Refused>[] => [
      { id: "member", header: t("who"), mobile: "title", cell: ({ memberId }) => <span className="font-mono text-sm wrap-anywhere">{memberId}</span> },
      { id: "bucket", header: words("limit"), cell: ({ bucket }) => words(`buckets.${bucket}`) },
      { id: "count", header: words("refused"), align: "end", width: 120, cell: ({ count }) => number(count) },
    ],
    [t, words, number],
  );
  if (refused.length === 0) return <p className="text-ink-soft">{t("noneRefusedText")}</p>;
  return (
    <DataTable<Refused>
      label={words("refusedTitle")}
      columns={columns}
      rows={refused}
      rowId={({ memberId, bucket }) => `${memberId} ${bucket}`}
      rowName={({ memberId }) => memberId}
      empty={null}
      isPlain
    />
  );
}
