import { router, tenantProcedure } from "@atrium/api";
import { BillingAccountDto, SaveBillingAccount } from "./contract.ts";
import { getAccount, saveAccount } from "./service.ts";

// Open when the subscription is over: whoever wants to pay has to say who is invoiced.
export const accountRouter = router({
  get: tenantProcedure("billing:read", { openWhen: ["expired"] }).output(BillingAccountDto).query(({ ctx }) => getAccount(ctx)),
  save: tenantProcedure("billing:manage", { openWhen: ["expired"] })
    .input(SaveBillingAccount)
    .output(BillingAccountDto)
    .mutation(({ ctx, input }) => saveAccount(ctx, input)),
});
