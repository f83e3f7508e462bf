"use client";

import { isPlan, planTerms, plans } from "@atrium/kernel";
import type { Plan } from "@atrium/kernel";
import { Badge, Field, Money, RadioGroup } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useBytes, usePlanName } from "../words.ts";

interface PlanChoiceProps {
  readonly value: Plan;
  readonly present: Plan;
  readonly onChange: (plan: Plan) => void;
}

/** The plans with what each costs and lets a company do. */
export function PlanChoice({ value, present, onChange }: PlanChoiceProps) {
  const t = useTranslations("billing.change");
  const planName = usePlanName();
  const options = plans.map((plan) => ({
    value: plan,
    label: (
      <span className="flex flex-wrap items-center gap-x-2">
        <span className="font-medium">{planName(plan)}</span>
        {plan === present ? <Badge tone="info">{t("present")}</Badge> : null}
        <span>{planTerms[plan].pricePerSeatMinor === 0 ? t("free") : t.rich("price", { money: () => <Money amount={planTerms[plan].pricePerSeatMinor} /> })}</span>
      </span>
    ),
    help: <PlanTermsLine plan={plan} />,
  }));
  return (
    <Field label={t("plan")} isGroup>
      <RadioGroup value={value} options={options} className="gap-3" onChange={(chosen) => (isPlan(chosen) ? onChange(chosen) : undefined)} />
    </Field>
  );
}

function PlanTermsLine({ plan }: { readonly plan: Plan }) {
  const t = useTranslations("billing");
  const bytes = useBytes();
  const { limits, seats, storageBytes, modules } = planTerms[plan];
  return (
    <>
      {[t("change.upTo", { seats }), t("change.requests", { ...limits }), t("change.storage", { size: bytes(storageBytes) })].join(" · ")}
      <span className="block">{modules.map((module) => t(`modules.${module}`)).join(", ")}</span>
    </>
  );
}
