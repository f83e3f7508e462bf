import { limitCode, rateLimitHeaders, retryAfterSeconds } from "@atrium/limits";
import type { BucketName, LimitCode, Verdict } from "@atrium/limits";

/** What the limiter says to a person it does not let in. */
export interface LimitRefusal {
  readonly code: LimitCode;
  readonly status: 429 | 503;
  readonly seconds: number;
  readonly violated: readonly BucketName[];
}

/** Undefined for a request that is let in. */
export function limitRefusal(verdict: Verdict): LimitRefusal | undefined {
  if (verdict.outcome !== "refused" && verdict.outcome !== "unavailable") return undefined;
  return { code: limitCode(verdict), status: verdict.outcome === "refused" ? 429 : 503, seconds: retryAfterSeconds(verdict), violated: verdict.violated };
}

/** The fields that every answer carries which drew on buckets. */
export function setLimitHeaders(headers: Headers, { buckets }: Verdict): void {
  if (buckets.length === 0) return;
  const { policy, limit } = rateLimitHeaders(buckets);
  headers.set("RateLimit-Policy", policy);
  headers.set("RateLimit", limit);
}
