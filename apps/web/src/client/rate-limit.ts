"use client";

/*
 * What is left of the buckets that the newest answer drew on, as its fields of draft-ietf-httpapi-ratelimit-headers say.
 */

/** Those that every read draws on. How much heavy work may still be begun says nothing of them. */
const everyday = ["minute", "hour", "user"];

let newestShare = 1;

/** Takes note of an answer's fields. One without them says nothing. */
export function noteRateLimit(headers: Headers): void {
  const left = parameters(headers.get("ratelimit") ?? "", "r");
  const sizes = parameters(headers.get("ratelimit-policy") ?? "", "q");
  const shares = [...left].flatMap(([bucket, remaining]) => {
    const size = sizes.get(bucket) ?? 0;
    return everyday.includes(bucket) && size > 0 ? [remaining / size] : [];
  });
  if (shares.length > 0) newestShare = Math.min(...shares);
}

/** So much of the scarcest bucket is left, between 0 and 1. */
export const shareLeft = (): number => newestShare;

/** A parameter of each item of a list such as `"minute";r=29;t=2, "hour";r=499;t=8`, by the item. */
function parameters(field: string, name: string): ReadonlyMap<string, number> {
  const items = field.matchAll(/"([^"]*)"((?:\s*;[^,;]*)*)/g);
  return new Map(
    [...items].flatMap(([, item = "", rest = ""]) => {
      const value = new RegExp(`;\\s*${name}=(\\d+)`).exec(rest)?.[1];
      return value === undefined ? [] : [[item, Number(value)] as const];
    }),
  );
}
