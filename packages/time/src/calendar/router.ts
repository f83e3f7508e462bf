import { router, tenantProcedure } from "@atrium/api";
import { z } from "zod";
import { AddHoliday, Holiday, HolidayList, ListHolidays, RemoveHoliday, RenameHoliday } from "./contract.ts";
import { addHoliday, listHolidays, removeHoliday, renameHoliday } from "./service.ts";

export const calendarRouter = router({
  list: tenantProcedure("time:read").input(ListHolidays).output(HolidayList).query(({ ctx, input }) => listHolidays(ctx, input)),
  add: tenantProcedure("time:write").input(AddHoliday).output(Holiday).mutation(({ ctx, input }) => addHoliday(ctx, input)),
  rename: tenantProcedure("time:write").input(RenameHoliday).output(Holiday).mutation(({ ctx, input }) => renameHoliday(ctx, input)),
  remove: tenantProcedure("time:write").input(RemoveHoliday).output(z.void()).mutation(({ ctx, input }) => removeHoliday(ctx, input)),
});
