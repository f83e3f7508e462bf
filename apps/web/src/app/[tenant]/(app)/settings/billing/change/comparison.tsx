"use client";

import type { ChangeDto, SubscriptionDto } from "@atrium/billing/contract";
import { planTerms } from "@atrium/kernel";
import type { Module } from "@atrium/kernel";
import { Money, VisuallyHidden } from "@atrium/ui";
import { ArrowRight } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useBytes, usePlanName } from "../words.ts";

interface ComparisonProps {
  readonly before: SubscriptionDto;
  readonly change: ChangeDto;
}

type Row = readonly [key: "plan" | "seats" | "perMonth" | "perMinute" | "perHour" | "storage", now: ReactNode, then: ReactNode];

/** What the company has and what it would have, side by side. */
export function Comparison({ before, change }: ComparisonProps) {
  const t = useTranslations("billing.change");
  const { number } = useFormatter();
  const planName = usePlanName();
  const bytes = useBytes();
  const [had, has] = [planTerms[before.plan], planTerms[change.plan]];
  const rows: readonly Row[] = [
    ["plan", planName(before.plan), planName(change.plan)],
    ["seats", number(before.seats), number(change.seats)],
    ["perMonth", <Money key="now" amount={before.perMonthMinor} />, <Money key="then" amount={change.perMonthMinor} />],
    ["perMinute", number(before.limits.perMinute), number(change.limits.perMinute)],
    ["perHour", number(before.limits.perHour), number(change.limits.perHour)],
    ["storage", bytes(had.storageBytes), bytes(has.storageBytes)],
  ];
  const gained = has.modules.filter((module) => !had.modules.includes(module));
  const lost = had.modules.filter((module) => !has.modules.includes(module));
  return (
    <div className="flex flex-col gap-3">
      <NowAndThen rows={rows} />
      <ModuleLine label={t("gains")} modules={gained} />
      <ModuleLine label={t("loses")} modules={lost} />
    </div>
  );
}

function NowAndThen({ rows }: { readonly rows: readonly Row[] }) {
  const t = useTranslations("billing.change");
  return (
    <table className="w-full max-w-xl tabular-nums">
      <caption className="sr-only">{t("preview")}</caption>
      <thead className="text-left text-sm text-ink-soft">
        <tr>
          <th scope="col" className="py-1 font-normal">
            <VisuallyHidden>{t("item")}</VisuallyHidden>
          </th>
          <th scope="col" className="py-1 text-right font-normal">
            {t("before")}
          </th>
          <td className="w-8" />
          <th scope="col" className="py-1 text-right font-normal">
            {t("after")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([key, now, then]) => (
          <tr key={key} className="border-t border-line">
            <th scope="row" className="py-1.5 text-left font-normal text-ink-soft">
              {t(`rows.${key}`)}
            </th>
            <td className="py-1.5 text-right">{now}</td>
            <td className="text-ink-faint">
              <ArrowRight aria-hidden className="mx-auto size-3.5" />
            </td>
            <td className="py-1.5 text-right font-medium">{then}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ModuleLine({ label, modules }: { readonly label: string; readonly modules: readonly Module[] }) {
  const t = useTranslations("billing.modules");
  if (modules.length === 0) return null;
  return (
    <p>
      <span className="text-ink-soft">{label}:</span> {modules.map((module) => t(module)).join(", ")}
    </p>
  );
}
