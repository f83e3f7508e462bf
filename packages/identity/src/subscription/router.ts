import { router, tenantProcedure } from "@atrium/api";
import { SubscriptionDto } from "./contract.ts";
import { describeSubscription } from "./service.ts";

export const subscriptionRouter = router({
  // Open when it is over: somebody has to see what to renew.
  get: tenantProcedure("billing:read", { openWhen: ["expired"] }).output(SubscriptionDto).query(({ ctx }) => describeSubscription(ctx)),
});
