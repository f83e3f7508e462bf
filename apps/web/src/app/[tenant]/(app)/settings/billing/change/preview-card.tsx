"use client";

import type { ChangeDto, SubscriptionDto } from "@atrium/billing/contract";
import type { Plan } from "@atrium/kernel";
import { Banner, Button, ButtonLink, Card, classNames, Money, SkeletonText, toast } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useTenantSlug } from "../../../../../../client/tenant-client.tsx";
import { refusalOf } from "../../../../../../client/refusals.ts";
import { trpc } from "../../../../../../client/trpc.ts";
import { useAppError } from "../../../../../../client/use-app-error.ts";
import { QueryError } from "../../../../../../components/query-error.tsx";
import { useDay, usePlanName } from "../words.ts";
import { Comparison } from "./comparison.tsx";
import { DueNow } from "./due-now.tsx";
import { Obstacles } from "./obstacles.tsx";
import { usePreview } from "./use-preview.ts";

interface PreviewCardProps {
  readonly subscription: SubscriptionDto;
  readonly plan: Plan;
  readonly seats: number;
  readonly onSeats: (seats: number) => void;
}

/** What the change would mean, in money and in what the company may do, and the word that does it. */
export function PreviewCard({ subscription, plan, seats, onSeats }: PreviewCardProps) {
  const t = useTranslations("billing.change");
  const { preview, isCurrent } = usePreview({ plan, seats });
  const utils = trpc.useUtils();
  if (preview.error) return <NoPreview error={preview.error} onRetry={() => void preview.refetch()} />;
  const change = preview.data;
  return (
    <Card title={t("preview")} description={isCurrent ? undefined : t("loading")}>
      {change === undefined ? (
        <SkeletonText lines={6} />
      ) : (
        <div aria-busy={!isCurrent} className={classNames("flex flex-col gap-6", !isCurrent && "opacity-60")}>
          {change.obstacles.length === 0 ? null : <Obstacles change={change} onSeats={onSeats} />}
          <Comparison before={subscription} change={change} />
          <DueNow change={change} />
          <Confirm key={`${change.plan} ${String(change.seats)}`} change={change} isCurrent={isCurrent} onStale={() => void utils.billing.subscription.invalidate()} />
        </div>
      )}
    </Card>
  );
}

/** Why there is nothing to preview: mostly something that comes first, which the billing page has. */
function NoPreview({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const t = useTranslations("billing.change");
  const explain = useAppError();
  const billing = `/${useTenantSlug()}/settings/billing`;
  const { code = "" } = refusalOf(error) ?? {};
  if (!code.startsWith("subscription/")) return <QueryError error={error} onRetry={onRetry} />;
  return (
    <Card title={t("preview")}>
      {code === "subscription/unchanged" ? (
        <p className="text-ink-soft">{t("unchanged")}</p>
      ) : (
        <Banner tone="attention" title={explain(error).message} action={<ButtonLink size="sm" href={billing}>{t("back")}</ButtonLink>} />
      )}
    </Card>
  );
}

interface ConfirmProps {
  readonly change: ChangeDto;
  readonly isCurrent: boolean;
  /** The figures are others by now: those of the change, and those of what the company has. */
  readonly onStale: () => void;
}

function Confirm({ change: wanted, isCurrent, onStale }: ConfirmProps) {
  const t = useTranslations("billing.change");
  const ui = useTranslations("ui");
  const explain = useAppError();
  const day = useDay();
  const planName = usePlanName();
  const router = useRouter();
  const billing = `/${useTenantSlug()}/settings/billing`;
  const utils = trpc.useUtils();
  const { plan, seats, dueMinor, totalMinor, takesEffect, beginsAt, obstacles } = wanted;
  const change = trpc.billing.subscription.change.useMutation({
    onSuccess: async () => {
      await utils.billing.invalidate();
      toast.success(takesEffect === "at-once" ? t("changed", { plan: planName(plan), seats }) : t("planned", { plan: planName(plan), seats, date: day(beginsAt) }));
      router.push(billing);
      // The frame says how the company stands.
      router.refresh();
    },
    onError: (error) => {
      if (refusalOf(error)?.code === "subscription/amount-changed") onStale();
    },
  });
  const money = () => <Money amount={totalMinor} />;
  const words = takesEffect === "at-period-end" ? t("confirmLater", { date: day(beginsAt) }) : dueMinor === 0 ? t("confirmFree") : t.rich("confirmPay", { money });
  const isStale = refusalOf(change.error)?.code === "subscription/amount-changed";
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-4">
      {change.error ? <Banner tone="danger" title={isStale ? t("newAmount") : explain(change.error).message} /> : null}
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          isLoading={change.isPending}
          loadingLabel={t("confirming")}
          disabledReason={obstacles.length > 0 ? t("notFitting") : isCurrent ? undefined : t("loading")}
          onClick={() => change.mutate({ plan, seats, agreedMinor: dueMinor })}
        >
          <span>{words}</span>
        </Button>
        <ButtonLink href={billing}>{ui("cancel")}</ButtonLink>
      </div>
    </div>
  );
}
