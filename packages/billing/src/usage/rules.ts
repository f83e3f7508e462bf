import { usageBuckets } from "./contract.ts";
import type { UsageBucket, UsageDto } from "./contract.ts";

/** One count of refusals, as it was noted. */
export interface Refused {
  readonly bucket: string;
  readonly userId: string;
  readonly count: number;
}

/** Whom a count is of. */
export interface Asker {
  readonly memberId: string;
  readonly name: string;
}

/** So many lines say who was refused; whoever comes after them was refused least. */
const mostLines = 50;

export function isUsageBucket(name: string): name is UsageBucket {
  return usageBuckets.some((bucket) => bucket === name);
}

/**
 * What was refused and for whom, most first. `askers` knows people by what the limiter knows of them: their own id, or that of
 * their session. Those who are gone stand together in one line for each bucket.
 */
export function refusedFor(noted: readonly Refused[], askers: ReadonlyMap<string, Asker>): UsageDto["refusedFor"] {
  const lines = new Map<string, UsageDto["refusedFor"][number]>();
  for (const { bucket, userId, count } of noted) {
    if (!isUsageBucket(bucket) || count <= 0) continue;
    const { memberId, name } = askers.get(userId) ?? { memberId: null, name: null };
    const key = `${memberId ?? ""} ${bucket}`;
    lines.set(key, { memberId, name, bucket, count: count + (lines.get(key)?.count ?? 0) });
  }
  return [...lines.values()].sort((a, b) => b.count - a.count || (a.name ?? "").localeCompare(b.name ?? "")).slice(0, mostLines);
}
