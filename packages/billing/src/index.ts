import { router } from "@atrium/api";
import { accountRouter } from "./account/router.ts";
import { invoiceRouter } from "./invoice/router.ts";
import { usageRouter } from "./usage/router.ts";

export const billingRouter = router({
  account: accountRouter,
  invoice: invoiceRouter,
  usage: usageRouter,
});

export { billingEnv } from "./env.ts";
export { invoicePdf } from "./invoice/service.ts";

export { limitsInForce } from "./override/service.ts";
export type { LimitsInForce } from "./override/service.ts";

export { alertJobs } from "./alert/jobs.ts";
export { announceNearlyUsed } from "./alert/service.ts";
