"use client";

import type { UsageDto } from "@atrium/billing/contract";
import { Banner, Card, SkeletonText } from "@atrium/ui";
import { useFormatter, useTranslations } from "next-intl";
import { QueryError } from "../../../../../../components/query-error.tsx";
import { BucketMeters } from "./bucket-meters.tsx";
import { RefusedTable } from "./refused-table.tsx";
import { HourChart, MonthChart } from "./usage-charts.tsx";
import { useElapsed, useUsage } from "./use-usage.ts";

/** How much of its requests the company has left now, and what became of those of the last hour and month. */
export function UsageCards() {
  const t = useTranslations("billing.usage");
  const usage = useUsage();
  if (usage.data === undefined) {
    return (
      <Card title={t("title")} description={t("text")}>
        {usage.error ? <QueryError error={usage.error} onRetry={() => void usage.refetch()} /> : <SkeletonText lines={8} />}
      </Card>
    );
  }
  if (!usage.data.isLive) {
    return (
      <Card title={t("title")} description={t("text")}>
        <Banner tone="attention" title={t("notLive")}>
          {t("notLiveText")}
        </Banner>
      </Card>
    );
  }
  return (
    <>
      <NowCard usage={usage.data} readAt={usage.dataUpdatedAt} hasFailed={usage.error !== null} />
      <MonthCard usage={usage.data} />
    </>
  );
}

interface NowCardProps {
  readonly usage: UsageDto;
  readonly readAt: number;
  /** The last look did not succeed: what is shown is older than it should be. */
  readonly hasFailed: boolean;
}

function NowCard({ usage, readAt, hasFailed }: NowCardProps) {
  const t = useTranslations("billing.usage");
  const refused = usage.minutes.reduce((sum, minute) => sum + minute.refused, 0);
  return (
    <Card title={t("title")} description={t("text")} action={<Age readAt={readAt} hasFailed={hasFailed} />}>
      <div className="flex flex-col gap-6">
        {refused > 0 ? (
          <Banner tone="attention" title={t("refusedNow", { count: refused })}>
            {t("refusedNowText")}
          </Banner>
        ) : null}
        <BucketMeters buckets={usage.buckets} readAt={readAt} />
        <section className="flex flex-col gap-2">
          <h3 className="font-medium">{t("hourTitle")}</h3>
          <HourChart minutes={usage.minutes} buckets={usage.buckets} />
        </section>
      </div>
    </Card>
  );
}

/** How old the figures are, so that nobody takes old ones for those of this moment. */
function Age({ readAt, hasFailed }: { readonly readAt: number; readonly hasFailed: boolean }) {
  const t = useTranslations("billing.usage");
  const seconds = Math.floor(useElapsed(readAt) / 1000);
  return <span className="shrink-0 text-sm whitespace-nowrap text-ink-soft tabular-nums">{t(hasFailed ? "old" : "age", { seconds })}</span>;
}

function MonthCard({ usage: { days, refusedFor } }: { readonly usage: UsageDto }) {
  const t = useTranslations("billing.usage");
  const { number } = useFormatter();
  const sum = (of: "admitted" | "refused" | "degraded"): number => days.reduce((total, day) => total + day[of], 0);
  const degraded = sum("degraded");
  return (
    <Card title={t("monthTitle")} description={t("monthText", { admitted: number(sum("admitted")), refused: number(sum("refused")) })}>
      <div className="flex flex-col gap-6">
        <MonthChart days={days} />
        {degraded > 0 ? <p className="max-w-prose text-sm text-ink-soft">{t("degraded", { count: degraded })}</p> : null}
        <section className="flex flex-col gap-2">
          <h3 className="font-medium">{t("refusedTitle")}</h3>
          {refusedFor.length === 0 ? <p className="text-ink-soft">{t("noneRefused")}</p> : <RefusedTable refused={refusedFor} />}
        </section>
      </div>
    </Card>
  );
}
