"use client";

import type { ConsoleRow } from "@atrium/billing/contract";
import type { CompanyRow, SupportGrantDto } from "@atrium/identity/contract";
import type { Tone } from "@atrium/ui";
import { useMessages, useTranslations } from "next-intl";
import { useCallback } from "react";

export const companyTones: Readonly<Record<CompanyRow["status"], Tone>> = { active: "good", suspended: "attention", deleted: "neutral" };
export const standingTones: Readonly<Record<ConsoleRow["standing"], Tone>> = { open: "good", grace: "attention", "read-only": "danger", closed: "danger" };
export const grantTones: Readonly<Record<SupportGrantDto["status"], Tone>> = { requested: "attention", granted: "good", refused: "danger", ended: "neutral", over: "neutral" };

/** What people call a plan. */
export function usePlanName(): (plan: string) => string {
  const t = useTranslations("operator.plans");
  const { plans } = useMessages().operator;
  return useCallback(
    (plan: string) => {
      const isKnown = (text: string): text is keyof typeof plans => Object.hasOwn(plans, text);
      return isKnown(plan) ? t(plan) : plan;
    },
    [t, plans],
  );
}

/** What people call a kind of request. */
export function useClassName(): (routeClass: string) => string {
  const t = useTranslations("operator.classes");
  const { classes } = useMessages().operator;
  return useCallback(
    (routeClass: string) => {
      const isKnown = (text: string): text is keyof typeof classes => Object.hasOwn(classes, text);
      return isKnown(routeClass) ? t(routeClass) : routeClass;
    },
    [t, classes],
  );
}
