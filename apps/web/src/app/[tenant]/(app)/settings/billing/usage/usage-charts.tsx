"use client";

import type { UsageDto } from "@atrium/billing/contract";
import { BarChart } from "@atrium/ui";
import { useFormatter, useTranslations } from "next-intl";
import { useMemo } from "react";
import { useMe } from "../../../../../../components/frame/me.ts";

/** What was admitted and refused in each of the last sixty minutes, with the line of what comes back in one. */
export function HourChart({ minutes, buckets }: Pick<UsageDto, "minutes" | "buckets">) {
  const t = useTranslations("billing.usage");
  const { tenant } = useMe();
  const { dateTime } = useFormatter();
  const perMinute = buckets.find(({ name }) => name === "minute")?.capacity;
  const bars = useMemo(
    () =>
      minutes.map(({ at, admitted, refused }) => {
        const clock = dateTime(new Date(at), { timeZone: tenant.timeZone, hour: "numeric", minute: "2-digit" });
        return { id: at, label: clock, shortLabel: clock, values: [admitted, refused] };
      }),
    [minutes, dateTime, tenant.timeZone],
  );
  return (
    <BarChart
      label={t("hourTitle")}
      barLabel={t("minute")}
      series={useSeries()}
      bars={bars}
      line={perMinute === undefined ? undefined : { value: perMinute, label: t("line", { count: perMinute }) }}
    />
  );
}

/** The same for each of the last thirty days. */
export function MonthChart({ days }: Pick<UsageDto, "days">) {
  const t = useTranslations("billing.usage");
  const { dateTime } = useFormatter();
  const bars = useMemo(
    () =>
      days.map(({ day, admitted, refused }) => {
        const date = new Date(`${day}T00:00:00Z`);
        const write = (year?: "numeric") => dateTime(date, { timeZone: "UTC", day: "numeric", month: "short", ...(year && { year }) });
        return { id: day, label: write("numeric"), shortLabel: write(), values: [admitted, refused] };
      }),
    [days, dateTime],
  );
  return <BarChart label={t("monthTitle")} barLabel={t("day")} series={useSeries()} bars={bars} />;
}

function useSeries() {
  const t = useTranslations("billing.usage");
  return [
    { id: "admitted", label: t("admitted"), tone: "accent" },
    { id: "refused", label: t("refused"), tone: "danger" },
  ] as const;
}
