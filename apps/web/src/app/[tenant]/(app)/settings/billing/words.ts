"use client";

import { dayIn, formatDate } from "@atrium/kernel";
import type { Plan } from "@atrium/kernel";
import { useFormatter, useTranslations } from "next-intl";
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

const megabyte = 1_048_576;
const gigabyte = 1_073_741_824;

/** `1.5 GB`: in the units of 1,024 that plans are made of. */
export function useBytes(): (bytes: number) => string {
  const { number } = useFormatter();
  return (bytes) =>
    bytes >= gigabyte
      ? number(bytes / gigabyte, { style: "unit", unit: "gigabyte", unitDisplay: "short", maximumFractionDigits: 1 })
      : number(bytes / megabyte, { style: "unit", unit: "megabyte", unitDisplay: "short", maximumFractionDigits: 1 });
}
