import { router, tenantProcedure } from "@atrium/api";
import { GetPayslip, MyPayslips, Payslip } from "./contract.ts";
import { getPayslip, myPayslips } from "./service.ts";

export const payslipRouter = router({
  mine: tenantProcedure("payslip:read")
    .output(MyPayslips)
    .query(({ ctx }) => myPayslips(ctx)),

  get: tenantProcedure("payslip:read")
    .input(GetPayslip)
    .output(Payslip)
    .query(({ ctx, input }) => getPayslip(ctx, input)),
});
