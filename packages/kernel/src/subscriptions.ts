import { addDays, dayIn } from "./dates.ts";
import type { PlainDate } from "./dates.ts";
import { isPlan, planTerms } from "./plans.ts";
import type { Plan } from "./plans.ts";

/*
 * What a subscription is at a moment. The clock decides: nothing has to run for a period to end, so nothing can be late. The
 * doors and the billing page ask the same rules.
 */

/** The plan of a company as it is kept: the one that began last, and the one that a later day brings. */
export interface PlanFacts {
  readonly plan: string;
  readonly seats: number;
  readonly nextPlan: string | null;
  readonly nextSeats: number | null;
  readonly nextPlanAt: Date | null;
}

/** The plan with the end of what was paid or tried. */
export interface SubscriptionFacts extends PlanFacts {
  /** `platform` is our own tenant, which subscribes to nothing. */
  readonly kind: string;
  /** Null for what has no end. */
  readonly subscriptionUntil: Date | null;
  readonly cancelledAt: Date | null;
}

export interface PlanInForce {
  readonly plan: Plan;
  readonly seats: number;
}

/** The plan in force: a planned one takes the other's place at its moment. Throws a RangeError for a plan that there is not. */
export function planAt({ plan, seats, nextPlan, nextSeats, nextPlanAt }: PlanFacts, now: Date): PlanInForce {
  const hasBegun = nextPlan !== null && nextSeats !== null && nextPlanAt !== null && nextPlanAt <= now;
  return hasBegun ? { plan: known(nextPlan), seats: nextSeats } : { plan: known(plan), seats };
}

/**
 * The plan in force, and the one that is planned for a later day if there is one. Whoever is to have something for good needs
 * it in both: a smaller plan is agreed to because all there is fits it, and nothing may be added to that until it begins.
 */
export function plansAhead(facts: PlanFacts, now: Date): readonly PlanInForce[] {
  const { nextPlan, nextSeats, nextPlanAt } = facts;
  const isPlanned = nextPlan !== null && nextSeats !== null && nextPlanAt !== null && nextPlanAt > now;
  return isPlanned ? [planAt(facts, now), planAt(facts, nextPlanAt)] : [planAt(facts, now)];
}

function known(plan: string): Plan {
  if (!isPlan(plan)) throw new RangeError(`There is no plan called ${plan}.`);
  return plan;
}

/**
 * `open`: tried, paid, or without an end. `grace`: over, and all goes on as it did. `read-only`: what is there can be read.
 * `closed`: what is left is to pay, to take everything along, or to go.
 */
export const standings = ["open", "grace", "read-only", "closed"] as const;
export type Standing = (typeof standings)[number];

export const graceDays = 7;
export const readOnlyDays = 30;
const dayMs = 86_400_000;

/** The moments at which a subscription's standing changes, unless it is renewed. */
export interface StandingEnds {
  readonly until: Date;
  /** The same as `until` for one that was cancelled: whoever leaves needs no time to pay. */
  readonly graceUntil: Date;
  readonly readOnlyUntil: Date;
}

/** Undefined for a subscription that has no end: the free plan, also one that a later day brought, and our own tenant. */
export function standingEnds(facts: SubscriptionFacts, now: Date): StandingEnds | undefined {
  const { kind, subscriptionUntil: until, cancelledAt } = facts;
  if (kind === "platform" || until === null || planAt(facts, now).plan === "free") return undefined;
  const graceUntil = cancelledAt === null ? new Date(until.getTime() + graceDays * dayMs) : until;
  return { until, graceUntil, readOnlyUntil: new Date(graceUntil.getTime() + readOnlyDays * dayMs) };
}

/** How far the doors of a company stand open. */
export function standingAt(facts: SubscriptionFacts, now: Date): Standing {
  const ends = standingEnds(facts, now);
  if (ends === undefined || now < ends.until) return "open";
  if (now < ends.graceUntil) return "grace";
  return now < ends.readOnlyUntil ? "read-only" : "closed";
}

/** Subscriptions begin and end with a day of the seller's, wherever the company is: what is sold is whole days. */
const sellerZone = "Asia/Kolkata";

export const billingDayOf = (moment: Date): PlainDate => dayIn(moment, sellerZone);

/** The first moment of such a day. India has one clock, without a summer time. */
export const startOfBillingDay = (day: PlainDate): Date => new Date(`${day}T00:00:00+05:30`);

/** So many whole days a plan that is not free is tried, beside the day on which the company begins. */
export const trialDays = 14;
/** As many seats as a company begins with, if its plan has so many. */
const firstSeats = 50;

/** What a company begins with: a trial of the plan it chose, or the free one without an end. */
export function firstSubscription(plan: Plan, now: Date): Pick<SubscriptionFacts, "plan" | "seats" | "subscriptionUntil"> & { readonly isTrial: boolean } {
  const isTrial = plan !== "free";
  const until = isTrial ? startOfBillingDay(addDays(billingDayOf(now), trialDays + 1)) : null;
  return { plan, seats: Math.min(firstSeats, planTerms[plan].seats), subscriptionUntil: until, isTrial };
}
