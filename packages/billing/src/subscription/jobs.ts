import { tenantClockJob } from "@atrium/api";
import type { JobDefinition } from "@atrium/api";
import { issueRenewalWhenDue } from "./service.ts";

/** Every night at 02:30 in India. What is in force at a moment does not wait for it: it only sends invoices. */
export const subscriptionJobs: readonly JobDefinition[] = [tenantClockJob("billing/issue-renewals", "0 21 * * *", (ctx) => issueRenewalWhenDue(ctx))];
