import { defineErrors, pageRequestShape, plans, standings } from "@atrium/kernel";
import { z } from "zod";
import { InvoiceSummary } from "../invoice/contract.ts";
import { OverrideDto, OverrideLimits } from "../override/contract.ts";
import { RecordPayment } from "../payment/contract.ts";
import { usageBuckets, UsageDto } from "../usage/contract.ts";

const slug = z.string().trim().toLowerCase().min(1).max(40);
const count = z.int().nonnegative();
const requestLimits = z.object({ perMinute: count, perHour: count });
const companyStatuses = ["active", "suspended", "deleted"] as const;

export const CompanyOfConsole = z.object({ slug });
export type CompanyOfConsole = z.output<typeof CompanyOfConsole>;

export const consoleErrors = defineErrors({ "console/company-deleted": "conflict" });

/** What the company's own people see of its usage, without their names: an operator sees no names without a grant. */
export const CompanyUsage = UsageDto.omit({ refusedFor: true }).extend({
  refusedFor: z.array(z.object({ memberId: z.string(), bucket: z.enum(usageBuckets), count })),
});
export type CompanyUsage = z.output<typeof CompanyUsage>;

/** What an operator may know of a company's limits. */
export const CompanyLimits = z.object({
  slug: z.string(),
  name: z.string(),
  status: z.enum(companyStatuses),
  plan: z.enum(plans),
  standing: z.enum(standings),
  planLimits: requestLimits,
  /** In force now. */
  limits: requestLimits,
  override: OverrideDto.nullable(),
  usage: CompanyUsage,
});
export type CompanyLimits = z.output<typeof CompanyLimits>;

/** The company's page: its limits, the overrides it ever had, and what it has yet to pay. */
export const ConsoleCompany = CompanyLimits.extend({
  /** The newest first. */
  overrides: z.array(OverrideDto),
  unpaid: z.array(InvoiceSummary),
});
export type ConsoleCompany = z.output<typeof ConsoleCompany>;

/** An override from this moment on. */
export const OverrideCompany = OverrideLimits.omit({ until: true }).extend({
  slug,
  /** How long it holds; null until somebody ends it. */
  minutes: z.int().min(5).max(366 * 1_440).nullable(),
});
export type OverrideCompany = z.output<typeof OverrideCompany>;

export const RecordCompanyPayment = RecordPayment.extend({ slug });
export type RecordCompanyPayment = z.output<typeof RecordCompanyPayment>;

/** Decisions that were made without Redis, of one class of request on one day, in the whole house. */
export const DegradedDto = z.object({ day: z.iso.date(), routeClass: z.string(), count });
export type DegradedDto = z.output<typeof DegradedDto>;

export const DegradedDecisions = z.object({
  /** False when Redis, where they are counted, cannot be asked itself. */
  isLive: z.boolean(),
  /** The last seven days, the newest first. */
  counts: z.array(DegradedDto),
});
export type DegradedDecisions = z.output<typeof DegradedDecisions>;

/** By address name, or whoever has used the largest share of a limit first. */
export const consoleOrders = ["slug", "usage"] as const;

export const SearchConsole = z.object({
  ...pageRequestShape,
  /** Part of a name or an address name. */
  search: z.string().trim().max(100).optional(),
  order: z.enum(consoleOrders).default("slug"),
});
export type SearchConsole = z.output<typeof SearchConsole>;

export const ConsoleRow = z.object({
  slug: z.string(),
  name: z.string(),
  status: z.enum(companyStatuses),
  plan: z.enum(plans),
  standing: z.enum(standings),
  /** Null without one. `until` is null for one that holds until somebody ends it. */
  override: z.object({ until: z.iso.datetime().nullable() }).nullable(),
  /** Null while Redis cannot be asked. */
  load: z
    .object({
      /** What is used of each window, in hundredths. */
      minutePercent: count,
      hourPercent: count,
      /** Refused since the hour began. */
      refused: count,
    })
    .nullable(),
});
export type ConsoleRow = z.output<typeof ConsoleRow>;

export const ConsolePage = z.object({
  rows: z.array(ConsoleRow),
  total: count,
  next: z.string().nullable(),
  /** How it is ordered: by address name when usage was asked for and nobody knows it. */
  order: z.enum(consoleOrders),
});
export type ConsolePage = z.output<typeof ConsolePage>;
