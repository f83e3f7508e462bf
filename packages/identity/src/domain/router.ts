import { router, steppedProcedure, tenantProcedure } from "@atrium/api";
import { z } from "zod";
import { AddDomain, DomainDto, DomainRef } from "./contract.ts";
import { addDomain, listDomains, removeDomain, verifyDomain } from "./service.ts";

export const domainRouter = router({
  list: tenantProcedure("security:read").output(z.array(DomainDto)).query(({ ctx }) => listDomains(ctx)),
  add: tenantProcedure("security:manage").input(AddDomain).output(DomainDto).mutation(({ ctx, input }) => addDomain(ctx, input)),
  verify: steppedProcedure("security:manage", { stepUp: true }).input(DomainRef).output(DomainDto).mutation(({ ctx, input }) => verifyDomain(ctx.transact, input)),
  remove: tenantProcedure("security:manage", { stepUp: true }).input(DomainRef).output(z.void()).mutation(({ ctx, input }) => removeDomain(ctx, input)),
});
