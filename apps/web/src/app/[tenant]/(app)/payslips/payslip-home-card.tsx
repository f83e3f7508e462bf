"use client";

import { formatMonth } from "@atrium/kernel";
import { ButtonLink, Card, DateText, Skeleton, TextLink } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useTenantSlug } from "../../../../client/tenant-client.tsx";
import { trpc } from "../../../../client/trpc.ts";
import { useMe } from "../../../../components/frame/me.ts";
import { QueryError } from "../../../../components/query-error.tsx";

/** One's newest payslip. Without its amount, since a home page is open for all to see. */
export function PayslipHomeCard() {
  const t = useTranslations("payroll.home");
  const slug = useTenantSlug();
  const { employeeId } = useMe().member;
  const query = trpc.payroll.payslip.mine.useQuery(undefined, { enabled: employeeId !== null });
  if (employeeId === null) return null;
  if (query.error) return <QueryError error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton className="h-36" />;
  const [latest] = query.data.payslips;
  return (
    <Card title={t("latest")} action={latest ? <TextLink href={`/${slug}/payslips`}>{t("all")}</TextLink> : undefined}>
      {latest ? (
        <div className="flex flex-col items-start gap-3">
          <p className="text-ink-soft">
            {t("issued")} <DateText day={latest.publishedOn} />
          </p>
          <ButtonLink href={`/${slug}/payslips/${latest.id}`}>{t("openPayslip", { month: formatMonth(latest.period) })}</ButtonLink>
        </div>
      ) : (
        <p className="text-ink-soft">{t("none")}</p>
      )}
    </Card>
  );
}
