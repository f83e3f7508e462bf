import type { Ctx } from "@atrium/api";
import { faultFrom } from "@atrium/db";
import { dateColumn, plainDateFrom, refusal } from "@atrium/kernel";
import { calendarErrors, Holiday } from "./contract.ts";
import type { AddHoliday, HolidayList, ListHolidays, RemoveHoliday, RenameHoliday } from "./contract.ts";
import { sampleCalendar } from "./rules.ts";

const columns = { id: true, day: true, name: true, kind: true } as const;

interface Stored {
  readonly id: string;
  readonly day: Date;
  readonly name: string;
  readonly kind: string;
}

const toHoliday = ({ day, ...rest }: Stored): Holiday => Holiday.parse({ ...rest, day: plainDateFrom(day) });
const told = ({ day, name, kind }: Stored) => ({ day: plainDateFrom(day), name, kind });

/** The holidays of one year, from the first to the last. */
export async function listHolidays(ctx: Ctx, { year }: ListHolidays): Promise<HolidayList> {
  const from = dateColumn(`${String(year)}-01-01`);
  const to = dateColumn(`${String(year)}-12-31`);
  const found = await ctx.db.holiday.findMany({ where: { tenantId: ctx.tenant.id, day: { gte: from, lte: to } }, orderBy: [{ day: "asc" }, { nameLower: "asc" }], select: columns });
  return found.map(toHoliday);
}

/** Adds a holiday. Throws `calendar/holiday-exists` when that day has one of this name. */
export async function addHoliday(ctx: Ctx, { day, name, kind }: AddHoliday): Promise<Holiday> {
  const id = ctx.newId("hol");
  const added = await namedOnce(() => ctx.db.holiday.create({ data: { tenantId: ctx.tenant.id, id, day: dateColumn(day), name, kind }, select: columns }));
  ctx.audit({ action: "holiday.add", entityId: id, after: told(added) });
  return toHoliday(added);
}

/** Gives a holiday another name. Throws `calendar/holiday-not-found`, `calendar/holiday-exists`. */
export async function renameHoliday(ctx: Ctx, { id, name }: RenameHoliday): Promise<Holiday> {
  const before = await loadHoliday(ctx, id);
  const renamed = await namedOnce(() => ctx.db.holiday.update({ where: keyOf(ctx, id), data: { name }, select: columns }));
  ctx.audit({ action: "holiday.rename", entityId: id, before: told(before), after: told(renamed) });
  return toHoliday(renamed);
}

/** Takes a holiday away. Throws `calendar/holiday-not-found`. */
export async function removeHoliday(ctx: Ctx, { id }: RemoveHoliday): Promise<void> {
  const before = await loadHoliday(ctx, id);
  await ctx.db.holiday.delete({ where: keyOf(ctx, id), select: { id: true } });
  ctx.audit({ action: "holiday.remove", entityId: id, before: told(before) });
}

/** Lays the sample calendar into a company that has begun. Repeated, it adds nothing. Answers how many days it added. */
export async function addSampleCalendar(ctx: Ctx): Promise<number> {
  const { tenant, today } = ctx;
  const days = sampleCalendar(today).map(({ day, name, kind }) => ({ tenantId: tenant.id, id: ctx.newId("hol"), day: dateColumn(day), name, kind }));
  const { count } = await ctx.db.holiday.createMany({ data: days, skipDuplicates: true });
  if (count > 0) ctx.audit({ action: "holiday.add-sample", entityId: tenant.id, after: { days: count } });
  return count;
}

const keyOf = ({ tenant }: Ctx, id: string) => ({ tenantId_id: { tenantId: tenant.id, id } });

async function loadHoliday(ctx: Ctx, id: string): Promise<Stored> {
  const found = await ctx.db.holiday.findUnique({ where: keyOf(ctx, id), select: columns });
  if (!found) throw refusal(calendarErrors, "calendar/holiday-not-found");
  return found;
}

async function namedOnce(write: () => Promise<Stored>): Promise<Stored> {
  try {
    return await write();
  } catch (error) {
    if (faultFrom(error)?.kind === "unique") throw refusal(calendarErrors, "calendar/holiday-exists", { field: "name" });
    throw error;
  }
}
