import { z } from "zod";

/** A day without a time or a zone: `2026-11-20`. Comparing two with `<` compares the days. */
export type PlainDate = string;
/** A month: `2026-11`. */
export type YearMonth = string;

// From 1900 to 2199: a year such as 0026 or 9999 is a slip of the finger, and nobody works or is paid in it.
const plainDatePattern = /^(?:19|2[01])\d{2}-\d{2}-\d{2}$/;
const yearMonthPattern = /^(?:19|2[01])\d{2}-(?:0[1-9]|1[0-2])$/;
const dayMs = 86_400_000;

export function isPlainDate(text: string): boolean {
  if (!plainDatePattern.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}

export const plainDateSchema = z.string().refine(isPlainDate, { error: "must be a real day from 1900 to 2199 written YYYY-MM-DD" });
export const yearMonthSchema = z.string().regex(yearMonthPattern, { error: "must be a month from 1900 to 2199 written YYYY-MM" });

/** The day it is at this instant in this zone, e.g. `Asia/Kolkata`. */
export function dayIn(instant: Date, timeZone: string): PlainDate {
  return new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(instant);
}

export const monthOf = (day: PlainDate): YearMonth => day.slice(0, 7);

/** The day so many days later; earlier for a negative number. */
export function addDays(day: PlainDate, days: number): PlainDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** The month so many months later; earlier for a negative number. */
export function addMonths(month: YearMonth, months: number): YearMonth {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months;
  return `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}`;
}

/** The same day so many months later or earlier, or the last of its month where there is no such day: a month after 31 January is 28 February. */
export function monthsAfter(day: PlainDate, months: number): PlainDate {
  const month = addMonths(monthOf(day), months);
  const dayOfMonth = Math.min(Number(day.slice(8)), daysInMonth(month));
  return `${month}-${String(dayOfMonth).padStart(2, "0")}`;
}

export const firstDay = (month: YearMonth): PlainDate => `${month}-01`;

export const lastDay = (month: YearMonth): PlainDate => addDays(firstDay(addMonths(month, 1)), -1);

export const daysInMonth = (month: YearMonth): number => Number(lastDay(month).slice(8));

/** Days from `from` to `to`, both counted; 0 when `to` is before `from`. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  const days = (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs + 1;
  return Math.max(0, days);
}

/** Reads the UTC-midnight Date that a `date` column arrives as. */
export const plainDateFrom = (date: Date): PlainDate => date.toISOString().slice(0, 10);

/** The UTC-midnight Date that a `date` column is written with. */
export const dateColumn = (day: PlainDate): Date => new Date(`${day}T00:00:00Z`);

/** `20 Nov 2026`. */
export function formatDate(day: PlainDate, locale = "en-IN"): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });
  return parts.format(dateColumn(day)).replace("Sept", "Sep");
}

/** `November 2026`. */
export function formatMonth(month: YearMonth, locale = "en-IN"): string {
  return new Intl.DateTimeFormat(locale, { timeZone: "UTC", month: "long", year: "numeric" }).format(dateColumn(firstDay(month)));
}
