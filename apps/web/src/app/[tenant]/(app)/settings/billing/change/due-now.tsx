"use client";

import type { ChangeDto } from "@atrium/billing/contract";
import { formatDate } from "@atrium/kernel";
import { classNames, Money } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useDay, usePlanName } from "../words.ts";

type Line = ChangeDto["lines"][number];

/** What a change costs at once, line by line, and when it begins. */
export function DueNow({ change }: { readonly change: ChangeDto }) {
  const t = useTranslations("billing.change");
  const day = useDay();
  const { dueMinor, takesEffect, beginsAt, until } = change;
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-medium">{t("money")}</h3>
      {dueMinor === 0 ? <p>{t("nothingDue")}</p> : <Lines change={change} />}
      <p className="text-ink-soft">
        {takesEffect === "at-once" ? t("atOnce") : t("atPeriodEnd", { date: day(beginsAt) })} {takesEffect === "at-once" && until !== null && dueMinor > 0 ? t("paidUntil", { date: day(until) }) : null}
      </p>
    </section>
  );
}

function Lines({ change: { lines, dueMinor, taxes, totalMinor } }: { readonly change: ChangeDto }) {
  const t = useTranslations("billing.change");
  return (
    <>
      <table className="w-full max-w-xl">
        <caption className="sr-only">{t("money")}</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">{t("item")}</th>
            <th scope="col">{t("amount")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.plan} ${String(line.seats)} ${line.from} ${String(line.amountMinor)}`} className="border-t border-line align-top">
              <th scope="row" className="py-1.5 pr-3 text-left font-normal">
                <LineText line={line} />
              </th>
              <td className="py-1.5 text-right">
                <Money amount={line.amountMinor} />
              </td>
            </tr>
          ))}
          <Sum label={t("due")} amount={dueMinor} />
          {taxes.map(({ kind, ratePercent, amountMinor }) => (
            <Sum key={kind} label={t("tax", { kind: kind.toUpperCase(), percent: ratePercent })} amount={amountMinor} />
          ))}
          <Sum label={t("total")} amount={totalMinor} isTotal />
        </tbody>
      </table>
      <p className="text-sm text-ink-soft">{t("dueText")}</p>
    </>
  );
}

function Sum({ label, amount, isTotal = false }: { readonly label: string; readonly amount: number; readonly isTotal?: boolean }) {
  return (
    <tr className={classNames("border-t", isTotal ? "border-line-strong font-semibold" : "border-line")}>
      <th scope="row" className={classNames("py-1.5 pr-3 text-left", isTotal ? "font-semibold" : "font-normal")}>
        {label}
      </th>
      <td className="py-1.5 text-right">
        <Money amount={amount} />
      </td>
    </tr>
  );
}

function LineText({ line: { plan, seats, amountMinor, from, until, days, ofDays } }: { readonly line: Line }) {
  const t = useTranslations("billing.change");
  const planName = usePlanName();
  const period = { from: formatDate(from), until: formatDate(until) };
  return (
    <>
      {t(amountMinor < 0 ? "credit" : "line", { plan: planName(plan), seats })}
      <span className="block text-sm text-ink-soft">{days < ofDays ? t("lineShare", { ...period, days, ofDays }) : t("lineDays", period)}</span>
    </>
  );
}
