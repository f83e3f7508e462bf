import { defineErrors, defineEvent, idSchema, yearMonthSchema } from "@atrium/kernel";
import { z } from "zod";
import { PaySums } from "../computing/contract.ts";

export type { RuleVersion } from "../computing/contract.ts";

export const runErrors = defineErrors({
  "payroll/run-not-found": "not-found",
  "payroll/run-exists": "conflict",
  "payroll/employees-blocked": "conflict",
  "payroll/nobody-to-pay": "conflict",
  "payroll/month-too-far": "conflict",
  "payroll/approver-is-starter": "forbidden",
  "payroll/not-computed": "conflict",
  "payroll/already-approved": "conflict",
  "payroll/cannot-cancel": "conflict",
  "payroll/cannot-retry": "conflict",
  "payroll/run-stalled": "unavailable",
});

export const runStatuses = ["queued", "computing", "computed", "approved", "publishing", "published", "failed", "cancelled"] as const;
export const RunStatus = z.enum(runStatuses);
export type RunStatus = z.output<typeof RunStatus>;

export const runIdSchema = idSchema("prn");
const instant = z.iso.datetime();

export const StartRun = z.object({
  period: yearMonthSchema,
  /** Pay everybody else when somebody is blocked. */
  excludeBlocked: z.boolean().default(false),
});
export type StartRun = z.output<typeof StartRun>;

export const RunRef = z.object({ id: runIdSchema });
export type RunRef = z.output<typeof RunRef>;

export const RunOfMonth = z.object({ period: yearMonthSchema });
export const RunsOfYear = z.object({ year: z.number().int().min(2000).max(2100) });

export const RunSummary = z.object({
  id: z.string(),
  period: yearMonthSchema,
  status: RunStatus,
  employees: z.number().int(),
  leftOutCount: z.number().int(),
  /** Null until the run has been computed and its sums agreed. */
  sums: PaySums.nullable(),
  startedBy: z.string(),
  /** The person who asks is the one who started it, and so cannot approve it. */
  isStarter: z.boolean(),
  startedAt: instant,
  computedAt: instant.nullable(),
  approvedBy: z.string().nullable(),
  approvedAt: instant.nullable(),
  publishedAt: instant.nullable(),
  isCancelRequested: z.boolean(),
  /** The code of what stopped it: what its job noted, or that nothing has come of its job. */
  failure: z.string().nullable(),
});
export type RunSummary = z.output<typeof RunSummary>;

/** One for each month that has a run: the live one, or else the last that was tried. */
export const RunList = z.object({ runs: z.array(RunSummary) });
export type RunList = z.output<typeof RunList>;

export const MaybeRun = z.object({ run: RunSummary.nullable() });

export const RunProgress = z.object({
  id: z.string(),
  status: RunStatus,
  employees: z.number().int(),
  done: z.number().int(),
  sums: PaySums,
  /** Null until something has been done. */
  perSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  isCancelRequested: z.boolean(),
  failure: z.string().nullable(),
});
export type RunProgress = z.output<typeof RunProgress>;

/** Where this month's pay stands, for the home of whoever runs it. */
export const Standing = z.object({ period: yearMonthSchema, headcount: z.number().int(), blocked: z.number().int(), run: RunSummary.nullable() });
export type Standing = z.output<typeof Standing>;

const runNews = z.object({ tenantId: z.string(), runId: z.string(), attempt: z.number().int() });

/** The inputs are frozen; the figures are to be computed. */
export const runQueued = defineEvent("payroll/run.queued", runNews);
/** A second person agreed; the payslips are to be given out. */
export const runApproved = defineEvent("payroll/run.approved", runNews);
/** Everybody can see their payslip. */
export const runPublished = defineEvent("payroll/run.published", runNews);

/** The id of a run's news: the same however often it is sent, another after a retry. Ids are one pool for all kinds of news. */
export function newsId(news: { readonly name: string }, { runId, attempt }: { readonly runId: string; readonly attempt: number }): string {
  return `${news.name}:${runId}.${attempt}`;
}
