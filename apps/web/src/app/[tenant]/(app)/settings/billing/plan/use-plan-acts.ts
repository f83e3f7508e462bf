"use client";

import type { SubscriptionDto } from "@atrium/billing/contract";
import { toast } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { trpc } from "../../../../../../client/trpc.ts";
import { useDay } from "../words.ts";

export type PlanActs = ReturnType<typeof usePlanActs>;

/** What can be done about a subscription that runs. Each answers with what it is then. */
export function usePlanActs() {
  const t = useTranslations("billing.plan");
  const day = useDay();
  const utils = trpc.useUtils();
  const router = useRouter();
  const done = (words: (after: SubscriptionDto) => string) => ({
    onSuccess: (after: SubscriptionDto) => {
      utils.billing.subscription.get.setData(undefined, after);
      toast.success(words(after));
      // The frame says how the company stands.
      router.refresh();
    },
  });
  const cancel = trpc.billing.subscription.cancel.useMutation(done(({ until }) => t("cancelled", { date: until === null ? "" : day(until) })));
  const resume = trpc.billing.subscription.resume.useMutation(done(() => t("resumed")));
  const withdraw = trpc.billing.subscription.withdrawChange.useMutation(done(() => t("withdrawn")));
  return { cancel, resume, withdraw, error: cancel.error ?? resume.error ?? withdraw.error };
}
