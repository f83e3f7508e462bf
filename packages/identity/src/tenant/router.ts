import { router, tenantProcedure } from "@atrium/api";
import { z } from "zod";
import { ChangeCompany, Company, DeleteCompany } from "./contract.ts";
import { changeCompany, deleteCompany, describeCompany } from "./service.ts";

/** A company whose subscription is over can still be taken along and left. */
const expired = ["expired"] as const;

export const companyRouter = router({
  get: tenantProcedure("company:manage", { openWhen: expired }).output(Company).query(({ ctx }) => describeCompany(ctx)),
  change: tenantProcedure("company:manage", { stepUp: true }).input(ChangeCompany).output(Company).mutation(({ ctx, input }) => changeCompany(ctx, input)),
  delete: tenantProcedure("company:manage", { stepUp: true, openWhen: expired }).input(DeleteCompany).output(z.void()).mutation(({ ctx, input }) => deleteCompany(ctx, input)),
});
