import { randomInt } from "node:crypto";

/**
 * What a proxy says of where a request comes from: a network of its own each time, as different people come from different
 * ones, out of the range that is kept for trials (RFC 2544). From one alone, all that the tests do would soon be too much.
 */
export const fromSomewhere = (): { readonly "x-forwarded-for": string } => ({
  "x-forwarded-for": `198.${String(randomInt(18, 20))}.${String(randomInt(256))}.${String(randomInt(1, 255))}`,
});
