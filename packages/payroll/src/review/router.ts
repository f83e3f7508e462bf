import { router, tenantProcedure } from "@atrium/api";
import { RunRef } from "../contract.ts";
import { DifferencePage, ListDifferences, ListSlips, RunReview, SlipPage } from "./contract.ts";
import { listDifferences, listSlips, reviewRun } from "./service.ts";

export const reviewRouter = router({
  get: tenantProcedure("payroll:read")
    .input(RunRef)
    .output(RunReview)
    .query(({ ctx, input }) => reviewRun(ctx, input)),

  differences: tenantProcedure("payroll:read")
    .input(ListDifferences)
    .output(DifferencePage)
    .query(({ ctx, input }) => listDifferences(ctx, input)),

  slips: tenantProcedure("payroll:read")
    .input(ListSlips)
    .output(SlipPage)
    .query(({ ctx, input }) => listSlips(ctx, input)),
});
