import type { Ctx } from "@atrium/api";
import { addDays, formatDate, planAt, planTerms, refusal, standingAt, standingEnds, startOfBillingDay } from "@atrium/kernel";
import type { PlanInForce } from "@atrium/kernel";
import { issueInvoice, listUnpaid, renewalFrom, withTaxes } from "../invoice/service.ts";
import type { InvoiceDto, InvoiceLine } from "../invoice/contract.ts";
import { limitsInForce } from "../override/service.ts";
import { ChangeDto, SubscriptionDto, subscriptionErrors } from "./contract.ts";
import type { ChangePlan, ChargeLine, PreviewChange } from "./contract.ts";
import { holdSubscription, loadSubscription, planUseOf, saveSubscription } from "./record.ts";
import { changeOf, dueFor, nothingPlanned, obstaclesTo, perMonth, plannedIn, refuseChange, renewalDue, renewed } from "./rules.ts";
import type { Change, Subscription } from "./rules.ts";

/** What the company has subscribed to at this moment, and how much of it is used. */
export async function describeSubscription(ctx: Ctx): Promise<SubscriptionDto> {
  const { db, tenant, now } = ctx;
  const subscription = await loadSubscription(ctx);
  const { subscriptionFrom: from, isTrial, cancelledAt } = subscription;
  const inForce = planAt(subscription, now);
  const ends = standingEnds(subscription, now);
  const next = plannedIn(subscription, now);
  const use = await planUseOf(ctx);
  const { perMinute, perHour, isOverridden } = await limitsInForce(db, tenant.id, now);
  return SubscriptionDto.parse({
    ...inForce,
    seatsUsed: use.seats,
    storedBytes: use.storedBytes,
    isTrial: ends !== undefined && (isTrial || (from !== null && from > now)),
    from: from?.toISOString() ?? null,
    until: ends?.until.toISOString() ?? null,
    standing: standingAt(subscription, now),
    graceUntil: ends?.graceUntil.toISOString() ?? null,
    readOnlyUntil: ends?.readOnlyUntil.toISOString() ?? null,
    next: next ? { ...next, at: next.at.toISOString() } : null,
    cancelledAt: cancelledAt?.toISOString() ?? null,
    perMonthMinor: perMonth(inForce),
    limits: { perMinute, perHour, isOverridden },
  });
}

interface Prospect {
  readonly change: Change;
  readonly dto: ChangeDto;
}

/**
 * What it would be to have this plan with so many seats: nothing is changed. Throws `subscription/seats-beyond-plan`,
 * `subscription/unchanged`, `subscription/cancelled`, `subscription/invoice-unpaid`, `subscription/already-invoiced`.
 */
export async function previewChange(ctx: Ctx, wanted: PreviewChange): Promise<ChangeDto> {
  return (await prospect(ctx, await loadSubscription(ctx), wanted)).dto;
}

async function prospect(ctx: Ctx, subscription: Subscription, wanted: PlanInForce): Promise<Prospect> {
  const { now } = ctx;
  const terms = planTerms[wanted.plan];
  const refused = refuseChange(subscription, wanted, now);
  const seatsField = refused === "subscription/seats-beyond-plan" ? { field: "seats", params: { plan: wanted.plan, seats: terms.seats } } : {};
  if (refused) throw refusal(subscriptionErrors, refused, seatsField);
  const change = await afterWhatIsInvoiced(ctx, subscription, changeOf(subscription, wanted, now));
  const obstacles = obstaclesTo(planAt(subscription, now), wanted, await planUseOf(ctx));
  const isAtOnce = change.takesEffect === "at-once";
  const until = isAtOnce ? (change.paid?.until ?? null) : wanted.plan === "free" ? null : change.at;
  const dueMinor = dueFor(change);
  const dto = ChangeDto.parse({
    ...wanted,
    takesEffect: change.takesEffect,
    beginsAt: (isAtOnce ? now : change.at).toISOString(),
    until: until?.toISOString() ?? null,
    lines: isAtOnce ? change.lines : [],
    dueMinor,
    ...(await withTaxes(ctx, dueMinor)),
    perMonthMinor: perMonth(wanted),
    limits: terms.limits,
    obstacles,
  });
  return { change, dto };
}

/**
 * What has been invoiced already is paid first: nothing is charged on top of it, and a change that waits lets the next month
 * pass too, where that one's invoice is out. Throws `subscription/invoice-unpaid`, and `subscription/already-invoiced` when that
 * month is to begin with yet another plan.
 */
async function afterWhatIsInvoiced(ctx: Ctx, subscription: Subscription, change: Change): Promise<Change> {
  const { subscriptionUntil: until } = subscription;
  const renewal = until && (await renewalFrom(ctx, until));
  const open = renewal && renewal.status !== "paid" ? renewal : undefined;
  if (change.takesEffect === "at-period-end") {
    const at = open ? endOf(open) : change.at;
    const planned = plannedIn(subscription, ctx.now);
    if (planned && planned.at < at) await assertNotInvoiced(ctx, planned.at);
    return { ...change, at };
  }
  if (dueFor(change) === 0) return change;
  const number = open?.number ?? (await firstOverdue(ctx));
  if (number !== undefined) throw refusal(subscriptionErrors, "subscription/invoice-unpaid", { params: { number } });
  return change;
}

async function assertNotInvoiced(ctx: Ctx, from: Date): Promise<void> {
  const invoiced = await renewalFrom(ctx, from);
  if (invoiced) throw refusal(subscriptionErrors, "subscription/already-invoiced", { params: { number: invoiced.number } });
}

/** The first moment after what an invoice covers. */
const endOf = ({ periodUntil }: InvoiceDto): Date => startOfBillingDay(addDays(periodUntil, 1));

async function firstOverdue(ctx: Ctx): Promise<string | undefined> {
  const unpaid = await listUnpaid(ctx);
  return unpaid.find(({ status }) => status === "overdue")?.number;
}

/**
 * Gives the company this plan with so many seats: at once and with an invoice, or planned for the end of what is paid. Throws
 * what `previewChange` throws, `subscription/would-not-fit` with a field for each thing, and `subscription/amount-changed`.
 */
export async function changePlan(ctx: Ctx, { agreedMinor, ...wanted }: ChangePlan): Promise<SubscriptionDto> {
  const before = await holdSubscription(ctx);
  const { change, dto } = await prospect(ctx, before, wanted);
  const fields = dto.obstacles.map(({ code, params }) => ({ field: code === "subscription/seats-in-use" ? "seats" : "plan", code, params }));
  if (fields.length > 0) throw refusal(subscriptionErrors, "subscription/would-not-fit", { fields });
  if (dto.dueMinor !== agreedMinor) throw refusal(subscriptionErrors, "subscription/amount-changed");
  const { plan, seats } = wanted;
  if (change.takesEffect === "at-period-end") {
    await saveSubscription(ctx, before, { nextPlan: plan, nextSeats: seats, nextPlanAt: change.at }, "subscription.plan-change");
    return describeSubscription(ctx);
  }
  const { from, until } = change.paid ?? { from: null, until: null };
  const time = { subscriptionFrom: from, subscriptionUntil: until, isTrial: false, cancelledAt: null };
  await saveSubscription(ctx, before, { plan, seats, ...time, ...nothingPlanned }, "subscription.change");
  await invoice(ctx, change.lines);
  return describeSubscription(ctx);
}

async function invoice(ctx: Ctx, lines: readonly ChargeLine[]): Promise<void> {
  const [first, last] = [lines[0], lines.at(-1)];
  if (first && last) await issueInvoice(ctx, { lines: lines.map(invoiceLineOf), periodFrom: startOfBillingDay(first.from), periodUntil: startOfBillingDay(addDays(last.until, 1)) });
}

const planNames = { free: "Free", starter: "Starter", professional: "Professional", enterprise: "Enterprise" } as const;

/** `Professional, 20 Nov 2026 to 19 Dec 2026`. An invoice is in English, whatever its reader's page is in. */
function invoiceLineOf({ plan, seats, unitMinor, amountMinor, from, until, days, ofDays }: ChargeLine): InvoiceLine {
  const part = days === ofDays ? "" : ` (${days} of ${ofDays} days)`;
  const what = amountMinor < 0 ? `Credit for ${planNames[plan]}` : planNames[plan];
  return { description: `${what}, ${formatDate(from)} to ${formatDate(until)}${part}`, quantity: seats, unitMinor, amountMinor };
}

/**
 * Keeps the plan in force beyond the end of what is paid. Throws `subscription/nothing-planned`, and
 * `subscription/already-invoiced` when the month that begins with the planned one has its invoice.
 */
export async function withdrawChange(ctx: Ctx): Promise<SubscriptionDto> {
  const before = await holdSubscription(ctx);
  const planned = plannedIn(before, ctx.now);
  if (!planned) throw refusal(subscriptionErrors, "subscription/nothing-planned");
  await assertNotInvoiced(ctx, planned.at);
  await saveSubscription(ctx, before, nothingPlanned, "subscription.withdraw-change");
  return describeSubscription(ctx);
}

/** Ends the subscription with what is paid, or tried. Throws `subscription/nothing-to-cancel`, `subscription/cancelled`, `subscription/over`. */
export async function cancelSubscription(ctx: Ctx): Promise<SubscriptionDto> {
  const before = await holdSubscription(ctx);
  if (!standingEnds(before, ctx.now)) throw refusal(subscriptionErrors, "subscription/nothing-to-cancel");
  if (standingAt(before, ctx.now) !== "open") throw refusal(subscriptionErrors, "subscription/over");
  if (before.cancelledAt) throw refusal(subscriptionErrors, "subscription/cancelled");
  const { subscriptionUntil: until } = before;
  // What was to begin after the end does not; what is paid already does.
  const isPaid = before.nextPlanAt !== null && until !== null && before.nextPlanAt < until;
  await saveSubscription(ctx, before, { cancelledAt: ctx.now, ...(!isPaid && nothingPlanned) }, "subscription.cancel");
  return describeSubscription(ctx);
}

/** Takes a cancellation back before the end. Throws `subscription/not-cancelled`, `subscription/over`. */
export async function resumeSubscription(ctx: Ctx): Promise<SubscriptionDto> {
  const before = await holdSubscription(ctx);
  if (!before.cancelledAt) throw refusal(subscriptionErrors, "subscription/not-cancelled");
  if (standingAt(before, ctx.now) !== "open") throw refusal(subscriptionErrors, "subscription/over");
  await saveSubscription(ctx, before, { cancelledAt: null }, "subscription.resume");
  return describeSubscription(ctx);
}

/**
 * Issues the invoice of the month after what is paid, from a week before its beginning to the end of the grace. By being paid
 * it renews: see `renewSubscription`. Null when it is not the time, and for what is not to be renewed: a free plan, one without
 * an end, a trial, and what was cancelled. Issued once, however often it is asked.
 */
export async function issueRenewalWhenDue(ctx: Ctx): Promise<InvoiceDto | null> {
  const next = renewalDue(await holdSubscription(ctx), ctx.now);
  return next ? issueInvoice(ctx, { lines: [invoiceLineOf(next.line)], periodFrom: next.from, periodUntil: next.until, renewal: next.plan }) : null;
}

/** Gives the company one more month of what was paid for: see `renewed`. */
export async function renewSubscription(ctx: Ctx, paid: PlanInForce): Promise<void> {
  const before = await holdSubscription(ctx);
  await saveSubscription(ctx, before, renewed(before, paid, ctx.now), "subscription.renew");
}
