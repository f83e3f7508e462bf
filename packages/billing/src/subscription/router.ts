import { router, tenantProcedure } from "@atrium/api";
import { ChangeDto, ChangePlan, PreviewChange, SubscriptionDto } from "./contract.ts";
import { cancelSubscription, changePlan, describeSubscription, previewChange, resumeSubscription, withdrawChange } from "./service.ts";

// Open when it is over: somebody has to see what to renew, and do it.
const open = { openWhen: ["expired"] } as const;
const money = { ...open, stepUp: true } as const;

export const subscriptionRouter = router({
  get: tenantProcedure("billing:read", open).output(SubscriptionDto).query(({ ctx }) => describeSubscription(ctx)),
  preview: tenantProcedure("billing:read", open).input(PreviewChange).output(ChangeDto).query(({ ctx, input }) => previewChange(ctx, input)),
  change: tenantProcedure("billing:manage", money).input(ChangePlan).output(SubscriptionDto).mutation(({ ctx, input }) => changePlan(ctx, input)),
  withdrawChange: tenantProcedure("billing:manage", money).output(SubscriptionDto).mutation(({ ctx }) => withdrawChange(ctx)),
  cancel: tenantProcedure("billing:manage", money).output(SubscriptionDto).mutation(({ ctx }) => cancelSubscription(ctx)),
  resume: tenantProcedure("billing:manage", money).output(SubscriptionDto).mutation(({ ctx }) => resumeSubscription(ctx)),
});
