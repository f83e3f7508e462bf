"use client";

import type { SubscriptionDto } from "@atrium/billing/contract";
import { Banner, Button } from "@atrium/ui";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useDay, usePlanName } from "../words.ts";
import { canResume, shownStanding } from "./standing.ts";
import type { PlanActs } from "./use-plan-acts.ts";

interface StandingBannersProps {
  readonly subscription: SubscriptionDto;
  /** Undefined for somebody who may only look. */
  readonly acts: PlanActs | undefined;
}

/** What will happen to the subscription unless somebody acts, and what was planned for it. */
export function StandingBanners({ subscription, acts }: StandingBannersProps) {
  const t = useTranslations("billing.plan");
  const day = useDay();
  const planName = usePlanName();
  const { next, until } = subscription;
  return (
    <>
      <EndBanner subscription={subscription} acts={acts} />
      {next === null || until === null ? null : (
        <Banner
          title={t("plannedTitle", { plan: planName(next.plan), seats: next.seats, date: day(next.at) })}
          action={acts && <Act label={t("withdraw")} isLoading={acts.withdraw.isPending} onClick={() => acts.withdraw.mutate()} />}
        >
          {t("plannedText")}
        </Banner>
      )}
    </>
  );
}

function EndBanner({ subscription, acts }: StandingBannersProps) {
  const t = useTranslations("billing.plan");
  const day = useDay();
  const planName = usePlanName();
  const { plan, until, graceUntil, readOnlyUntil, from } = subscription;
  const shown = shownStanding(subscription);
  if (until === null) return null;
  const resume: ReactNode = acts && canResume(subscription) ? <Act label={t("resume")} isLoading={acts.resume.isPending} onClick={() => acts.resume.mutate()} /> : undefined;
  switch (shown) {
    case "open":
      return null;
    case "trial":
      return from === null ? <Banner title={t("trialTitle", { plan: planName(plan), date: day(until) })}>{t("trialText")}</Banner> : null;
    case "cancelled":
      return <Banner tone="attention" title={t("cancelledTitle", { date: day(until) })} action={resume}>{t("cancelledText")}</Banner>;
    case "grace":
      return <Banner tone="attention" title={t("graceTitle", { date: day(until) })}>{t("graceText", { until: day(graceUntil ?? until) })}</Banner>;
    case "read-only":
      return <Banner tone="danger" title={t("readOnlyTitle")}>{t("readOnlyText", { until: day(readOnlyUntil ?? until) })}</Banner>;
    case "closed":
      return <Banner tone="danger" title={t("closedTitle")}>{t("closedText")}</Banner>;
  }
}

function Act({ label, isLoading, onClick }: { readonly label: string; readonly isLoading: boolean; readonly onClick: () => void }) {
  return (
    <Button size="sm" isLoading={isLoading} onClick={onClick}>
      {label}
    </Button>
  );
}
