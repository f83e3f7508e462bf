import { router } from "@atrium/api";
import type { JobDefinition } from "@atrium/api";
import { accountRouter } from "./account/router.ts";
import { alertJobs } from "./alert/jobs.ts";
import { invoiceJobs } from "./invoice/jobs.ts";
import { consoleRouter } from "./console/router.ts";
import { invoiceRouter } from "./invoice/router.ts";
import { paymentJobs } from "./payment/jobs.ts";
import { subscriptionJobs } from "./subscription/jobs.ts";
import { subscriptionRouter } from "./subscription/router.ts";
import { usageRouter } from "./usage/router.ts";

export const billingRouter = router({
  account: accountRouter,
  console: consoleRouter,
  invoice: invoiceRouter,
  subscription: subscriptionRouter,
  usage: usageRouter,
});

export const billingJobs: readonly JobDefinition[] = [...alertJobs, ...invoiceJobs, ...paymentJobs, ...subscriptionJobs];

export { billingEnv } from "./env.ts";
export { invoicePdf } from "./invoice/service.ts";

export { limitsInForce } from "./override/service.ts";
export type { LimitsInForce } from "./override/service.ts";

export { announceNearlyUsed } from "./alert/service.ts";

export { clearCompanyOverride, companyLimits, degradedDecisions, setCompanyOverride } from "./console/service.ts";
export { recordPaymentOf } from "./payment/service.ts";
