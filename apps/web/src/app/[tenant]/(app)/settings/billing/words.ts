"use client";

import { dateColumn, dayIn, formatDate } from "@atrium/kernel";
import type { PlainDate, Plan } from "@atrium/kernel";
import { useFormatter, useTranslations } from "next-intl";
import { useCallback } from "react";
import { useMe } from "../../../../../components/frame/me.ts";

/** A plan's name as people read it. */
export function usePlanName(): (plan: Plan) => string {
  const t = useTranslations("company.plans");
  return (plan) => t(`${plan}.name`);
}

/** The company's day of a moment: `20 Nov 2026`. */
export function useDay(): (instant: string) => string {
  const { tenant } = useMe();
  return (instant) => formatDate(dayIn(new Date(instant), tenant.timeZone));
}

/** `1 – 30 Nov 2026`: two days of a period with what they share said once. */
export function useDayRange(): (from: PlainDate, until: PlainDate) => string {
  const { dateTimeRange } = useFormatter();
  return useCallback(
    (from, until) => dateTimeRange(dateColumn(from), dateColumn(until), { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" }).replaceAll("Sept", "Sep"),
    [dateTimeRange],
  );
}

const units = [
  ["terabyte", 1_099_511_627_776],
  ["gigabyte", 1_073_741_824],
  ["megabyte", 1_048_576],
] as const;

/** `1.5 GB`: in the units of 1,024 that plans are made of. */
export function useBytes(): (bytes: number) => string {
  const { number } = useFormatter();
  return (bytes) => {
    const [unit, size] = units.find(([, least]) => bytes >= least) ?? units[2];
    return number(bytes / size, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 });
  };
}
