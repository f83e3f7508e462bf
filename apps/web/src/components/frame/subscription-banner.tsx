"use client";

import type { Me } from "@atrium/identity/contract";
import { dayIn, formatDate } from "@atrium/kernel";
import { Banner, ButtonLink } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { usePathname } from "next/navigation";

/** Says on every page that the subscription is over, how long it goes on like this, and who can mend it. */
export function SubscriptionBanner({ me: { tenant, standing, subscriptionUntil, standingUntil, grants } }: { readonly me: Me }) {
  const t = useTranslations("billing.banner");
  const billing = `/${tenant.slug}/settings/billing`;
  // The billing page says the same with what can be done about it.
  const isThere = usePathname().startsWith(billing);
  if ((standing !== "grace" && standing !== "read-only") || subscriptionUntil === null || standingUntil === null || isThere) return null;
  const day = (instant: string): string => formatDate(dayIn(new Date(instant), tenant.timeZone));
  const [date, until] = [day(subscriptionUntil), day(standingUntil)];
  const canSeeBilling = grants["billing:read"] !== undefined;
  const isGrace = standing === "grace";
  return (
    <Banner
      tone="attention"
      title={isGrace ? t("grace", { date }) : t("readOnly")}
      action={canSeeBilling ? <ButtonLink size="sm" href={billing}>{t("action")}</ButtonLink> : undefined}
    >
      {isGrace ? t("graceText", { until }) : t("readOnlyText", { date, until })} {canSeeBilling ? null : t("askAdministrators")}
    </Banner>
  );
}
