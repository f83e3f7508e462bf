import type { UsageBucketDto } from "@atrium/billing/contract";

const soonestMs = 5_000;
const latestMs = 60_000;
/** Looking may take so much of what comes back to the slowest bucket: each look is a counted request itself. */
const spentOnLooking = 0.2;
/** With less than this left looking becomes rarer still. */
const lowShare = 0.2;
const rarer = 3;

/** The buckets that every request of the company draws on. */
export const isShared = ({ name }: Pick<UsageBucketDto, "name">): boolean => name === "minute" || name === "hour";

export const isLow = ({ remaining, capacity }: Pick<UsageBucketDto, "remaining" | "capacity">): boolean => remaining < capacity * lowShare;

/** How long to wait before the usage is asked for again, in ms. */
export function lookAgainAfter(buckets: readonly UsageBucketDto[]): number {
  const shared = buckets.filter(isShared);
  if (shared.length === 0) return latestMs;
  const slowestRefillMs = Math.max(...shared.map(({ capacity, windowMs }) => windowMs / Math.max(1, capacity)));
  const pause = Math.max(soonestMs, slowestRefillMs / spentOnLooking);
  return Math.min(latestMs, shared.some(isLow) ? pause * rarer : pause);
}

/** What a bucket holds so long after it was read, if nobody draws on it: it is refilled evenly. */
export function refilled({ capacity, windowMs, remaining }: UsageBucketDto, elapsedMs: number): number {
  return Math.min(capacity, Math.floor(remaining + (Math.max(0, elapsedMs) * capacity) / windowMs));
}

/** Until a bucket is full again, in whole seconds. */
export function secondsUntilFull({ capacity, windowMs }: UsageBucketDto, remaining: number): number {
  return Math.ceil(((capacity - remaining) * windowMs) / Math.max(1, capacity) / 1000);
}
