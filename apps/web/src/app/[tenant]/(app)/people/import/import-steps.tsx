"use client";

import type { ImportRecord } from "@atrium/people/contract";
import { Stepper } from "@atrium/ui";
import type { StepState } from "@atrium/ui";
import { useTranslations } from "next-intl";

const steps = ["upload", "check", "import", "done"] as const;

/** How far an import has come: the steps before `at` are done. */
function placeOf({ status, checkedAt }: Pick<ImportRecord, "status" | "checkedAt">): { readonly at: number; readonly isOver: boolean } {
  switch (status) {
    case "uploaded":
    case "checking":
      return { at: 1, isOver: false };
    case "checked":
    case "committing":
      return { at: 2, isOver: false };
    case "done":
      return { at: steps.length, isOver: false };
    case "failed":
    case "cancelled":
      return { at: checkedAt === null ? 1 : 2, isOver: true };
  }
}

/** Upload, check, import, done. Without an import one stands before the first. */
export function ImportSteps({ record }: { readonly record?: ImportRecord }) {
  const t = useTranslations("people.import.steps");
  const { at, isOver } = record ? placeOf(record) : { at: 0, isOver: false };
  const stateOf = (index: number): StepState => {
    if (index < at) return "done";
    if (index > at) return "upcoming";
    return isOver ? "failed" : "current";
  };
  return <Stepper label={t("label")} steps={steps.map((id, index) => ({ id, label: t(id), state: stateOf(index) }))} />;
}
