import { pino } from "pino";

/*
 * The second fence around what a log line may hold. The first is that nothing sensitive is given to it: payloads are not
 * logged, refusals carry codes. But an error of a library may bring along whatever it failed with.
 */

/** Names under which nothing is ever printed, whatever it is. */
const unspeakable = new Set(
  ["password", "passwordHash", "token", "tokenHash", "secret", "clientSecret", "seed", "authorization", "cookie", "pan", "uan", "aadhaar", "bankAccount", "cells", "payload"]
    .map((name) => name.toLowerCase()),
);

/** A PAN, or as many digits as an Aadhaar, a UAN or a long account has, in any text. */
const numbers = /(?<![A-Za-z0-9])(?:[A-Za-z]{5}[0-9]{4}[A-Za-z]|[0-9]{12,18}|[0-9]{4}[ -][0-9]{4}[ -][0-9]{4})(?![A-Za-z0-9])/g;
const hidden = "…";
const deepest = 8;

/** A text without the numbers that belong to a person's papers. */
export const scrubText = (text: string): string => text.replaceAll(numbers, hidden);

/** The same value without what nobody should read. An error becomes what is printed of it. */
export function scrub(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return scrubText(value);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (depth > deepest) return hidden;
  if (Array.isArray(value)) return value.map((item) => scrub(item, depth + 1));
  return scrubFields(value instanceof Error ? pino.stdSerializers.err(value) : value, depth);
}

/** Of each field what may be read of it. */
export function scrubFields(fields: object, depth = 0): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]: [string, unknown]) => [name, value != null && unspeakable.has(name.toLowerCase()) ? hidden : scrub(value, depth + 1)]),
  );
}
