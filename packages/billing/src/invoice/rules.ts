import { addDays, gstStateOf, share, sumPaise } from "@atrium/kernel";
import type { GstState, Paise, PlainDate } from "@atrium/kernel";
import type { InvoiceLine, InvoiceStatus, TaxKind, TaxLine } from "./contract.ts";

/**
 * "Licensing services for the right to use computer software and databases": the Services Accounting Code in the annexure to
 * notification 11/2017-Central Tax (Rate). An application that is used over the network and of which no copy is given is
 * such a licence.
 */
export const sac = "997331";

/**
 * The rate of heading 9973 for software: 9 % central tax by notification 11/2017-Central Tax (Rate), serial number 17, the same
 * by each State's and by 11/2017-Union Territory Tax (Rate), and 18 % integrated tax by 8/2017-Integrated Tax (Rate).
 */
export const gstPercent = 18;

/** Days from the issue of an invoice to the one it is due on. */
export const paymentDays = 14;

export const dueOn = (issuedOn: PlainDate): PlainDate => addDays(issuedOn, paymentDays);

/**
 * The place of supply of a service that none of the special rules names: section 12(2) of the IGST Act, 2017. For a registered
 * buyer the place of the registration, and for another the address on record, which both are the state of the billing account;
 * for one without an address on record, the place of the seller. Buyers outside India are not invoiced here: a supply without
 * tax asks for a letter of undertaking and for money from abroad, and neither is known to this house.
 */
export function placeOfSupply(sellerState: string, buyerState: string | null): GstState {
  const place = gstStateOf(buyerState ?? sellerState);
  if (!place) throw new RangeError(`${buyerState ?? sellerState} is no state's code.`);
  return place;
}

/**
 * The taxes on a supply. In the seller's own state half is central tax and half the state's (section 9 of the CGST Act, 2017,
 * with section 8(2) of the IGST Act), which in a union territory without a legislature is Union territory tax (section 7 of the
 * UTGST Act). In every other it is integrated tax (sections 5 and 7(3) of the IGST Act).
 *
 * Each tax is reckoned on the whole taxable value and rounded to the nearest paisa, half up. The total stays as it adds up:
 * section 170 of the CGST Act rounds to the rupee what is paid to the state, not what two parties owe each other.
 */
export function taxesOn(taxableMinor: Paise, sellerState: string, place: GstState): TaxLine[] {
  const tax = (kind: TaxKind, ratePercent: number): TaxLine => ({ kind, ratePercent, amountMinor: share(taxableMinor, ratePercent, 100, "paise") });
  if (place.code !== sellerState) return [tax("igst", gstPercent)];
  return [tax("cgst", gstPercent / 2), tax(place.isUnionTerritory ? "utgst" : "sgst", gstPercent / 2)];
}

export interface InvoiceFigures {
  readonly taxableMinor: Paise;
  readonly taxes: TaxLine[];
  readonly taxMinor: Paise;
  readonly totalMinor: Paise;
}

/** What an invoice of these lines comes to; undefined when they add up to nothing. Throws a RangeError when they add up to less: that would be a credit note. */
export function figuresOf(lines: readonly InvoiceLine[], sellerState: string, place: GstState): InvoiceFigures | undefined {
  const taxableMinor = sumPaise(lines.map(({ amountMinor }) => amountMinor));
  if (taxableMinor < 0) throw new RangeError("The lines of an invoice add up to less than nothing.");
  if (taxableMinor === 0) return undefined;
  const taxes = taxesOn(taxableMinor, sellerState, place);
  const taxMinor = sumPaise(taxes.map(({ amountMinor }) => amountMinor));
  return { taxableMinor, taxes, taxMinor, totalMinor: sumPaise([taxableMinor, taxMinor]) };
}

/** How an invoice stands on a day. On the day that it is due it is not late yet. */
export function statusOn(today: PlainDate, invoice: { readonly dueOn: PlainDate; readonly totalMinor: Paise; readonly paidMinor: Paise }): InvoiceStatus {
  if (invoice.paidMinor >= invoice.totalMinor) return "paid";
  if (today > invoice.dueOn) return "overdue";
  return invoice.paidMinor > 0 ? "part-paid" : "open";
}

/** `invoice-ATR-26-27-000123.pdf`. */
export const invoiceFileName = (number: string): string => `invoice-${number.replaceAll("/", "-")}.pdf`;
