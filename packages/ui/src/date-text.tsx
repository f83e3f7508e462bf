"use client";

import { formatDate } from "@atrium/kernel";
import type { PlainDate } from "@atrium/kernel";
import type { ReactNode } from "react";
import { useUi } from "./ui-provider.tsx";

export interface DateTextProps {
  /** `2026-11-20`. */
  readonly day: PlainDate;
  /** "in 3 days"; only ever beside the day itself. */
  readonly relative?: ReactNode;
}

/** `20 Nov 2026`. */
export function DateText({ day, relative }: DateTextProps) {
  const { locale } = useUi();
  return (
    <span className="whitespace-nowrap tabular-nums">
      <time dateTime={day}>{formatDate(day, locale)}</time>
      {relative === undefined ? null : <span className="text-ink-soft"> · {relative}</span>}
    </span>
  );
}

export interface TimeTextProps {
  /** An instant in ISO 8601, e.g. `2026-11-20T09:30:00Z`. */
  readonly instant: string;
  /** The zone of the company or the person, so that server and browser write the same. */
  readonly timeZone: string;
}

/** `20 Nov 2026, 3:00 pm`. */
export function TimeText({ instant, timeZone }: TimeTextProps) {
  const { locale } = useUi();
  const format = new Intl.DateTimeFormat(locale, { timeZone, day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit" });
  return (
    <time dateTime={instant} className="whitespace-nowrap tabular-nums">
      {format.format(new Date(instant)).replace("Sept", "Sep")}
    </time>
  );
}
