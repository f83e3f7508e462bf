import type { Paise, PlainDate } from "@atrium/kernel";
import type { RecordPayment } from "./contract.ts";

/** What decides about a payment is the invoice as it stands. */
export interface Payable {
  readonly id: string;
  readonly openMinor: Paise;
}

/** A payment as it is kept, as far as it tells it from another. */
export interface KeptPayment {
  readonly invoiceId: string;
  readonly amountMinor: Paise;
  readonly paidOn: PlainDate;
  readonly method: string;
}

export type PaymentDecision = "record" | "recorded-before" | "payment/reference-taken" | "payment/too-much" | "payment/in-future";

/**
 * What becomes of a payment. `sameReference` is the one of the company's that bears its reference already: the same told twice
 * is one payment, and another under that reference is a mistake.
 */
export function decidePayment(payment: RecordPayment, invoice: Payable, sameReference: KeptPayment | undefined, today: PlainDate): PaymentDecision {
  if (sameReference) {
    const { invoiceId, amountMinor, paidOn, method } = sameReference;
    const isSame = invoiceId === invoice.id && amountMinor === payment.amountMinor && paidOn === payment.paidOn && method === payment.method;
    return isSame ? "recorded-before" : "payment/reference-taken";
  }
  if (payment.paidOn > today) return "payment/in-future";
  return payment.amountMinor > invoice.openMinor ? "payment/too-much" : "record";
}
