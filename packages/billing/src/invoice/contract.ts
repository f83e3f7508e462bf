import { defineErrors, defineEvent, idSchema, pageRequestShape, plainDateSchema, plans } from "@atrium/kernel";
import { z } from "zod";

export const invoiceErrors = defineErrors({ "invoice/not-found": "not-found" });

/** Told once for each invoice, when it has been issued. */
export const invoiceIssued = defineEvent("billing/invoice.issued", z.object({ tenantId: z.string(), invoiceId: z.string() }));

const minor = z.int();

/** Seller or buyer as the invoice names them: what they were called on the day of its issue, whatever they are called since. */
export const Party = z.object({
  name: z.string(),
  /** Street, city and PIN code; empty for a buyer who never said. */
  address: z.string(),
  stateCode: z.string().nullable(),
  gstin: z.string().nullable(),
});
export type Party = z.output<typeof Party>;

/** The seller, with how to pay. */
export const Seller = Party.extend({ stateCode: z.string(), gstin: z.string(), bank: z.string() });
export type Seller = z.output<typeof Seller>;

/** `amountMinor` is what is charged: mostly `quantity` times `unitMinor`, less for a part of a month, below zero for a credit. In paise, before tax. */
export const InvoiceLine = z.object({ description: z.string(), quantity: z.int().min(0), unitMinor: minor, amountMinor: minor });
export type InvoiceLine = z.output<typeof InvoiceLine>;

/** Central, State, Union territory and integrated tax. */
export const taxKinds = ["cgst", "sgst", "utgst", "igst"] as const;
export type TaxKind = (typeof taxKinds)[number];

/** `ratePercent` of the taxable value, in paise. */
export const TaxLine = z.object({ kind: z.enum(taxKinds), ratePercent: z.number(), amountMinor: minor });
export type TaxLine = z.output<typeof TaxLine>;

/** Paid in full; else overdue once the day it was due has passed; else paid in part, or open. Decided by the clock. */
export const invoiceStatuses = ["open", "part-paid", "overdue", "paid"] as const;
export type InvoiceStatus = (typeof invoiceStatuses)[number];

const summary = {
  id: z.string(),
  /** `ATR/26-27/000123`: consecutive through a financial year of the seller's. */
  number: z.string(),
  issuedOn: plainDateSchema,
  dueOn: plainDateSchema,
  /** The first and the last day that it covers. */
  periodFrom: plainDateSchema,
  periodUntil: plainDateSchema,
  status: z.enum(invoiceStatuses),
  totalMinor: minor,
  /** What has yet to be paid. */
  openMinor: minor,
};

export const InvoiceSummary = z.object(summary);
export type InvoiceSummary = z.output<typeof InvoiceSummary>;

/** What arrived for an invoice. Tax deducted at source counts as paid: the buyer paid it to the state in the seller's name. */
export const paymentMethods = ["bank-transfer", "upi", "cheque", "card", "tax-deducted"] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

export const PaymentDto = z.object({ paidOn: plainDateSchema, amountMinor: minor, method: z.enum(paymentMethods), reference: z.string() });
export type PaymentDto = z.output<typeof PaymentDto>;

export const InvoiceDto = z.object({
  ...summary,
  /** The plan and the seats whose next period begins when this is paid; null for an invoice that changes nothing by being paid. */
  renewal: z.object({ plan: z.enum(plans), seats: z.int() }).nullable(),
  seller: Seller,
  buyer: Party,
  placeOfSupply: z.object({ code: z.string(), name: z.string() }),
  /** The Services Accounting Code of every line. */
  sac: z.string(),
  lines: z.array(InvoiceLine),
  taxableMinor: minor,
  taxes: z.array(TaxLine),
  taxMinor: minor,
  totalInWords: z.string(),
  paidMinor: minor,
  payments: z.array(PaymentDto),
});
export type InvoiceDto = z.output<typeof InvoiceDto>;

export const ListInvoices = z.object(pageRequestShape);
export type ListInvoices = z.output<typeof ListInvoices>;

/** The newest first. */
export const InvoicePage = z.object({ rows: z.array(InvoiceSummary), next: z.string().nullable() });
export type InvoicePage = z.output<typeof InvoicePage>;

export const GetInvoice = z.object({ invoiceId: idSchema("inv") });
export type GetInvoice = z.output<typeof GetInvoice>;
