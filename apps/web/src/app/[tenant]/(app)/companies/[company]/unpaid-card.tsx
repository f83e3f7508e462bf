"use client";

import type { ConsoleCompany, InvoiceSummary } from "@atrium/billing/contract";
import { Button, Card, DataTable, DateText, Money, StatusBadge } from "@atrium/ui";
import type { DataTableColumn, Tone } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { PaymentDialog } from "./payment-dialog.tsx";

const tones: Readonly<Record<InvoiceSummary["status"], Tone>> = { open: "info", "part-paid": "attention", overdue: "danger", paid: "good" };

/** What the company has yet to pay, and where a payment that arrived is written down. */
export function UnpaidCard({ company }: { readonly company: ConsoleCompany }) {
  const t = useTranslations("operator.unpaid");
  const [paying, setPaying] = useState<InvoiceSummary>();
  const columns = useInvoiceColumns(setPaying);
  return (
    <Card title={t("title")} description={t("text")}>
      {company.unpaid.length === 0 ? (
        <p className="text-ink-soft">{t("none")}</p>
      ) : (
        <DataTable<InvoiceSummary> label={t("title")} columns={columns} rows={company.unpaid} rowId={({ id }) => id} rowName={({ number }) => number} empty={null} isPlain />
      )}
      {paying ? <PaymentDialog slug={company.slug} invoice={paying} onClose={() => setPaying(undefined)} /> : null}
    </Card>
  );
}

function useInvoiceColumns(onPay: (invoice: InvoiceSummary) => void): readonly DataTableColumn<InvoiceSummary>[] {
  const t = useTranslations("operator.unpaid");
  return useMemo(
    () => [
      { id: "number", header: t("number"), mobile: "title", cell: ({ number }) => <span className="whitespace-nowrap tabular-nums">{number}</span> },
      { id: "status", header: t("statusTitle"), width: 120, cell: ({ status }) => <StatusBadge tone={tones[status]}>{t(`status.${status}`)}</StatusBadge> },
      { id: "dueOn", header: t("dueOn"), width: 130, cell: ({ dueOn }) => <DateText day={dueOn} /> },
      { id: "total", header: t("total"), align: "end", width: 140, mobile: "hidden", cell: ({ totalMinor }) => <Money amount={totalMinor} /> },
      { id: "open", header: t("open"), align: "end", width: 140, cell: ({ openMinor }) => <Money amount={openMinor} /> },
      {
        id: "act", header: t("act"), width: 150, isHideable: false,
        cell: (invoice) => <Button size="sm" aria-label={t("recordFor", { number: invoice.number })} onClick={() => onPay(invoice)}>{t("record")}</Button>,
      },
    ],
    [t, onPay],
  );
}
