import { router, tenantProcedure } from "@atrium/api";
import { z } from "zod";
import { GrantRef, PendingSupport, SupportGrantDto } from "./contract.ts";
import { countPending, endAccess, grantAccess, listGrants, refuseAccess } from "./service.ts";

export const supportRouter = router({
  list: tenantProcedure("security:read").output(z.array(SupportGrantDto)).query(({ ctx }) => listGrants(ctx)),
  pending: tenantProcedure("security:manage").output(PendingSupport).query(({ ctx }) => countPending(ctx)),
  grant: tenantProcedure("security:manage", { stepUp: true }).input(GrantRef).output(SupportGrantDto).mutation(({ ctx, input }) => grantAccess(ctx, input)),
  refuse: tenantProcedure("security:manage").input(GrantRef).output(SupportGrantDto).mutation(({ ctx, input }) => refuseAccess(ctx, input)),
  end: tenantProcedure("security:manage").input(GrantRef).output(SupportGrantDto).mutation(({ ctx, input }) => endAccess(ctx, input)),
});
