import { isPlainDate } from "@atrium/kernel";
import { expect, it } from "vitest";
import { sampleCalendar } from "./rules.ts";

const calendar = sampleCalendar("2026-11-20");
const daysOf = (kind: string): readonly string[] => calendar.filter((holiday) => holiday.kind === kind).map(({ day }) => day);

it("a company's calendar begins with the national holidays of this year and the next", () => {
  const publicDays = daysOf("public");
  for (const day of ["2026-01-26", "2026-08-15", "2026-10-02", "2027-01-26", "2027-08-15", "2027-10-02"]) expect(publicDays).toContain(day);
});

it("a day on which one may choose to be absent is no day on which the company rests", () => {
  expect(daysOf("restricted")).toContain("2027-01-01");
  expect(daysOf("public")).not.toContain("2027-01-01");
});

it("every day of it is one that the calendar has, and none stands there twice", () => {
  expect(calendar.filter(({ day }) => !isPlainDate(day))).toEqual([]);
  expect(new Set(calendar.map(({ day }) => day)).size).toBe(calendar.length);
});
