import type { PlainDate } from "@atrium/kernel";
import type { AddHoliday } from "./contract.ts";

/**
 * The holidays of India that fall on the same day every year: the three national ones, on which every establishment is
 * closed in every state, and a few that many keep. Festivals that follow the moon are announced anew each year, so a
 * company adds those itself.
 *
 * Source: Department of Personnel and Training, Government of India, the yearly office memorandum "Holidays to be observed
 * in Central Government Offices" (Annexure I, compulsory holidays; Annexure II, restricted holidays). State laws on
 * national and festival holidays name the same three days.
 */
const everyYear: readonly { readonly monthDay: string; readonly name: string; readonly kind: AddHoliday["kind"] }[] = [
  { monthDay: "01-01", name: "New Year’s Day", kind: "restricted" },
  { monthDay: "01-26", name: "Republic Day", kind: "public" },
  { monthDay: "08-15", name: "Independence Day", kind: "public" },
  { monthDay: "10-02", name: "Mahatma Gandhi’s Birthday", kind: "public" },
  { monthDay: "12-24", name: "Christmas Eve", kind: "restricted" },
  { monthDay: "12-25", name: "Christmas Day", kind: "public" },
];

/** What a company's calendar begins with: this year and the next. */
export function sampleCalendar(today: PlainDate): readonly AddHoliday[] {
  const thisYear = Number(today.slice(0, 4));
  return [thisYear, thisYear + 1].flatMap((year) => everyYear.map(({ monthDay, name, kind }) => ({ day: `${String(year)}-${monthDay}`, name, kind })));
}
