import type { BucketName, RouteClass } from "./route-classes.ts";

/** A request, as far as the limiter has to know it. Nothing of it may be merely claimed: the session was verified. */
export interface Ask {
  readonly routeClass: RouteClass;
  /** So many tokens of each bucket: 1, or the number of writes in a batch. */
  readonly cost: number;
  /** The company of the verified session; undefined for a caller without one. */
  readonly tenantId: string | undefined;
  /** The person of the verified session. */
  readonly userId: string | undefined;
  /** The verified session: whether it was ended is asked in the same round trip. */
  readonly sessionId: string | undefined;
  /** The network the call came from. */
  readonly address: string;
  /** For signing in: what tells the account apart, a digest rather than the address itself. */
  readonly account: string | undefined;
  /** Asks Redis even where a lease would do: whether the session was ended must be known this very moment. */
  readonly isFresh?: boolean;
}

/** A bucket as it stands after the decision. */
export interface BucketState {
  readonly name: BucketName;
  readonly capacity: number;
  readonly windowMs: number;
  /** Whole tokens that are left. */
  readonly remaining: number;
  /** Until there is one more than `remaining`, or, where the request was refused, enough for it. */
  readonly waitMs: number;
}

export interface Verdict {
  /** `unavailable`: Redis could not be asked, and this class of request does not go without. `ended`: the session was ended. */
  readonly outcome: "admitted" | "refused" | "unavailable" | "ended";
  readonly buckets: readonly BucketState[];
  /** The buckets that had too little; empty unless refused. */
  readonly violated: readonly BucketName[];
  /** Until it is worth asking again; 0 when admitted. */
  readonly retryAfterMs: number;
  /** Decided without Redis. */
  readonly isDegraded: boolean;
  /** Buckets of the company that with this request went over nine tenths, each told once in its window. */
  readonly alarms: readonly BucketName[];
}

/** What a company may do, as Redis keeps it for the edge. */
export interface TenantLimits {
  readonly perMinute: number;
  readonly perHour: number;
  /** Grows with each change, so that an older one never overwrites a newer. */
  readonly version: number;
}

/** So many of a company's requests in a minute one of its people may make, and never fewer than this. */
const smallestShare = 20;

/** The share of one member: half of the company's minute, so that nobody can eat it alone. */
export const userShare = (perMinute: number): number => Math.min(perMinute, Math.max(smallestShare, Math.ceil(perMinute / 2)));
