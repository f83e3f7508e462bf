import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDays, addMonths, dateColumn, dayIn, daysBetween, daysInMonth, firstDay, formatDate, formatMonth, isPlainDate, lastDay,
  monthOf, monthsAfter, plainDateFrom, plainDateSchema, yearMonthSchema,
} from "./dates.ts";

const day = fc.date({ min: new Date("1900-01-01"), max: new Date("2199-12-31"), noInvalidDate: true }).map(plainDateFrom);
const month = day.map(monthOf);

test.each(["2026-11-20", "2024-02-29", "2000-02-29", "1900-01-01", "2199-12-31"])("%s is a day", (text) => {
  expect(isPlainDate(text)).toBe(true);
  expect(plainDateSchema.parse(text)).toBe(text);
});

test.each(["2026-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-1-1", "20-11-2026", "2026-11-20T00:00:00Z", " 2026-11-20", "", "today", "0000-01-01", "0026-11-20", "1899-12-31", "2200-01-01", "9999-12-31"])(
  "%j is no day",
  (text) => {
    expect(isPlainDate(text)).toBe(false);
    expect(plainDateSchema.safeParse(text).success).toBe(false);
  },
);

test.each(["2026-00", "2026-13", "2026-1", "26-01", "2026-01-01", "0000-01", "0026-11", "1899-12", "2200-01", "9999-12"])("%j is no month", (text) => {
  expect(yearMonthSchema.safeParse(text).success).toBe(false);
});

describe("days", () => {
  test.each([
    ["2026-11-30", 1, "2026-12-01"],
    ["2026-12-31", 1, "2027-01-01"],
    ["2024-02-28", 1, "2024-02-29"],
    ["2026-02-28", 1, "2026-03-01"],
    ["2026-03-01", -1, "2026-02-28"],
    ["2026-11-20", 0, "2026-11-20"],
  ])("%s and %d more is %s", (from, days, to) => {
    expect(addDays(from, days)).toBe(to);
  });

  test("both ends count; the wrong way round there are none", () => {
    expect(daysBetween("2026-11-01", "2026-11-30")).toBe(30);
    expect(daysBetween("2026-11-20", "2026-11-20")).toBe(1);
    expect(daysBetween("2026-11-20", "2026-11-19")).toBe(0);
    expect(daysBetween("2024-02-01", "2024-03-01")).toBe(30);
  });

  test("adding and counting agree, and text sorts as days do", () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 10_000 }), (from, days) => {
        const to = addDays(from, days);
        expect(addDays(to, -days)).toBe(from);
        expect(daysBetween(from, to)).toBe(days + 1);
        expect(from <= to).toBe(true);
      }),
    );
  });

  test("a date column keeps the day", () => {
    fc.assert(fc.property(day, (text) => { expect(plainDateFrom(dateColumn(text))).toBe(text); }));
  });

  test("an instant falls on the day of its zone", () => {
    const instant = new Date("2026-11-20T19:00:00Z");
    expect(dayIn(instant, "Asia/Kolkata")).toBe("2026-11-21");
    expect(dayIn(instant, "UTC")).toBe("2026-11-20");
    expect(dayIn(instant, "America/New_York")).toBe("2026-11-20");
  });
});

describe("months", () => {
  test.each([
    ["2026-02", 28],
    ["2024-02", 29],
    ["2000-02", 29],
    ["1900-02", 28],
    ["2026-04", 30],
    ["2026-12", 31],
  ])("%s has %d days", (text, days) => {
    expect(daysInMonth(text)).toBe(days);
    expect(firstDay(text)).toBe(`${text}-01`);
    expect(lastDay(text)).toBe(`${text}-${String(days)}`);
  });

  test.each([
    ["2026-11", 1, "2026-12"],
    ["2026-12", 1, "2027-01"],
    ["2026-01", -1, "2025-12"],
    ["2026-03", -15, "2024-12"],
    ["2026-03", 25, "2028-04"],
    ["0999-12", 1, "1000-01"],
  ])("%s and %d more is %s", (from, months, to) => {
    expect(addMonths(from, months)).toBe(to);
  });

  test.each([
    ["2027-01-31", 1, "2027-02-28"],
    ["2028-01-31", 1, "2028-02-29"],
    ["2027-01-31", 2, "2027-03-31"],
    ["2027-03-31", -1, "2027-02-28"],
    ["2026-12-15", 1, "2027-01-15"],
    ["2028-02-29", 12, "2029-02-28"],
    ["2026-11-20", 0, "2026-11-20"],
  ])("the day %s and %d months more is %s", (from, months, to) => {
    expect(monthsAfter(from, months)).toBe(to);
  });

  test("going forth and back ends where it began, and the last day's morrow is the next first", () => {
    fc.assert(
      fc.property(month, fc.integer({ min: -500, max: 500 }), (from, months) => {
        expect(addMonths(addMonths(from, months), -months)).toBe(from);
        expect(addDays(lastDay(from), 1)).toBe(firstDay(addMonths(from, 1)));
      }),
    );
  });
});

test("days and months are written the Indian way, September too", () => {
  expect(formatDate("2026-11-20")).toBe("20 Nov 2026");
  expect(formatDate("2026-09-05")).toBe("5 Sep 2026");
  expect(formatMonth("2026-11")).toBe("November 2026");
});
