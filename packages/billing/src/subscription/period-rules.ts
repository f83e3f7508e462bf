import { addDays, billingDayOf, daysBetween, monthsAfter, share } from "@atrium/kernel";
import type { Paise, PlainDate, SubscriptionFacts } from "@atrium/kernel";

/* The months of a subscription. Each is counted from the day on which the first one began, so that one which began on the
   31st ends on the last day of a shorter month and returns to the 31st after it. */

/** Days from `from` up to, and not including, `to`; 0 when that is no later. */
export const daysUpTo = (from: PlainDate, to: PlainDate): number => daysBetween(from, addDays(to, -1));

/** What is kept of a subscription's paid time. */
export interface PaidTime extends Pick<SubscriptionFacts, "subscriptionUntil"> {
  /** The beginning of its first paid month; null before there was one. */
  readonly subscriptionFrom: Date | null;
}

/** Part of a month: from its day `from` up to `to`, which is no part of it, and so many days as the whole month has. */
export interface Span {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly days: number;
  readonly ofDays: number;
}

/** What is left of the months that were paid, from `today` on: the rest of this one, and each that follows. */
export function unusedSpans({ subscriptionFrom, subscriptionUntil }: PaidTime, today: PlainDate): Span[] {
  if (subscriptionUntil === null) return [];
  const end = billingDayOf(subscriptionUntil);
  const first = subscriptionFrom ? billingDayOf(subscriptionFrom) : monthsAfter(end, -1);
  const spans: Span[] = [];
  // The month before the present one at the earliest: where the days of two months differ, one more is looked at than needed.
  for (let month = Math.max(0, monthsFrom(first, today) - 1); monthsAfter(first, month) < end; month += 1) {
    const [begins, ends] = [monthsAfter(first, month), monthsAfter(first, month + 1)];
    const [from, to] = [begins < today ? today : begins, ends < end ? ends : end];
    if (from < to) spans.push({ from, to, days: daysUpTo(from, to), ofDays: daysUpTo(begins, ends) });
  }
  return spans;
}

/** The end of the month that follows on what was paid. */
export function endOfNextMonth(first: PlainDate, end: PlainDate): PlainDate {
  let month = Math.max(1, monthsFrom(first, end));
  while (monthsAfter(first, month) <= end) month += 1;
  return monthsAfter(first, month);
}

const monthsFrom = (from: PlainDate, to: PlainDate): number => (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));

/** A month's price for part of it, by the day, rounded once to the nearest paisa, half up. */
export const prorated = (monthMinor: Paise, { days, ofDays }: Pick<Span, "days" | "ofDays">): Paise => share(monthMinor, days, ofDays, "paise");
