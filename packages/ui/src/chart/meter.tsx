import type { ReactNode } from "react";
import { classNames } from "../class-names.ts";

export interface MeterProps {
  /** What is measured: "This minute". */
  readonly label: string;
  readonly value: number;
  readonly max: number;
  /** The same in words: "48 of 60 left". */
  readonly detail: string;
  /** Below: when there is more of it again. */
  readonly help?: ReactNode;
  readonly tone?: "accent" | "good" | "attention" | "danger" | undefined;
}

const fills = { accent: "bg-accent", good: "bg-good", attention: "bg-attention", danger: "bg-danger" };

/** How much of something there is, as a bar with its words above. */
export function Meter({ label, value, max, detail, help, tone = "accent" }: MeterProps) {
  const share = max <= 0 ? 0 : Math.min(1, Math.max(0, value / max));
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium">{label}</span>
        <span className="text-sm text-ink-soft tabular-nums">{detail}</span>
      </div>
      <div role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={max} aria-valuenow={Math.min(max, Math.max(0, value))} aria-valuetext={detail} className="h-2 overflow-hidden rounded-full bg-line">
        <div className={classNames("h-full rounded-full forced-color-adjust-none transition-[width]", fills[tone])} style={{ width: `${share * 100}%` }} />
      </div>
      {help === undefined ? null : <div className="text-sm text-ink-soft tabular-nums">{help}</div>}
    </div>
  );
}
