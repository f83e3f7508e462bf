import { pageRequestShape, plans } from "@atrium/kernel";
import { z } from "zod";
import { usageBuckets, UsageDto } from "../usage/contract.ts";

const slug = z.string().trim().toLowerCase().min(1).max(40);
const count = z.number().int().nonnegative();

export const CompanyOfConsole = z.object({ slug });
export type CompanyOfConsole = z.output<typeof CompanyOfConsole>;

const Limits = z.object({ perMinute: count, perHour: count });

/** An override in force, with who gave it and why. A limit that is null stays the plan's. */
export const OverrideShown = z.object({
  perMinute: count.nullable(),
  perHour: count.nullable(),
  until: z.iso.datetime(),
  by: z.string(),
  reason: z.string(),
});
export type OverrideShown = z.output<typeof OverrideShown>;

/** What the company's own people see of its usage, without their names: an operator sees no names without a grant. */
export const CompanyUsage = UsageDto.omit({ refusedFor: true }).extend({
  refusedFor: z.array(z.object({ memberId: z.string(), bucket: z.enum(usageBuckets), count })),
});
export type CompanyUsage = z.output<typeof CompanyUsage>;

/** What an operator may know of a company's limits. */
export const CompanyLimits = z.object({
  slug: z.string(),
  name: z.string(),
  status: z.enum(["active", "suspended", "deleted"]),
  plan: z.enum(plans),
  standing: z.string(),
  planLimits: Limits,
  /** In force now. */
  limits: Limits,
  override: OverrideShown.nullable(),
  usage: CompanyUsage,
});
export type CompanyLimits = z.output<typeof CompanyLimits>;

/** So many decisions that were made without Redis, of one class of request on one day, in the whole house. */
export const DegradedCount = z.object({ day: z.iso.date(), routeClass: z.string(), count });
export type DegradedCount = z.output<typeof DegradedCount>;

/** The order of the list: by address name, or whoever has used the largest share of a limit first. */
export const consoleOrders = ["slug", "usage"] as const;

export const SearchConsole = z.object({
  ...pageRequestShape,
  /** Part of a name or an address name. */
  search: z.string().trim().max(100).optional(),
  order: z.enum(consoleOrders).default("slug"),
});
export type SearchConsole = z.output<typeof SearchConsole>;

/** How much of a company's limits is used now. */
export const Load = z.object({
  /** In thousandths of the minute's and of the hour's bucket. */
  minuteUsed: count,
  hourUsed: count,
  /** Since the hour before the current one began. */
  refused: count,
});
export type Load = z.output<typeof Load>;

export const ConsoleRow = z.object({
  slug: z.string(),
  name: z.string(),
  status: z.enum(["active", "suspended", "deleted"]),
  plan: z.enum(plans),
  standing: z.string(),
  /** Until when an override holds; null when there is none. */
  overrideUntil: z.iso.datetime().nullable(),
  /** Null while Redis cannot be asked. */
  load: Load.nullable(),
});
export type ConsoleRow = z.output<typeof ConsoleRow>;

export const ConsolePage = z.object({
  rows: z.array(ConsoleRow),
  total: count,
  next: z.string().nullable(),
  /** The moment that `refused` counts from. */
  refusedSince: z.iso.datetime(),
});
export type ConsolePage = z.output<typeof ConsolePage>;
