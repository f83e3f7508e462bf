import type { InvoiceDto, PaymentMethod } from "../invoice/contract.ts";

/** What became of asking for the money: it is on its way or has to be waited for, or it is there. */
export type Collection =
  | { readonly status: "pending" }
  | { readonly status: "paid"; readonly amountMinor: number; readonly method: PaymentMethod; readonly reference: string };

/** Somebody who gets an invoice paid. A card provider takes the place of the one below; nothing else changes. */
export interface PaymentProvider {
  readonly name: string;
  /**
   * Asks for what is open of an invoice. Called outside of any transaction and perhaps more than once, so the invoice's id is
   * the provider's idempotency key. What is paid later comes in by `recordPayment`. Rejects when the provider cannot be reached.
   */
  collect(invoice: InvoiceDto): Promise<Collection>;
}

/** The buyer pays by bank transfer, and an operator records what has arrived. */
export const byHand: PaymentProvider = { name: "by hand", collect: () => Promise.resolve({ status: "pending" }) };
