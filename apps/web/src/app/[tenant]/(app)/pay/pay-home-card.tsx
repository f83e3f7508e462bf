"use client";

import { formatMonth } from "@atrium/kernel";
import { ButtonLink, Card, Money, Skeleton, TextLink } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useTenantSlug } from "../../../../client/tenant-client.tsx";
import { trpc } from "../../../../client/trpc.ts";
import { QueryError } from "../../../../components/query-error.tsx";
import { RunStatusBadge } from "./run-status-badge.tsx";

/** Where the month stands and what blocks it, for whoever runs the payroll. */
export function PayHomeCard() {
  const t = useTranslations("payroll.home");
  const slug = useTenantSlug();
  const query = trpc.payroll.run.standing.useQuery();
  if (query.error) return <QueryError error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton className="h-36" />;
  const { period, headcount, blocked, run } = query.data;
  const href = `/${slug}/pay/${period}`;
  return (
    <Card title={t("title", { month: formatMonth(period) })} action={<RunStatusBadge run={run} />}>
      <div className="flex flex-col items-start gap-3">
        <p className="text-ink-soft">
          {t("headcount", { count: headcount })}
          {run?.sums ? (
            <>
              {" · "}
              {t("net")} <Money amount={run.sums.netMinor} />
            </>
          ) : null}
        </p>
        {blocked > 0 && run === null ? (
          <TextLink href={href} className="text-attention">
            {t("blocked", { count: blocked })}
          </TextLink>
        ) : null}
        <ButtonLink href={href}>{t("open")}</ButtonLink>
      </div>
    </Card>
  );
}
