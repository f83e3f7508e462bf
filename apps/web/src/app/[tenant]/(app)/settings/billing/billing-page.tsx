"use client";

import type { SubscriptionDto } from "@atrium/identity/contract";
import { Banner, Card, KeyValueList, SkeletonText, TextLink, TimeText } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { trpc } from "../../../../../client/trpc.ts";
import { useMe } from "../../../../../components/frame/me.ts";
import { QueryError } from "../../../../../components/query-error.tsx";

/** What the company has subscribed to, until when, and whom to write to about it. */
export function BillingPage({ supportAddress }: { readonly supportAddress: string | undefined }) {
  const t = useTranslations("subscription.billing");
  const subscription = trpc.identity.subscription.get.useQuery();
  if (subscription.error) return <QueryError error={subscription.error} onRetry={() => void subscription.refetch()} />;
  return (
    <Card title={t("title")} description={t("text")} className="max-w-xl">
      {subscription.data === undefined ? <SkeletonText /> : <Standing subscription={subscription.data} />}
      <p className="mt-3 text-ink-soft">
        {supportAddress === undefined ? t("renewHere") : t.rich("renew", { address: () => <TextLink href={`mailto:${supportAddress}`}>{supportAddress}</TextLink> })}
      </p>
    </Card>
  );
}

function Standing({ subscription: { plan, until, isOver } }: { readonly subscription: SubscriptionDto }) {
  const t = useTranslations("subscription.billing");
  const { tenant } = useMe();
  return (
    <>
      {isOver ? <Banner tone="attention" title={t("over")} /> : null}
      <KeyValueList
        items={[
          { key: "plan", label: t("plan"), value: t(`plans.${plan}`) },
          { key: "until", label: t("until"), value: until === null ? t("endless") : <TimeText instant={until} timeZone={tenant.timeZone} /> },
        ]}
      />
    </>
  );
}
