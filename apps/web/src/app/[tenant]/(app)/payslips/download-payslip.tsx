"use client";

import { formatMonth } from "@atrium/kernel";
import type { YearMonth } from "@atrium/kernel";
import { Button, IconButton } from "@atrium/ui";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTenantSlug } from "../../../../client/tenant-client.tsx";
import { useDownload } from "../../../../client/use-download.ts";

export interface DownloadPayslipProps {
  readonly id: string;
  readonly period: YearMonth;
  /** In a list, where its name would be too long. */
  readonly isIcon?: boolean;
}

/** Fetches the payslip as a PDF. */
export function DownloadPayslip({ id, period, isIcon = false }: DownloadPayslipProps) {
  const t = useTranslations("payroll.payslip");
  const slug = useTenantSlug();
  const { take, isLoading } = useDownload();
  const onClick = (): void => void take(`/${slug}/api/payslips/${id}/pdf`);
  const icon = <Download aria-hidden />;
  if (isIcon) return <IconButton size="sm" icon={icon} label={t("downloadOf", { month: formatMonth(period) })} isLoading={isLoading} onClick={onClick} />;
  return (
    <Button variant="primary" icon={icon} isLoading={isLoading} onClick={onClick}>
      {t("download")}
    </Button>
  );
}
