/*
 * Whoever fails waits longer each time, and nobody else does. One count is kept of an account as it is tried from one
 * address, one of an address over all accounts. There is no count of an account over all addresses: with it anybody could
 * keep a person out by failing in their name.
 */

/** How a count grows into a wait. */
export interface Patience {
  /** So many failures cost nothing. */
  readonly free: number;
  /** A count that has rested so long begins anew, in ms. */
  readonly forgottenAfterMs: number;
}

const hourMs = 3_600_000;

/** One person who mistypes their password. */
export const pairPatience: Patience = { free: 5, forgottenAfterMs: 24 * hourMs };
/** An office of many people behind one address; a list of passwords tried on all of them. */
export const addressPatience: Patience = { free: 50, forgottenAfterMs: hourMs };

const longestWaitMs = 5 * 60_000;

/** Failures that are kept, and when the last of them was. */
export interface Count {
  readonly failures: number;
  readonly lastAt: Date;
}

/** The failures that still count at this moment. */
export function failuresAt({ failures, lastAt }: Count, { forgottenAfterMs }: Patience, now: Date): number {
  return now.getTime() - lastAt.getTime() >= forgottenAfterMs ? 0 : failures;
}

/** How long the next try has to wait from now on, in ms: nothing at first, then 1 s, 2 s, 4 s … up to 5 min after the last failure. */
export function waitMs(count: Count, patience: Patience, now: Date): number {
  const beyond = failuresAt(count, patience, now) - patience.free;
  if (beyond < 0) return 0;
  const fromLastMs = Math.min(longestWaitMs, 1000 * 2 ** beyond);
  return Math.max(0, count.lastAt.getTime() + fromLastMs - now.getTime());
}
