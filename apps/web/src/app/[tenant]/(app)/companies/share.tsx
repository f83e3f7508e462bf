"use client";

import { classNames } from "@atrium/ui";
import { useFormatter } from "next-intl";

const high = 90;

/** How much of a window is used: the number, and a short bar under it. */
export function Share({ label, percent }: { readonly label: string; readonly percent: number }) {
  const { number } = useFormatter();
  const isHigh = percent >= high;
  return (
    <span className="inline-flex w-18 flex-col gap-0.5">
      <span className="flex justify-between gap-2 text-sm tabular-nums">
        <span className="text-ink-soft">{label}</span>
        <span className={classNames(isHigh && "font-medium text-danger")}>{number(percent / 100, { style: "percent" })}</span>
      </span>
      <span aria-hidden className="h-1 overflow-hidden rounded-full bg-line">
        <span className={classNames("block h-full forced-color-adjust-none", isHigh ? "bg-danger" : "bg-accent")} style={{ width: `${percent}%` }} />
      </span>
    </span>
  );
}
