"use client";

import type { InvoiceStatus, InvoiceSummary } from "@atrium/billing/contract";
import { Button, Card, DataTable, DateText, EmptyState, IconButton, Money, StatusBadge, TextLink } from "@atrium/ui";
import type { DataTableColumn, Tone } from "@atrium/ui";
import { formatDate, maxPageSize } from "@atrium/kernel";
import { keepPreviousData } from "@tanstack/react-query";
import { Download, ReceiptText } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { useTenantSlug } from "../../../../../../client/tenant-client.tsx";
import { trpc } from "../../../../../../client/trpc.ts";
import { useDownload } from "../../../../../../client/use-download.ts";
import { QueryError } from "../../../../../../components/query-error.tsx";
import { useDayRange } from "../words.ts";

/** So many at first, and so many more each time; all that a list gives out are those of many years. */
const pageSize = 12;
const tones: Readonly<Record<InvoiceStatus, Tone>> = { open: "info", "part-paid": "info", overdue: "danger", paid: "good" };

/** The company's invoices, the newest first, each as a PDF. */
export function InvoicesCard({ supportAddress }: { readonly supportAddress: string | undefined }) {
  const t = useTranslations("billing.invoices");
  const [limit, setLimit] = useState(pageSize);
  const list = trpc.billing.invoice.list.useQuery({ limit }, { placeholderData: keepPreviousData });
  const rows = list.data?.rows ?? [];
  return (
    <Card title={t("title")} description={t("text")}>
      <div className="flex flex-col gap-3">
        <DataTable<InvoiceSummary>
          label={t("title")}
          columns={useInvoiceColumns()}
          rows={rows}
          rowId={({ id }) => id}
          rowName={({ number }) => number}
          isLoading={list.isPending}
          isRefreshing={list.isPlaceholderData}
          skeletonRows={3}
          error={list.error ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : undefined}
          empty={<EmptyState icon={<ReceiptText aria-hidden />} title={t("none")} body={t("noneText")} />}
          isPlain
        />
        {list.data?.next == null || limit >= maxPageSize ? null : (
          <div>
            <Button size="sm" isLoading={list.isPlaceholderData} onClick={() => setLimit(Math.min(maxPageSize, limit + 2 * pageSize))}>
              {t("older")}
            </Button>
          </div>
        )}
        {rows.some(({ status }) => status !== "paid") ? (
          <p className="max-w-prose text-sm text-ink-soft">
            {t("howToPay")}{" "}
            {supportAddress === undefined ? null : t.rich("howToPayAsk", { address: () => <TextLink href={`mailto:${supportAddress}`}>{supportAddress}</TextLink> })}
          </p>
        ) : null}
      </div>
    </Card>
  );
}

function useInvoiceColumns(): readonly DataTableColumn<InvoiceSummary>[] {
  const t = useTranslations("billing.invoices");
  const range = useDayRange();
  return useMemo(
    () => [
      { id: "number", header: t("number"), mobile: "title", width: 140, cell: ({ number }) => <span className="font-medium whitespace-nowrap tabular-nums">{number}</span> },
      { id: "issued", header: t("issued"), width: 110, cell: ({ issuedOn }) => <DateText day={issuedOn} /> },
      { id: "period", header: t("period"), cell: ({ periodFrom, periodUntil }) => <span className="whitespace-nowrap">{range(periodFrom, periodUntil)}</span> },
      { id: "status", header: t("status"), width: 245, cell: (row) => <InvoiceState invoice={row} /> },
      { id: "total", header: t("total"), align: "end", width: 115, cell: (row) => <Total invoice={row} /> },
      { id: "pdf", header: t("pdf"), width: 60, align: "end", cell: ({ id, number }) => <PdfButton id={id} number={number} /> },
    ],
    [t, range],
  );
}

function InvoiceState({ invoice: { status, dueOn } }: { readonly invoice: InvoiceSummary }) {
  const t = useTranslations("billing.invoices");
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <StatusBadge tone={tones[status]}>{t(`statuses.${status}`)}</StatusBadge>
      {status === "paid" ? null : <span className="text-sm whitespace-nowrap text-ink-soft">{t("dueOn", { date: formatDate(dueOn) })}</span>}
    </span>
  );
}

function Total({ invoice: { totalMinor, openMinor } }: { readonly invoice: InvoiceSummary }) {
  const t = useTranslations("billing.invoices");
  return (
    <span className="inline-flex flex-col items-end">
      <Money amount={totalMinor} />
      {openMinor > 0 && openMinor < totalMinor ? <span className="text-sm text-ink-soft">{t.rich("stillOpen", { money: () => <Money amount={openMinor} /> })}</span> : null}
    </span>
  );
}

function PdfButton({ id, number }: Pick<InvoiceSummary, "id" | "number">) {
  const t = useTranslations("billing.invoices");
  const slug = useTenantSlug();
  const { take, isLoading } = useDownload();
  return (
    <IconButton
      variant="ghost"
      size="sm"
      label={t("download", { number })}
      icon={<Download aria-hidden />}
      isLoading={isLoading}
      onClick={() => void take(`/${slug}/api/billing/invoices/${id}/pdf`)}
    />
  );
}
