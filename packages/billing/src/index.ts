import { router } from "@atrium/api";
import { usageRouter } from "./usage/router.ts";

export const billingRouter = router({
  usage: usageRouter,
});

export { limitsInForce } from "./override/service.ts";
export type { LimitsInForce } from "./override/service.ts";
