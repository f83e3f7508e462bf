"use client";

import { classNames } from "@atrium/ui";
import { useFormatter } from "next-intl";

const high = 90;

/** How much of a window is used: the number, and a short bar under it. */
export function Share({ percent }: { readonly percent: number }) {
  const { number } = useFormatter();
  const isHigh = percent >= high;
  return (
    <span className="inline-flex w-16 flex-col gap-0.5 align-middle">
      <span className={classNames("tabular-nums", isHigh && "font-medium text-danger")}>{number(percent / 100, { style: "percent" })}</span>
      <span aria-hidden className="h-1 overflow-hidden rounded-full bg-line">
        <span className={classNames("block h-full forced-color-adjust-none", isHigh ? "bg-danger" : "bg-accent")} style={{ width: `${percent}%` }} />
      </span>
    </span>
  );
}
