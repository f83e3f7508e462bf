import { z } from "zod";

const pattern = /^\d{1,9}(?:\.\d{1,2})?$/;

/** Rupees as people type or copy them (`45,000`, `45000.50` or `₹44.40`), read into paise. `message` says how to write it. */
export function rupeesField(message: string): z.ZodType<number, string> {
  return z
    .string()
    .transform((text) => text.replaceAll(/[,₹\s]/g, ""))
    .refine((text) => pattern.test(text), { error: message })
    .transform((text) => {
      const [rupees = "0", paise = ""] = text.split(".");
      return Number(rupees) * 100 + Number(paise.padEnd(2, "0"));
    });
}

/** Paise as the field shows them: `45000` or `45000.50`. */
export const rupeesText = (minor: number): string => (minor % 100 === 0 ? String(minor / 100) : (minor / 100).toFixed(2));
