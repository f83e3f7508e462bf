"use client";

import type { ConsoleCompany, OverrideDto } from "@atrium/billing/contract";
import { Banner, Button, Card, KeyValueList, TimeText, toast } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { ConfirmDialog } from "../../../../../components/confirm-dialog.tsx";
import { useMe } from "../../../../../components/frame/me.ts";
import { OverrideDialog } from "./override-dialog.tsx";

/** What the company may do now, and what an operator has set instead of its plan's. */
export function LimitsCard({ company }: { readonly company: ConsoleCompany }) {
  const t = useTranslations("operator.override");
  const { slug, limits, planLimits, override, status } = company;
  const [isSetting, setIsSetting] = useState(false);
  const words = ({ perMinute, perHour }: ConsoleCompany["limits"]): string => t("limits", { perMinute, perHour });
  const canSet = status !== "deleted";
  return (
    <Card
      title={t("cardTitle")}
      description={t("cardText")}
      action={canSet ? <Button size="sm" variant="primary" onClick={() => setIsSetting(true)}>{t(override === null ? "set" : "change")}</Button> : undefined}
    >
      <div className="flex flex-col gap-4">
        <KeyValueList
          items={[
            { key: "now", label: t("now"), value: words(limits) },
            { key: "plan", label: t("ofPlan"), value: words(planLimits) },
          ]}
        />
        {override === null ? null : <Running slug={slug} override={override} />}
      </div>
      {isSetting ? <OverrideDialog company={company} onClose={() => setIsSetting(false)} /> : null}
    </Card>
  );
}

function Running({ slug, override }: { readonly slug: string; readonly override: OverrideDto }) {
  const t = useTranslations("operator.override");
  const explain = useAppError();
  const [isAsking, setIsAsking] = useState(false);
  const { timeZone } = useMe().tenant;
  const { billing } = trpc.useUtils();
  const clear = trpc.billing.console.clearOverride.useMutation({
    onSettled: () => billing.console.invalidate(),
    onSuccess: () => toast.success(t("cleared")),
  });
  const { until, reason, madeBy } = override;
  return (
    <>
      {clear.error ? <Banner tone="danger" title={explain(clear.error).message} /> : null}
      <Banner
        title={until === null ? t("holdsOpen") : t.rich("holds", { when: () => <TimeText instant={until} timeZone={timeZone} /> })}
        action={<Button size="sm" isLoading={clear.isPending} onClick={() => setIsAsking(true)}>{t("clear")}</Button>}
      >
        <span className="wrap-anywhere">{t("byFor", { name: madeBy, reason })}</span>
      </Banner>
      <ConfirmDialog open={isAsking} onOpenChange={setIsAsking} title={t("clearTitle")} text={t("clearText")} act={t("clear")} onConfirm={() => clear.mutate({ slug })} />
    </>
  );
}
