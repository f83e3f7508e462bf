import { planAt, planTerms } from "@atrium/kernel";
import type { PlanFacts, RequestLimits } from "@atrium/kernel";

/** An override that nobody has ended. */
export interface RunningOverride {
  readonly perMinute: number | null;
  readonly perHour: number | null;
  /** Null holds until somebody ends it. */
  readonly until: Date | null;
}

export const isInForce = ({ until }: Pick<RunningOverride, "until">, now: Date): boolean => until === null || until > now;

export interface LimitsInForce extends RequestLimits {
  /** Grows with each change and with each that the clock brings, so that an older one never overwrites a newer. */
  readonly version: number;
  /** Whether an operator's override is part of it. */
  readonly isOverridden: boolean;
  /** The moment at which the clock alone makes it something else; undefined when there is none. */
  readonly changesAt: Date | undefined;
}

/** What a plan allows with an override on top of it, each by the clock. */
export function limitsAt(facts: PlanFacts & { readonly limitsVersion: number }, override: RunningOverride | undefined, now: Date): LimitsInForce {
  const { plan } = planAt(facts, now);
  const ofPlan: RequestLimits = planTerms[plan].limits;
  const running = override && isInForce(override, now) ? override : undefined;
  const moments = [facts.nextPlanAt, override?.until].flatMap((moment) => moment ?? []);
  // Each moment that has passed counts too: whoever read it before cannot overwrite what was read after.
  const passed = moments.filter((moment) => moment <= now).length;
  const ahead = moments.filter((moment) => moment > now).sort((one, other) => one.getTime() - other.getTime());
  return {
    perMinute: running?.perMinute ?? ofPlan.perMinute,
    perHour: running?.perHour ?? ofPlan.perHour,
    version: facts.limitsVersion * (mostMoments + 1) + passed,
    isOverridden: running !== undefined,
    changesAt: ahead[0],
  };
}

/** A planned plan's beginning and an override's end. */
const mostMoments = 2;
