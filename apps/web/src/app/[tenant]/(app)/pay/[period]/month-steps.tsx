"use client";

import type { RunSummary } from "@atrium/payroll/contract";
import { Stepper } from "@atrium/ui";
import type { StepState } from "@atrium/ui";
import { useTranslations } from "next-intl";

const steps = ["inputs", "compute", "review", "approve", "publish"] as const;

/** Which of the steps a run has reached. */
const reached: Readonly<Record<RunSummary["status"], number>> = {
  cancelled: 0,
  queued: 1,
  computing: 1,
  failed: 1,
  computed: 2,
  approved: 4,
  publishing: 4,
  published: 5,
};

/** The way of a month's pay across the top. */
export function MonthSteps({ run }: { readonly run: RunSummary | null }) {
  const t = useTranslations("payroll.steps");
  const current = run ? reached[run.status] : 0;
  const stateOf = (index: number): StepState => {
    if (index < current) return "done";
    if (index > current) return "upcoming";
    return run !== null && run.failure !== null ? "failed" : "current";
  };
  const details: Readonly<Partial<Record<(typeof steps)[number], string | undefined>>> = {
    inputs: run && current > 0 ? t("employees", { count: run.employees }) : undefined,
    compute: run && current > 0 ? t("startedBy", { name: run.startedBy }) : undefined,
    approve: run?.approvedBy ? t("approvedBy", { name: run.approvedBy }) : undefined,
  };
  return <Stepper label={t("label")} steps={steps.map((id, index) => ({ id, label: t(id), state: stateOf(index), detail: details[id] }))} />;
}
