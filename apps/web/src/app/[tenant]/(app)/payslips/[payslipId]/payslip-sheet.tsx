"use client";

import { formatDate, formatMonth } from "@atrium/kernel";
import type { PayLine, Payslip } from "@atrium/payroll/contract";
import { DateText, KeyValueList, Money } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useExplanation } from "./use-explanation.ts";

/** The payslip itself: a sheet of paper on the screen, and nothing but it on paper. */
export function PayslipSheet({ payslip }: { readonly payslip: Payslip }) {
  const t = useTranslations("payroll.payslip");
  const { company, period, publishedOn, netMinor, netInWords, lines, grossMinor, deductionsMinor, employerMinor } = payslip;
  const of = (kind: PayLine["kind"]) => lines.filter((line) => line.kind === kind);
  return (
    <article className="mx-auto flex w-full max-w-4xl flex-col gap-6 rounded-lg border border-line bg-surface p-5 sm:p-8 print:max-w-none print:border-0 print:p-0">
      <header className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-b border-line pb-4">
        <p className="text-lg font-semibold">{company}</p>
        <p className="font-medium">{t("title", { month: formatMonth(period) })}</p>
      </header>
      <Facts payslip={payslip} />
      <div className="grid gap-x-8 gap-y-6 sm:grid-cols-2">
        <Lines title={t("earnings")} lines={of("earning")} total={t("gross")} sum={grossMinor} />
        <Lines title={t("deductions")} lines={of("deduction")} total={t("totalDeductions")} sum={deductionsMinor} />
      </div>
      <div data-keep-together className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 rounded-lg bg-sunken px-4 py-3">
        <h2 className="text-lg font-semibold">{t("net")}</h2>
        <Money amount={netMinor} className="text-2xl font-semibold tracking-tight" />
        <p className="w-full text-ink-soft">{netInWords}</p>
      </div>
      {employerMinor > 0 ? (
        <div className="grid gap-x-8 sm:grid-cols-2">
          <Lines title={t("employer")} lines={of("employer")} total={t("employerTotal")} sum={employerMinor} />
        </div>
      ) : null}
      <footer className="text-sm text-ink-soft">{publishedOn === null ? t("draft") : t("issued", { day: formatDate(publishedOn) })}</footer>
    </article>
  );
}

function Facts({ payslip: { facts } }: { readonly payslip: Payslip }) {
  const t = useTranslations("payroll.payslip");
  const { days } = facts;
  const nothing = "–";
  const lost = days.lossOfPayHalfDays / 2;
  return (
    <KeyValueList
      columns={2}
      items={[
        { key: "name", label: t("employee"), value: facts.name },
        { key: "pan", label: t("pan"), value: facts.panMasked === null ? nothing : <span className="font-mono">{facts.panMasked}</span> },
        { key: "code", label: t("code"), value: facts.code },
        { key: "uan", label: t("uan"), value: facts.uanMasked === null ? nothing : <span className="font-mono">{facts.uanMasked}</span> },
        { key: "designation", label: t("designation"), value: facts.designation ?? nothing },
        { key: "bank", label: t("bank"), value: facts.bankLast4 === null ? nothing : t("endingIn", { last4: facts.bankLast4 }) },
        { key: "department", label: t("department"), value: facts.department },
        { key: "joined", label: t("joinedOn"), value: <DateText day={facts.joinedOn} /> },
        { key: "location", label: t("location"), value: `${facts.location}, ${facts.state}` },
        { key: "days", label: t("days"), value: t("daysPaid", { paid: days.paidHalfDays / 2, month: days.monthHalfDays / 2, lost }) },
      ]}
    />
  );
}

interface LinesProps {
  readonly title: string;
  readonly lines: readonly PayLine[];
  readonly total: string;
  readonly sum: number;
}

/** Amounts of one kind, each with how it came about, and their sum. */
function Lines({ title, lines, total, sum }: LinesProps) {
  const t = useTranslations("payroll.lines");
  const explain = useExplanation();
  return (
    <table className="w-full self-start" data-keep-together>
      <caption className="pb-1 text-left font-semibold">{title}</caption>
      <tbody>
        {lines.map((line) => (
          <tr key={line.code} className="align-top">
            <th scope="row" className="border-t py-2 pr-4 text-left font-normal">
              {t(line.code)}
              <span className="block text-sm text-ink-soft">{explain(line.explanation)}</span>
            </th>
            <td className="border-t py-2 text-right">
              <Money amount={line.amountMinor} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" className="border-t border-line-strong py-2 pr-4 text-left font-semibold">
            {total}
          </th>
          <td className="border-t border-line-strong py-2 text-right font-semibold">
            <Money amount={sum} />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
