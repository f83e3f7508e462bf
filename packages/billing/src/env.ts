import { faultOfGstin } from "@atrium/kernel";
import { z } from "zod";

/**
 * This room's slice of the environment: who sells, as every invoice names them. What stands here unless told is made up, so
 * that a trial installation runs; nobody may send its invoices to a buyer.
 */
export const billingEnv = {
  ATRIUM_SELLER_NAME: z.string().trim().min(1).max(200).default("Atrium Example Private Limited"),
  /** The registered address, with the PIN code. Its state is the one that the GSTIN begins with. */
  ATRIUM_SELLER_ADDRESS: z.string().trim().min(1).max(300).default("1 Example Road, Bengaluru 560001"),
  ATRIUM_SELLER_GSTIN: z
    .string()
    .refine((gstin) => faultOfGstin(gstin) === undefined, { error: "must be a GSTIN of 15 capital letters and digits whose last character fits the others" })
    .default("29AAACA0001A1ZT"),
  /** How to pay, as the invoice says it. */
  ATRIUM_SELLER_BANK: z.string().trim().min(1).max(300).default("Example Bank, account 000000000001, IFSC EXMP0000001"),
};

export type BillingSettings = z.output<z.ZodObject<typeof billingEnv>>;

let settings: BillingSettings | undefined;

/** This room's settings, read once. The process has checked them at its start. */
export const billingSettings = (): BillingSettings => (settings ??= z.object(billingEnv).parse(process.env));
