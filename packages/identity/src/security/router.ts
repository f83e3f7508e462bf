import { router, tenantProcedure } from "@atrium/api";
import { SecurityDto, UpdateSecurity } from "./contract.ts";
import { getSecurity, updateSecurity } from "./service.ts";

export const securityRouter = router({
  get: tenantProcedure("security:read").output(SecurityDto).query(({ ctx }) => getSecurity(ctx)),
  update: tenantProcedure("security:manage", { stepUp: true }).input(UpdateSecurity).output(SecurityDto).mutation(({ ctx, input }) => updateSecurity(ctx, input)),
});
