"use client";

import { formatMonth } from "@atrium/kernel";
import { Badge, Button, PageHeader, Skeleton } from "@atrium/ui";
import { Printer } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTenantSlug } from "../../../../../client/tenant-client.tsx";
import { trpc } from "../../../../../client/trpc.ts";
import { useMe } from "../../../../../components/frame/me.ts";
import { Trail } from "../../../../../components/frame/trail.tsx";
import { QueryError } from "../../../../../components/query-error.tsx";
import { DownloadPayslip } from "../download-payslip.tsx";
import { PayslipSheet } from "./payslip-sheet.tsx";

/** One payslip, on the screen and on paper. */
export function PayslipPage({ id }: { readonly id: string }) {
  const t = useTranslations("payroll");
  const slug = useTenantSlug();
  const { employeeId } = useMe().member;
  const query = trpc.payroll.payslip.get.useQuery({ id });
  if (query.error) return <QueryError error={query.error} onRetry={() => void query.refetch()} />;
  const payslip = query.data;
  if (!payslip) return <Skeleton className="h-96" />;
  const month = formatMonth(payslip.period);
  const isMine = payslip.facts.employeeId === employeeId;
  const trail = isMine
    ? [{ label: t("mine.title"), href: `/${slug}/payslips` }, { label: month }]
    : [{ label: t("title"), href: `/${slug}/pay` }, { label: month, href: `/${slug}/pay/${payslip.period}?part=payslips` }, { label: payslip.facts.name }];
  return (
    <>
      <Trail items={trail} />
      <div className="print:hidden">
        <PageHeader
          title={isMine ? t("payslip.title", { month }) : t("payslip.titleOf", { month, name: payslip.facts.name })}
          status={payslip.publishedOn === null ? <Badge tone="attention">{t("payslip.notPublished")}</Badge> : undefined}
          action={
            <>
              <Button icon={<Printer aria-hidden />} onClick={() => window.print()}>
                {t("payslip.print")}
              </Button>
              <DownloadPayslip id={payslip.id} period={payslip.period} />
            </>
          }
        />
      </div>
      <PayslipSheet payslip={payslip} />
    </>
  );
}
