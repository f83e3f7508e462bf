import { z } from "zod";

/**
 * Money is a whole number of paise (1/100 rupee) in a JavaScript number. Every amount is checked to be a safe integer
 * (up to ₹90 lakh crore), so no fraction and no lost digit can enter; PostgreSQL keeps it as `bigint`.
 */
export type Paise = number;

export const paiseSchema = z.number().int().refine(Number.isSafeInteger);

/** Reads a `bigint` column. Throws a RangeError if the amount is beyond a safe integer. */
export function paiseFrom(value: bigint | number): Paise {
  const amount = Number(value);
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${String(value)} is not a whole, safe number of paise`);
  return amount;
}

/** How an amount with a fraction of a paisa becomes whole. Half goes away from zero, as the law's "fifty paise up". */
export type Rounding = "paise" | "rupee" | "rupeeUp" | "ten";

/**
 * `amount * numerator / denominator`, exact until the one named rounding at the end.
 * `paise`: nearest paisa · `rupee`: nearest rupee · `rupeeUp`: next higher rupee · `ten`: nearest ten rupees after
 * dropping the paise.
 */
export function share(amount: Paise, numerator: number, denominator: number, rounding: Rounding): Paise {
  const top = BigInt(paiseFrom(amount)) * BigInt(numerator);
  const bottom = BigInt(denominator);
  switch (rounding) {
    case "paise":
      return paiseFrom(divideHalfUp(top, bottom));
    case "rupee":
      return paiseFrom(divideHalfUp(top, bottom * 100n) * 100n);
    case "rupeeUp":
      return paiseFrom(divideUp(top, bottom * 100n) * 100n);
    case "ten":
      return paiseFrom(divideHalfUp(top / (bottom * 100n), 10n) * 1_000n);
  }
}

function divideHalfUp(top: bigint, bottom: bigint): bigint {
  const isNegative = top < 0n !== bottom < 0n;
  const [n, d] = [top < 0n ? -top : top, bottom < 0n ? -bottom : bottom];
  const magnitude = (2n * n + d) / (2n * d);
  return isNegative ? -magnitude : magnitude;
}

function divideUp(top: bigint, bottom: bigint): bigint {
  const quotient = top / bottom;
  return top % bottom > 0n ? quotient + 1n : quotient;
}

/** The sum in paise. Throws a RangeError when it is beyond a safe integer. */
export function sumPaise(amounts: Iterable<Paise>): Paise {
  let total = 0;
  for (const amount of amounts) total += amount;
  return paiseFrom(total);
}

const rupees = new Intl.NumberFormat("en-IN", { style: "currency", currency: "INR", maximumFractionDigits: 0 });

/** `₹1,23,456.00` in the Indian grouping; a negative amount stands in parentheses, as accountants write it. */
export function formatMoney(amount: Paise | bigint): string {
  const minor = BigInt(amount);
  const magnitude = minor < 0n ? -minor : minor;
  // Whole rupees and paise apart, so that no amount passes through a fraction.
  const text = `${rupees.format(magnitude / 100n)}.${String(magnitude % 100n).padStart(2, "0")}`;
  return minor < 0n ? `(${text})` : text;
}
