import { z } from "zod";

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const timeLength = 10;
const randomLength = 12;

/**
 * Makes an id such as `emp_01jd3k9v7q8m2n4p6r8t0w`: the prefix names the kind of record, the first ten characters the
 * millisecond, so that ids sort by creation; the last twelve are 60 random bits.
 */
export function newId(prefix: string, nowMs: number): string {
  let time = "";
  for (let rest = nowMs, i = 0; i < timeLength; i += 1, rest = Math.floor(rest / 32)) {
    time = alphabet.charAt(rest % 32) + time;
  }
  let random = "";
  for (const byte of crypto.getRandomValues(new Uint8Array(randomLength))) random += alphabet.charAt(byte % 32);
  return `${prefix}_${time}${random}`;
}

/** The schema of an id with this prefix. Anything else is refused before it reaches a query. */
export function idSchema(prefix: string): z.ZodString {
  return z.string().regex(new RegExp(`^${prefix}_[0-9a-z]{4,40}$`), { error: `must be an id beginning with ${prefix}_` });
}
