import { router, steppedProcedure } from "@atrium/api";
import { UsageDto } from "./contract.ts";
import { describeUsage } from "./service.ts";

export const usageRouter = router({
  // Open when the subscription is over, with the rest of the billing page.
  get: steppedProcedure("billing:read", { openWhen: ["expired"] }).output(UsageDto).query(({ ctx }) => describeUsage(ctx)),
});
