import { router, steppedProcedure } from "@atrium/api";
import { z } from "zod";
import { CompanyOfConsole, ConsoleCompany, ConsolePage, DegradedDecisions, OverrideCompany, RecordCompanyPayment, SearchConsole } from "./contract.ts";
import { clearByOperator, consoleCompany, degradedDecisions, overrideByOperator, payByOperator, searchConsole } from "./service.ts";

export const consoleRouter = router({
  companies: steppedProcedure("platform:tenants").input(SearchConsole).output(ConsolePage).query(({ ctx, input }) => searchConsole(ctx.request, input)),
  company: steppedProcedure("platform:tenants").input(CompanyOfConsole).output(ConsoleCompany).query(({ ctx, input }) => consoleCompany(ctx, input)),
  degraded: steppedProcedure("platform:tenants").output(DegradedDecisions).query(({ ctx }) => degradedDecisions(ctx.request)),
  setOverride: steppedProcedure("platform:tenants", { stepUp: true }).input(OverrideCompany).output(z.void()).mutation(({ ctx, input }) => overrideByOperator(ctx, input)),
  clearOverride: steppedProcedure("platform:tenants", { stepUp: true }).input(CompanyOfConsole).output(z.void()).mutation(({ ctx, input }) => clearByOperator(ctx, input)),
  recordPayment: steppedProcedure("platform:tenants", { stepUp: true }).input(RecordCompanyPayment).output(z.void()).mutation(({ ctx, input }) => payByOperator(ctx, input)),
});
