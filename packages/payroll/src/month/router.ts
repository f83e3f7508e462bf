import { router, tenantProcedure } from "@atrium/api";
import { ListMonthPeople, Month, MonthOf, MonthPeople, Saved, SetLossOfPay } from "./contract.ts";
import { getMonth, listMonthPeople, setLossOfPay } from "./service.ts";

export const monthRouter = router({
  get: tenantProcedure("payroll:read")
    .input(MonthOf)
    .output(Month)
    .query(({ ctx, input }) => getMonth(ctx, input)),

  people: tenantProcedure("payroll:read")
    .input(ListMonthPeople)
    .output(MonthPeople)
    .query(({ ctx, input }) => listMonthPeople(ctx, input)),

  setLossOfPay: tenantProcedure("payroll:run")
    .input(SetLossOfPay)
    .output(Saved)
    .mutation(({ ctx, input }) => setLossOfPay(ctx, input)),
});
