import { tenantJob } from "@atrium/api";
import type { JobDefinition } from "@atrium/api";
import { invoiceIssued } from "../contract.ts";
import { collectPayment } from "./service.ts";

/** Asks for the money of a new invoice. */
const collect = tenantJob({ id: "billing/collect-payment", on: invoiceIssued, retries: 8 }, ({ data, step, inTenant }) =>
  step.run("collect", () => collectPayment(inTenant, data)),
);

export const paymentJobs: readonly JobDefinition[] = [collect];
