import { defineErrors, oneLine, plainDateSchema } from "@atrium/kernel";
import { z } from "zod";
import { paymentMethods } from "../invoice/contract.ts";

export const paymentErrors = defineErrors({
  "payment/invoice-unknown": "not-found",
  "payment/too-much": "invalid",
  "payment/in-future": "invalid",
  "payment/reference-taken": "conflict",
});

/** What an operator writes down when money has arrived. */
export const RecordPayment = z.object({
  invoiceNumber: z.string().trim().toUpperCase().min(1).max(16),
  /** In paise. */
  amountMinor: z.int().min(1),
  /** The day it arrived, by the seller's clock. */
  paidOn: plainDateSchema,
  method: z.enum(paymentMethods),
  /** What names the payment wherever it came in, such as the UTR of a bank transfer. The same one twice is one payment. */
  reference: z.string().overwrite((text) => oneLine(text).toUpperCase()).min(3).max(64),
  reason: z.string().overwrite(oneLine).min(1).max(500),
});
export type RecordPayment = z.output<typeof RecordPayment>;
