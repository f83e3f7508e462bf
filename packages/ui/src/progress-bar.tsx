"use client";

import { Progress } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export interface ProgressBarProps {
  /** What advances: "Payslips computed". */
  readonly label: string;
  /** How much is done; undefined while nobody knows. */
  readonly value?: number | undefined;
  readonly max?: number | undefined;
  /** Beside the label: "1,200 of 5,000, 40 s left". */
  readonly detail?: ReactNode;
  readonly tone?: "accent" | "good" | "danger" | undefined;
}

const fills = { accent: "bg-accent", good: "bg-good", danger: "bg-danger" };

/** How far a long act has come, with the count in words above it. */
export function ProgressBar({ label, value, max = 100, detail, tone = "accent" }: ProgressBarProps) {
  const share = value === undefined || max <= 0 ? 0 : Math.min(1, Math.max(0, value / max));
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium">{label}</span>
        {detail === undefined ? null : <span className="text-sm text-ink-soft tabular-nums">{detail}</span>}
      </div>
      <Progress.Root aria-label={label} value={value === undefined ? null : share * 100} className="h-2 overflow-hidden rounded-full bg-line">
        <Progress.Indicator
          className={classNames("h-full rounded-full transition-[width]", fills[tone], value === undefined && "opacity-40")}
          style={{ width: value === undefined ? "100%" : `${share * 100}%` }}
        />
      </Progress.Root>
    </div>
  );
}
