import { firstDay, lastDay } from "@atrium/kernel";
import type { PlainDate, YearMonth } from "@atrium/kernel";
import { coveredStates, daysOf, rulesOf } from "../computing/pay-rules.ts";

export interface MonthBounds {
  readonly period: YearMonth;
  readonly first: PlainDate;
  readonly last: PlainDate;
  /** The states that can be paid in. */
  readonly states: readonly string[];
}

/** The month's days, and where it can be paid; undefined for a month from before the first rule. */
export function boundsOf(period: YearMonth): MonthBounds | undefined {
  const rules = rulesOf(period);
  return rules && { period, first: firstDay(period), last: lastDay(period), states: coveredStates(rules) };
}

export interface Employment {
  readonly joinedOn: PlainDate;
  readonly leftOn: PlainDate | null;
}

/** Why this many half days of loss of pay cannot be entered; undefined when they can. */
export function lossOfPayFault(
  employment: Employment | undefined,
  halfDays: number,
  period: YearMonth,
): { readonly code: "payroll/employee-not-in-month" } | { readonly code: "payroll/loss-of-pay-too-long"; readonly days: number } | undefined {
  const employed = employment ? daysOf({ ...employment, lossOfPayHalfDays: 0 }, period).employedHalfDays : 0;
  if (employed === 0) return { code: "payroll/employee-not-in-month" };
  return halfDays > employed ? { code: "payroll/loss-of-pay-too-long", days: employed / 2 } : undefined;
}
