import type { BucketState, Verdict } from "./verdict.ts";

const seconds = (ms: number): number => Math.ceil(ms / 1_000);

/** What each size of bucket is called in the policy: the same few for every answer, so each is written once. */
const policies = new Map<string, string>();
/** Overrides can have any size; more of them than this are written anew each time. */
const mostPolicies = 1_000;

function policyOf({ name, capacity, windowMs }: BucketState): string {
  const key = `${name} ${capacity} ${windowMs}`;
  const known = policies.get(key);
  if (known !== undefined) return known;
  const policy = `"${name}";q=${capacity};w=${seconds(windowMs)}`;
  if (policies.size < mostPolicies) policies.set(key, policy);
  return policy;
}

/**
 * The fields of draft-ietf-httpapi-ratelimit-headers-11: what each bucket holds within its window in seconds, what is left
 * of it, and in how many seconds there will be more.
 */
export function rateLimitHeaders(buckets: readonly BucketState[]): { readonly policy: string; readonly limit: string } {
  let [policy, limit] = ["", ""];
  for (const bucket of buckets) {
    const comma = policy === "" ? "" : ", ";
    policy += comma + policyOf(bucket);
    limit += `${comma}"${bucket.name}";r=${bucket.remaining};t=${seconds(bucket.waitMs)}`;
  }
  return { policy, limit };
}

/** Whole seconds after which to come again: never before one of the buckets that were empty has enough. */
export function retryAfterSeconds({ retryAfterMs, violated, buckets }: Pick<Verdict, "retryAfterMs" | "violated" | "buckets">): number {
  const waits = buckets.filter(({ name }) => violated.includes(name)).map(({ waitMs }) => seconds(waitMs));
  return Math.max(1, seconds(retryAfterMs), ...waits);
}
