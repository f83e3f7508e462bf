import { defineErrors, paiseSchema, plainDateSchema, plans, standings } from "@atrium/kernel";
import { z } from "zod";
import { TaxLine } from "../invoice/contract.ts";

export const subscriptionErrors = defineErrors({
  "subscription/seats-invalid": "invalid",
  /** The parameters `plan` and `seats` say how many the plan has at most. */
  "subscription/seats-beyond-plan": "invalid",
  /** It is what the company has, or has planned, already. */
  "subscription/unchanged": "conflict",
  /** Each field says what there is more of than the plan would hold. */
  "subscription/would-not-fit": "conflict",
  /** The amount is another one than the person agreed to: a day has passed, or somebody else has changed something. */
  "subscription/amount-changed": "conflict",
  /** It was cancelled and still runs: it has to be resumed first. */
  "subscription/cancelled": "conflict",
  /** The parameter `number` names the invoice. */
  "subscription/invoice-unpaid": "conflict",
  /** The parameter `number` names the invoice. */
  "subscription/already-invoiced": "conflict",
  "subscription/not-cancelled": "conflict",
  /** There is no end to go to: a free plan, or one without an end. */
  "subscription/nothing-to-cancel": "conflict",
  "subscription/nothing-planned": "conflict",
  /** What was cancelled is over; a plan has to be chosen. */
  "subscription/over": "conflict",
});

/** What there is more of than a plan would hold, as the field of a refusal says it too. */
export const obstacleCodes = ["subscription/seats-in-use", "subscription/storage-in-use", "subscription/module-in-use"] as const;
export type ObstacleCode = (typeof obstacleCodes)[number];

/** `seats-in-use`: `used`, `seats` · `storage-in-use`: `usedBytes`, `bytes` · `module-in-use`: `module`, `count`, `plan`. */
export const ObstacleDto = z.object({ code: z.enum(obstacleCodes), params: z.record(z.string(), z.union([z.string(), z.number()])) });
export type ObstacleDto = z.output<typeof ObstacleDto>;

const plan = z.enum(plans);
const seats = z.int({ error: "subscription/seats-invalid" }).min(1, { error: "subscription/seats-invalid" }).max(1_000_000, { error: "subscription/seats-invalid" });
const moment = z.iso.datetime();
const RequestLimitsDto = z.object({ perMinute: z.int(), perHour: z.int() });

/** A plan to come, chosen already, and when it takes the other's place. */
export const PlannedPlan = z.object({ plan, seats: z.int(), at: moment });
export type PlannedPlan = z.output<typeof PlannedPlan>;

/** What the company has subscribed to, by the clock. */
export const SubscriptionDto = z.object({
  plan,
  seats: z.int(),
  /** People who may sign in, those who have yet to accept counted in. */
  seatsUsed: z.int(),
  storedBytes: z.int(),
  /** It is tried and not yet paid for. Also true of a plan that was bought, until its first paid month begins. */
  isTrial: z.boolean(),
  /** The beginning of the first paid month; null before there was one. */
  from: moment.nullable(),
  /** The moment it ends unless it is renewed; null when it has no end. */
  until: moment.nullable(),
  standing: z.enum(standings),
  /** When it becomes one that can only be read, and when its doors close; null when it has no end. */
  graceUntil: moment.nullable(),
  readOnlyUntil: moment.nullable(),
  next: PlannedPlan.nullable(),
  cancelledAt: moment.nullable(),
  /** What it costs each month before tax, in paise. */
  perMonthMinor: paiseSchema,
  /** Requests in force, an operator's override counted in. */
  limits: RequestLimitsDto.extend({ isOverridden: z.boolean() }),
});
export type SubscriptionDto = z.output<typeof SubscriptionDto>;

export const PreviewChange = z.object({ plan, seats });
export type PreviewChange = z.output<typeof PreviewChange>;

/** `agreedMinor` is `dueMinor` of the preview that the person saw. */
export const ChangePlan = PreviewChange.extend({ agreedMinor: paiseSchema });
export type ChangePlan = z.output<typeof ChangePlan>;

/**
 * One line of what a change costs, before tax. A credit is below zero. `seats` times the plan's price, for `days` of the
 * `ofDays` of a month, rounded to the nearest paisa, half up.
 */
export const ChargeLine = z.object({
  plan,
  seats: z.int(),
  unitMinor: paiseSchema,
  amountMinor: paiseSchema,
  /** The first and the last day that it is for. */
  from: plainDateSchema,
  until: plainDateSchema,
  days: z.int(),
  ofDays: z.int(),
});
export type ChargeLine = z.output<typeof ChargeLine>;

/**
 * `at-once`: in force with the answer. `at-period-end`: it takes something away, so it waits for the end of what was paid,
 * and costs nothing until then.
 */
export const changeTimes = ["at-once", "at-period-end"] as const;

/** What a change would be: its money, its beginning, what it lets the company do, and what stands in its way. */
export const ChangeDto = z.object({
  plan,
  seats: z.int(),
  takesEffect: z.enum(changeTimes),
  beginsAt: moment,
  /** The end of what is paid after the change; null for a plan without an end. */
  until: moment.nullable(),
  lines: z.array(ChargeLine),
  /** What becomes due by the change, before tax: an invoice to pay within 14 days. 0 is no invoice. */
  dueMinor: paiseSchema,
  /** On what is due, by the state that the billing details name at this moment. */
  taxes: z.array(TaxLine),
  /** What is due with its taxes. */
  totalMinor: paiseSchema,
  /** Before tax. */
  perMonthMinor: paiseSchema,
  limits: RequestLimitsDto,
  /** With any of them the change is refused. */
  obstacles: z.array(ObstacleDto),
});
export type ChangeDto = z.output<typeof ChangeDto>;
