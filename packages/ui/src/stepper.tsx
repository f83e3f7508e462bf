"use client";

import { Check, X } from "lucide-react";
import { classNames } from "./class-names.ts";
import { useUi } from "./ui-provider.tsx";

export type StepState = "done" | "current" | "upcoming" | "failed";

export interface Step {
  readonly id: string;
  readonly label: string;
  readonly state: StepState;
  /** A second line: "200 people", "by 3 Dec". */
  readonly detail?: string | undefined;
}

const spoken = { done: "stepDone", current: "stepCurrent", upcoming: "stepUpcoming", failed: "stepFailed" } as const;

const marks: Record<StepState, string> = {
  done: "border-accent bg-accent text-accent-ink",
  current: "border-accent text-accent-text ring-3 ring-accent-soft",
  upcoming: "border-line-strong text-ink-soft",
  failed: "border-danger bg-danger-soft text-danger",
};

/** Where a run stands: its steps across the top, one under the other on a phone. */
export function Stepper({ label, steps }: { readonly label: string; readonly steps: readonly Step[] }) {
  return (
    <ol aria-label={label} className="flex gap-x-2 gap-y-3 max-sm:flex-col">
      {steps.map((step, index) => (
        <StepItem key={step.id} step={step} number={index + 1} isLast={index === steps.length - 1} />
      ))}
    </ol>
  );
}

function StepItem({ step, number, isLast }: { readonly step: Step; readonly number: number; readonly isLast: boolean }) {
  const { t } = useUi();
  return (
    <li aria-current={step.state === "current" ? "step" : undefined} className={classNames("flex min-w-0 items-start gap-2", !isLast && "sm:grow")}>
      <span
        aria-hidden
        className={classNames("flex size-6 shrink-0 items-center justify-center rounded-full border text-xs font-semibold tabular-nums [&_svg]:size-3.5", marks[step.state])}
      >
        <StepMark state={step.state} number={number} />
      </span>
      <span className="flex min-w-0 flex-col pt-0.5">
        <span className={classNames("truncate", step.state === "upcoming" ? "text-ink-soft" : "font-medium", step.state === "failed" && "text-danger")}>
          {step.label}
          <span className="sr-only"> ({t(spoken[step.state])})</span>
        </span>
        {step.detail === undefined ? null : <span className="truncate text-sm text-ink-soft">{step.detail}</span>}
      </span>
      {isLast ? null : <span aria-hidden className={classNames("mx-1 mt-3 h-px min-w-4 grow max-sm:hidden", step.state === "done" ? "bg-accent" : "bg-line-strong")} />}
    </li>
  );
}

function StepMark({ state, number }: { readonly state: StepState; readonly number: number }) {
  if (state === "done") return <Check strokeWidth={3} />;
  if (state === "failed") return <X strokeWidth={3} />;
  return number;
}
