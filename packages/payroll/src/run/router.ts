import { router, tenantProcedure } from "@atrium/api";
import { MaybeRun, RunList, RunOfMonth, RunProgress, RunRef, RunsOfYear, RunSummary, Standing, StartRun } from "./contract.ts";
import { approveRun, cancelRun, retryRun, runOfMonth, runProgress, runsOfYear, standing, startRun } from "./service.ts";

export const runRouter = router({
  list: tenantProcedure("payroll:read")
    .input(RunsOfYear)
    .output(RunList)
    .query(({ ctx, input }) => runsOfYear(ctx, input)),

  ofMonth: tenantProcedure("payroll:read")
    .input(RunOfMonth)
    .output(MaybeRun)
    .query(({ ctx, input }) => runOfMonth(ctx, input)),

  standing: tenantProcedure("payroll:read")
    .output(Standing)
    .query(({ ctx }) => standing(ctx)),

  progress: tenantProcedure("payroll:read")
    .input(RunRef)
    .output(RunProgress)
    .query(({ ctx, input }) => runProgress(ctx, input)),

  start: tenantProcedure("payroll:run")
    .input(StartRun)
    .output(RunSummary)
    .mutation(({ ctx, input }) => startRun(ctx, input)),

  cancel: tenantProcedure("payroll:run")
    .input(RunRef)
    .output(RunSummary)
    .mutation(({ ctx, input }) => cancelRun(ctx, input)),

  retry: tenantProcedure("payroll:run")
    .input(RunRef)
    .output(RunSummary)
    .mutation(({ ctx, input }) => retryRun(ctx, input)),

  approve: tenantProcedure("payroll:approve", { stepUp: true })
    .input(RunRef)
    .output(RunSummary)
    .mutation(({ ctx, input }) => approveRun(ctx, input)),
});
