"use client";

import type { SubscriptionDto } from "@atrium/billing/contract";
import { modules, planTerms } from "@atrium/kernel";
import { Badge, Banner, Button, ButtonLink, Card, KeyValueList, Meter, Money, StatusBadge } from "@atrium/ui";
import type { KeyValueItem } from "@atrium/ui";
import { Check, Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTenantSlug } from "../../../../../../client/tenant-client.tsx";
import { useAppError } from "../../../../../../client/use-app-error.ts";
import { ConfirmDialog } from "../../../../../../components/confirm-dialog.tsx";
import { useBytes, useDay, usePlanName } from "../words.ts";
import { canCancel, canResume, shownStanding, standingTones } from "./standing.ts";
import { StandingBanners } from "./standing-banner.tsx";
import { usePlanActs } from "./use-plan-acts.ts";

interface PlanCardProps {
  readonly subscription: SubscriptionDto;
  readonly canManage: boolean;
}

/** What the company has subscribed to, how it stands, and how much of it is used. */
export function PlanCard({ subscription, canManage }: PlanCardProps) {
  const t = useTranslations("billing.plan");
  const explain = useAppError();
  const acts = usePlanActs();
  const shown = shownStanding(subscription);
  return (
    <>
      <StandingBanners subscription={subscription} acts={canManage ? acts : undefined} />
      <Card title={t("title")} action={<StatusBadge tone={standingTones[shown]}>{t(`standing.${shown}`)}</StatusBadge>}>
        <div className="flex flex-col gap-5">
          {acts.error ? <Banner tone="danger" title={explain(acts.error).message} /> : null}
          <KeyValueList columns={2} items={useFacts(subscription)} />
          <Used subscription={subscription} />
          <Modules plan={subscription.plan} />
          {/* A cancelled one is resumed before it is changed. */}
          {canManage && !canResume(subscription) ? <Acts subscription={subscription} onCancel={() => acts.cancel.mutate()} isCancelling={acts.cancel.isPending} /> : null}
        </div>
      </Card>
    </>
  );
}

function useFacts({ plan, until, graceUntil, readOnlyUntil, from, isTrial, cancelledAt, standing, perMonthMinor, limits }: SubscriptionDto): readonly KeyValueItem[] {
  const t = useTranslations("billing.plan");
  const planName = usePlanName();
  const day = useDay();
  const money = () => <Money amount={perMonthMinor} />;
  const fact = (key: string, label: string, instant: string | null): readonly KeyValueItem[] => (instant === null ? [] : [{ key, label, value: day(instant) }]);
  const endWord = standing !== "open" ? t("endedOn") : cancelledAt !== null ? t("ends") : isTrial && from === null ? t("trialUntil") : t("renews");
  return [
    { key: "plan", label: t("plan"), value: <span className="font-medium">{planName(plan)}</span> },
    { key: "price", label: t("perMonth"), value: perMonthMinor === 0 ? t("costsNothing") : t.rich("perMonthValue", { money }) },
    ...(until === null ? [{ key: "until", label: t("ends"), value: t("noEnd") }] : fact("until", endWord, until)),
    ...(isTrial ? fact("from", t("firstPaid"), from) : []),
    ...(standing === "grace" ? fact("grace", t("graceUntil"), graceUntil) : []),
    ...(standing === "read-only" ? fact("readOnly", t("readOnlyUntil"), readOnlyUntil) : []),
    {
      key: "requests",
      label: t("requests"),
      value: (
        <>
          {t("requestsValue", { perMinute: limits.perMinute, perHour: limits.perHour })}
          {limits.isOverridden ? <span className="block text-sm text-ink-soft">{t("overridden")}</span> : null}
        </>
      ),
    },
  ];
}

function Used({ subscription: { plan, seats, seatsUsed, storedBytes } }: { readonly subscription: SubscriptionDto }) {
  const t = useTranslations("billing.plan");
  const bytes = useBytes();
  const { storageBytes } = planTerms[plan];
  const isFull = seatsUsed >= seats;
  return (
    <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
      <Meter
        label={t("seats")}
        value={seatsUsed}
        max={seats}
        detail={t("seatsDetail", { used: seatsUsed, seats })}
        help={isFull ? t("seatsFull") : t("seatsHelp")}
        tone={isFull ? "attention" : "accent"}
      />
      <Meter
        label={t("storage")}
        value={storedBytes}
        max={storageBytes}
        detail={t("storageDetail", { used: bytes(storedBytes), limit: bytes(storageBytes) })}
        help={t("storageHelp")}
        tone={storedBytes >= storageBytes * 0.9 ? "attention" : "accent"}
      />
    </div>
  );
}

function Modules({ plan }: Pick<SubscriptionDto, "plan">) {
  const t = useTranslations("billing");
  const included = planTerms[plan].modules;
  const missing = modules.filter((module) => !included.includes(module));
  return (
    <div className="flex flex-col gap-2">
      <p className="text-sm text-ink-soft" id="billing-included">
        {t("plan.modules")}
      </p>
      <ul aria-labelledby="billing-included" className="flex flex-wrap gap-1.5">
        {included.map((module) => (
          <li key={module}>
            <Badge tone="good" icon={<Check aria-hidden />}>
              {t(`modules.${module}`)}
            </Badge>
          </li>
        ))}
      </ul>
      {missing.length === 0 ? null : (
        <>
          <p className="text-sm text-ink-soft" id="billing-missing">
            {t("plan.notIncluded")}
          </p>
          <ul aria-labelledby="billing-missing" className="flex flex-wrap gap-1.5">
            {missing.map((module) => (
              <li key={module}>
                <Badge icon={<Lock aria-hidden />}>{t(`modules.${module}`)}</Badge>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

interface ActsProps {
  readonly subscription: SubscriptionDto;
  readonly onCancel: () => void;
  readonly isCancelling: boolean;
}

function Acts({ subscription, onCancel, isCancelling }: ActsProps) {
  const t = useTranslations("billing.plan");
  const slug = useTenantSlug();
  const day = useDay();
  const [isAsking, setIsAsking] = useState(false);
  const { standing, until } = subscription;
  const isOver = standing === "read-only" || standing === "closed";
  return (
    <div className="flex flex-wrap gap-2 border-t border-line pt-4">
      <ButtonLink variant="primary" href={`/${slug}/settings/billing/change`}>
        {isOver ? t("renew") : t("change")}
      </ButtonLink>
      {canCancel(subscription) ? (
        <Button isLoading={isCancelling} onClick={() => setIsAsking(true)}>
          {t("cancel")}
        </Button>
      ) : null}
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title={t("cancelTitle")}
        text={t("cancelText", { date: until === null ? "" : day(until) })}
        act={t("cancelAct")}
        onConfirm={onCancel}
      />
    </div>
  );
}
