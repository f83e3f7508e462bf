import { addDays, billingDayOf, monthsAfter, planAt, plans, planTerms, standingAt, standingEnds, startOfBillingDay, sumPaise } from "@atrium/kernel";
import type { Module, Paise, PlainDate, PlanInForce, SubscriptionFacts } from "@atrium/kernel";
import type { ChargeLine, ObstacleDto } from "./contract.ts";
import { daysUpTo, endOfNextMonth, prorated, unusedSpans } from "./period-rules.ts";
import type { PaidTime, Span } from "./period-rules.ts";

/** A subscription as its row says it. */
export interface Subscription extends SubscriptionFacts, PaidTime {
  readonly isTrial: boolean;
}

/** What a subscription costs in a month, before tax. */
export const perMonth = ({ plan, seats }: PlanInForce): Paise => seats * planTerms[plan].pricePerSeatMinor;

/** A change that is in force with the answer, with the time that is paid after it; null for what has no end. */
interface AtOnce {
  readonly takesEffect: "at-once";
  readonly paid: { readonly from: Date; readonly until: Date } | null;
  readonly lines: readonly ChargeLine[];
}

interface AtPeriodEnd {
  readonly takesEffect: "at-period-end";
  readonly at: Date;
}

export type Change = AtOnce | AtPeriodEnd;

/** What there is of a company's that a plan holds. */
export interface PlanUse {
  readonly seats: number;
  readonly storedBytes: number;
  readonly modules: Readonly<Partial<Record<Module, number>>>;
}

/** Why a change cannot even be thought of; undefined when it can. */
export function refuseChange(subscription: Subscription, wanted: PlanInForce, now: Date) {
  const current = planAt(subscription, now);
  const isRunning = standingAt(subscription, now) === "open";
  if (wanted.seats > planTerms[wanted.plan].seats) return "subscription/seats-beyond-plan" as const;
  if (isRunning && subscription.cancelledAt !== null) return "subscription/cancelled" as const;
  const planned = plannedIn(subscription, now);
  // A plan that is tried is bought by choosing it again, and one that is over is begun anew.
  const isTried = subscription.isTrial && standingEnds(subscription, now) !== undefined;
  const isKept = isSame(wanted, current) && isRunning && !isTried;
  return isKept || (planned && isSame(wanted, planned)) ? ("subscription/unchanged" as const) : undefined;
}

const isSame = (one: PlanInForce, other: PlanInForce): boolean => one.plan === other.plan && one.seats === other.seats;

/** The plan that a later day brings. */
export function plannedIn({ nextPlan, nextSeats, nextPlanAt, ...rest }: Subscription, now: Date): (PlanInForce & { readonly at: Date }) | undefined {
  if (nextPlan === null || nextSeats === null || nextPlanAt === null || nextPlanAt <= now) return undefined;
  return { ...planAt({ ...rest, nextPlan, nextSeats, nextPlanAt }, nextPlanAt), at: nextPlanAt };
}

/**
 * What becomes of a subscription when this is wanted. Whatever takes something away waits for the end of what was paid, so
 * that nothing is ever given back; all else is in force at once, and the rest of what was paid is credited to it by the day,
 * each month as the plan that it was paid for.
 *
 * - The free plan, one without an end, and one whose grace is over: a paid month begins today.
 * - A trial goes on, with the new plan; its first paid month begins when the trial ends.
 * - In grace the month follows on the one that ended: those days have been used.
 */
export function changeOf(subscription: Subscription, wanted: PlanInForce, now: Date): Change {
  const { subscriptionUntil: until, isTrial } = subscription;
  const current = planAt(subscription, now);
  const standing = standingAt(subscription, now);
  const hasEnd = until !== null && current.plan !== "free";
  const isRunning = hasEnd && standing === "open";
  const isLess = plans.indexOf(wanted.plan) < plans.indexOf(current.plan) || wanted.seats < current.seats;
  if (isRunning && (wanted.plan === "free" || (isLess && !isTrial))) return { takesEffect: "at-period-end", at: until };
  if (wanted.plan === "free") return { takesEffect: "at-once", paid: null, lines: [] };
  if (isRunning && !isTrial) {
    const spans = unusedSpans(subscription, billingDayOf(now));
    const credits = spans.map((span) => credit(planAt(subscription, later(now, startOfBillingDay(span.from))), span));
    const lines = [...credits, ...spans.map((span) => charge(wanted, span))];
    const from = subscription.subscriptionFrom ?? startOfBillingDay(monthsAfter(billingDayOf(until), -1));
    return dueOf(lines) < 0 ? { takesEffect: "at-period-end", at: until } : { takesEffect: "at-once", paid: { from, until }, lines };
  }
  const month = isRunning || (hasEnd && standing === "grace") ? monthAfter(subscription, billingDayOf(until)) : monthFrom(billingDayOf(now));
  return { takesEffect: "at-once", paid: { from: startOfBillingDay(month.first), until: startOfBillingDay(month.to) }, lines: [charge(wanted, month)] };
}

/** A whole month, and the day that it and those before it are counted from. */
type Month = Span & { readonly first: PlainDate };

function monthFrom(day: PlainDate): Month {
  const to = monthsAfter(day, 1);
  return { first: day, from: day, to, days: daysUpTo(day, to), ofDays: daysUpTo(day, to) };
}

/** The month after what was paid, or after the trial. */
function monthAfter({ subscriptionFrom, isTrial }: Subscription, end: PlainDate): Month {
  if (isTrial || subscriptionFrom === null) return monthFrom(end);
  const first = billingDayOf(subscriptionFrom);
  const to = endOfNextMonth(first, end);
  return { first, from: end, to, days: daysUpTo(end, to), ofDays: daysUpTo(end, to) };
}

const charge = ({ plan, seats }: PlanInForce, span: Span): ChargeLine => ({
  plan, seats, unitMinor: planTerms[plan].pricePerSeatMinor, amountMinor: prorated(perMonth({ plan, seats }), span),
  from: span.from, until: addDays(span.to, -1), days: span.days, ofDays: span.ofDays,
});

const credit = (held: PlanInForce, span: Span): ChargeLine => {
  const line = charge(held, span);
  return { ...line, amountMinor: 0 - line.amountMinor };
};

const later = (one: Date, other: Date): Date => (one > other ? one : other);
const dueOf = (lines: readonly ChargeLine[]): Paise => sumPaise(lines.map(({ amountMinor }) => amountMinor));

export const dueFor = (change: Change): Paise => (change.takesEffect === "at-once" ? dueOf(change.lines) : 0);

/** What there is more of than the wanted plan holds, and that the plan in force does hold: nobody is refused more for having too much already. */
export function obstaclesTo(current: PlanInForce, wanted: PlanInForce, use: PlanUse): ObstacleDto[] {
  const [had, has] = [planTerms[current.plan], planTerms[wanted.plan]];
  const obstacles: ObstacleDto[] = [];
  if (wanted.seats < current.seats && use.seats > wanted.seats) obstacles.push({ code: "subscription/seats-in-use", params: { used: use.seats, seats: wanted.seats } });
  if (has.storageBytes < had.storageBytes && use.storedBytes > has.storageBytes) {
    obstacles.push({ code: "subscription/storage-in-use", params: { usedBytes: use.storedBytes, bytes: has.storageBytes } });
  }
  for (const module of had.modules) {
    const count = use.modules[module] ?? 0;
    if (count > 0 && !has.modules.includes(module)) obstacles.push({ code: "subscription/module-in-use", params: { module, count, plan: wanted.plan } });
  }
  return obstacles;
}

/** So many days before a month begins its invoice goes out. It is then due when the grace would end. */
export const renewalDays = 7;

/** The next paid month of a subscription that is to be renewed by now, and what it costs; undefined when there is none, or not yet. */
export function renewalDue(subscription: Subscription, now: Date): { readonly plan: PlanInForce; readonly from: Date; readonly until: Date; readonly line: ChargeLine } | undefined {
  const { kind, subscriptionUntil: until, cancelledAt, isTrial } = subscription;
  if (kind === "platform" || until === null || cancelledAt !== null || isTrial) return undefined;
  const standing = standingAt(subscription, now);
  if (now.getTime() < until.getTime() - renewalDays * 86_400_000 || (standing !== "open" && standing !== "grace")) return undefined;
  const plan = planAt(subscription, until > now ? until : now);
  if (plan.plan === "free") return undefined;
  const month = monthAfter(subscription, billingDayOf(until));
  return { plan, from: until, until: startOfBillingDay(month.to), line: charge(plan, month) };
}

/** No plan is planned for a later day. */
export const nothingPlanned = { nextPlan: null, nextSeats: null, nextPlanAt: null } as const;

/**
 * What a subscription becomes once a further month is paid. The month follows on what was paid, and on the grace; when the
 * company could only read, or not even that, it begins on the day of the payment, for those days were no use to it.
 *
 * It is a month of the plan that was paid for, and what is still to come of the one before stays as it is. A change that was
 * planned for its beginning, and is another one, waits for its end.
 */
export function renewed(subscription: Subscription, paid: PlanInForce, now: Date): Partial<Subscription> {
  const { subscriptionUntil: until } = subscription;
  const standing = standingAt({ ...subscription, cancelledAt: null }, now);
  const follows = until !== null && (standing === "open" || standing === "grace");
  const month = follows ? monthAfter(subscription, billingDayOf(until)) : monthFrom(billingDayOf(now));
  const time = { subscriptionFrom: startOfBillingDay(month.first), subscriptionUntil: startOfBillingDay(month.to), isTrial: false, cancelledAt: null };
  const planned = plannedIn(subscription, now);
  if (planned) return isSame(planned, paid) ? time : { ...time, nextPlanAt: time.subscriptionUntil };
  if (isSame(planAt(subscription, now), paid)) return time;
  const isToCome = standing === "open" && until !== null && until > now;
  return isToCome ? { ...time, nextPlan: paid.plan, nextSeats: paid.seats, nextPlanAt: until } : { ...time, plan: paid.plan, seats: paid.seats, ...nothingPlanned };
}
