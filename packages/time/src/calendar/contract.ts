import { defineErrors, idSchema, isPlainDate } from "@atrium/kernel";
import { z } from "zod";

/** On a public holiday the company does not work; on a restricted one a person may choose not to. */
export const holidayKinds = ["public", "restricted"] as const;

const year = z.int().min(1900).max(2199);
const id = idSchema("hol");
const name = z.string().trim().min(1, { error: "calendar/name-missing" }).max(120, { error: "calendar/name-too-long" });

export const ListHolidays = z.object({ year });
export type ListHolidays = z.output<typeof ListHolidays>;

export const AddHoliday = z.object({
  day: z.string().refine(isPlainDate, { error: "calendar/day-invalid" }),
  name,
  kind: z.enum(holidayKinds),
});
export type AddHoliday = z.output<typeof AddHoliday>;

export const RenameHoliday = z.object({ id, name });
export type RenameHoliday = z.output<typeof RenameHoliday>;

export const RemoveHoliday = z.object({ id });
export type RemoveHoliday = z.output<typeof RemoveHoliday>;

export const Holiday = z.object({ id: z.string(), day: z.string(), name: z.string(), kind: z.enum(holidayKinds) });
export type Holiday = z.output<typeof Holiday>;

/** A year's holidays from the first to the last. */
export const HolidayList = z.array(Holiday);
export type HolidayList = z.output<typeof HolidayList>;

export const calendarErrors = defineErrors({
  "calendar/name-missing": "invalid",
  "calendar/name-too-long": "invalid",
  "calendar/day-invalid": "invalid",
  "calendar/holiday-exists": "conflict",
  "calendar/holiday-not-found": "not-found",
});
