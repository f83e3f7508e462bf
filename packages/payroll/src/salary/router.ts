import { router, tenantProcedure } from "@atrium/api";
import { ListSalaries, SalaryHistory, SalaryRate, SetSalary } from "./contract.ts";
import { listSalaries, setSalary } from "./service.ts";

export const salaryRouter = router({
  list: tenantProcedure("payroll:read")
    .input(ListSalaries)
    .output(SalaryHistory)
    .query(({ ctx, input }) => listSalaries(ctx, input)),

  set: tenantProcedure("payroll:run")
    .input(SetSalary)
    .output(SalaryRate)
    .mutation(({ ctx, input }) => setSalary(ctx, input)),
});
