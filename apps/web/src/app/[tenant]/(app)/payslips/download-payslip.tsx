"use client";

import { formatMonth } from "@atrium/kernel";
import type { YearMonth } from "@atrium/kernel";
import { Button, IconButton, toast } from "@atrium/ui";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { download } from "../../../../client/download.ts";
import { useTenantSlug } from "../../../../client/tenant-client.tsx";
import { useAppError } from "../../../../client/use-app-error.ts";

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
  const explain = useAppError();
  const [isLoading, setIsLoading] = useState(false);
  const onClick = async (): Promise<void> => {
    setIsLoading(true);
    await download(`/${slug}/api/payslips/${id}/pdf`).catch((error: unknown) => toast.error(explain(error).message));
    setIsLoading(false);
  };
  const icon = <Download aria-hidden />;
  if (isIcon) return <IconButton size="sm" icon={icon} label={t("downloadOf", { month: formatMonth(period) })} isLoading={isLoading} onClick={() => void onClick()} />;
  return (
    <Button variant="primary" icon={icon} isLoading={isLoading} onClick={() => void onClick()}>
      {t("download")}
    </Button>
  );
}
