"use client";

import { Card, SkeletonText } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { trpc } from "../../../../../client/trpc.ts";
import { useGrant } from "../../../../../components/frame/me.ts";
import { QueryError } from "../../../../../components/query-error.tsx";
import { DetailsCard } from "./details/details-card.tsx";
import { InvoicesCard } from "./invoices/invoices-card.tsx";
import { PlanCard } from "./plan/plan-card.tsx";
import { UsageCards } from "./usage/usage-card.tsx";

/** What the company has subscribed to and how much of it is used, what it has to pay, and who is invoiced. */
export function BillingPage({ supportAddress }: { readonly supportAddress: string | undefined }) {
  const t = useTranslations("billing");
  const canManage = useGrant("billing:manage") !== undefined;
  const subscription = trpc.billing.subscription.get.useQuery();
  return (
    <div className="flex max-w-4xl flex-col gap-4">
      {canManage ? null : <p className="text-ink-soft">{t("readOnly")}</p>}
      {subscription.data === undefined ? (
        <Card title={t("plan.title")}>
          {subscription.error ? <QueryError error={subscription.error} onRetry={() => void subscription.refetch()} /> : <SkeletonText lines={6} />}
        </Card>
      ) : (
        <PlanCard subscription={subscription.data} canManage={canManage} />
      )}
      <UsageCards />
      <InvoicesCard supportAddress={supportAddress} />
      <DetailsCard canManage={canManage} />
    </div>
  );
}
