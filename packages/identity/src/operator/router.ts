import { router, steppedProcedure } from "@atrium/api";
import { z } from "zod";
import { SupportGrantDto } from "../contract.ts";
import { AccessRef, CompanyDto, CompanyRef, RequestAccess, SuspendCompany } from "./contract.ts";
import { askForAccess, getCompany, giveUpAccess, resumeCompany, suspendCompany } from "./service.ts";

export const operatorRouter = router({
  company: steppedProcedure("platform:tenants").input(CompanyRef).output(CompanyDto).query(({ ctx, input }) => getCompany(ctx, input)),
  suspend: steppedProcedure("platform:tenants", { stepUp: true }).input(SuspendCompany).output(z.void()).mutation(({ ctx, input }) => suspendCompany(ctx, input)),
  resume: steppedProcedure("platform:tenants", { stepUp: true }).input(CompanyRef).output(z.void()).mutation(({ ctx, input }) => resumeCompany(ctx, input)),
  askForAccess: steppedProcedure("platform:support").input(RequestAccess).output(SupportGrantDto).mutation(({ ctx, input }) => askForAccess(ctx, input)),
  giveUpAccess: steppedProcedure("platform:support").input(AccessRef).output(SupportGrantDto).mutation(({ ctx, input }) => giveUpAccess(ctx, input)),
});
