"use client";

import type { SubscriptionDto } from "@atrium/billing/contract";
import { planTerms } from "@atrium/kernel";
import { Card, Field, Input, SkeletonText } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTenantSlug } from "../../../../../../client/tenant-client.tsx";
import { trpc } from "../../../../../../client/trpc.ts";
import { Trail } from "../../../../../../components/frame/trail.tsx";
import { QueryError } from "../../../../../../components/query-error.tsx";
import { usePlanName } from "../words.ts";
import { PlanChoice } from "./plan-choice.tsx";
import { PreviewCard } from "./preview-card.tsx";
import { firstChoice, isUnchanged, seatsFrom, withPlan } from "./wanted.ts";
import type { Wanted } from "./wanted.ts";

/** Another plan or other seats: what is wanted, what that would mean, and the word that does it. */
export function ChangePage() {
  const t = useTranslations("billing");
  const slug = useTenantSlug();
  const subscription = trpc.billing.subscription.get.useQuery();
  return (
    <div className="flex max-w-4xl flex-col gap-4">
      <Trail items={[{ label: t("title"), href: `/${slug}/settings/billing` }, { label: t("change.title") }]} />
      <h2 className="text-lg font-semibold">{t("change.title")}</h2>
      {subscription.error ? <QueryError error={subscription.error} onRetry={() => void subscription.refetch()} /> : null}
      {subscription.isPending ? <SkeletonText lines={8} /> : null}
      {subscription.data === undefined ? null : <Change subscription={subscription.data} />}
    </div>
  );
}

function Change({ subscription }: { readonly subscription: SubscriptionDto }) {
  const t = useTranslations("billing.change");
  const planName = usePlanName();
  const [wanted, setWanted] = useState<Wanted>(() => firstChoice(subscription));
  const { plan } = wanted;
  const most = planTerms[plan].seats;
  const seats = seatsFrom(wanted);
  return (
    <>
      <Card>
        <div className="flex flex-col gap-5">
          <PlanChoice value={plan} present={subscription.plan} onChange={(chosen) => setWanted(withPlan(wanted, chosen))} />
          <Field
            label={t("seats")}
            help={t("seatsHelp", { used: subscription.seatsUsed, plan: planName(plan), most })}
            error={seats === undefined ? t("seatsInvalid", { most }) : undefined}
            className="max-w-64"
          >
            <Input value={wanted.seats} onChange={(event) => setWanted({ ...wanted, seats: event.target.value })} inputMode="numeric" autoComplete="off" />
          </Field>
        </div>
      </Card>
      {seats === undefined ? null : isUnchanged(subscription, plan, seats) ? (
        <Card title={t("preview")}>
          <p className="text-ink-soft">{t("unchanged")}</p>
        </Card>
      ) : (
        <PreviewCard subscription={subscription} plan={plan} seats={seats} onSeats={(count) => setWanted({ ...wanted, seats: String(count) })} />
      )}
    </>
  );
}
