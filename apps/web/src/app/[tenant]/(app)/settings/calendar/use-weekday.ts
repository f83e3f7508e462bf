"use client";

import { dateColumn } from "@atrium/kernel";
import type { PlainDate } from "@atrium/kernel";
import { useLocale } from "next-intl";
import { useCallback } from "react";

/** `Mon`. */
export function useWeekday(): (day: PlainDate) => string {
  const locale = useLocale();
  return useCallback((day) => new Intl.DateTimeFormat(locale, { timeZone: "UTC", weekday: "short" }).format(dateColumn(day)), [locale]);
}
