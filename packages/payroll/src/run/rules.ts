import type { YearMonth } from "@atrium/kernel";
import { rulesOf, ruleVersions } from "../computing/pay-rules.ts";
import type { RuleVersion, RunStatus } from "./contract.ts";

export interface Approvable {
  readonly status: RunStatus;
  readonly startedBy: string;
  readonly approvedBy: string | null;
}

/** Why this member cannot approve the run; undefined when they can. Two pairs of eyes: never the one who started it. */
export function approvalFault(
  { status, startedBy, approvedBy }: Approvable,
  memberId: string | undefined,
): "payroll/already-approved" | "payroll/not-computed" | "payroll/approver-is-starter" | undefined {
  if (approvedBy !== null) return "payroll/already-approved";
  if (status !== "computed") return "payroll/not-computed";
  return memberId === undefined || memberId === startedBy ? "payroll/approver-is-starter" : undefined;
}

export interface Stage {
  readonly status: RunStatus;
  readonly failure: string | null;
  readonly queuedAt: Date;
  readonly computingAt: Date | null;
  readonly approvedAt: Date | null;
}

/** A stage that has not ended after this long has lost its job: with every retry of its steps it takes some minutes. */
const stalledAfterMs = 15 * 60_000;

/** The code of what stopped a run: what its job noted or, when nothing has come of its job, `payroll/run-stalled`. */
export function stopOf({ status, failure, queuedAt, computingAt, approvedAt }: Stage, now: Date): string | null {
  if (failure !== null) return failure;
  const stageBegan: Partial<Record<RunStatus, Date | null>> = { queued: queuedAt, computing: computingAt, approved: approvedAt, publishing: approvedAt };
  const began = stageBegan[status];
  return began && now.getTime() - began.getTime() > stalledAfterMs ? "payroll/run-stalled" : null;
}

/** When a run can still be cancelled: at once, by its job at the next chunk, or no more. Who lost their job is not waited for. */
export function cancelPoint(status: RunStatus, stop: string | null): "now" | "next-chunk" | "never" {
  switch (status) {
    case "queued":
    case "computed":
    case "failed":
      return "now";
    case "computing":
      return stop === null ? "next-chunk" : "now";
    case "approved":
    case "publishing":
    case "published":
    case "cancelled":
      return "never";
  }
}

/** What a retry of a stopped run goes back to: computing from the frozen inputs, or giving out what was approved. */
export function retryFrom(status: RunStatus, stop: string | null): "queued" | "approved" | undefined {
  if (stop === null) return undefined;
  switch (status) {
    case "queued":
    case "computing":
    case "failed":
      return "queued";
    case "approved":
    case "publishing":
      return "approved";
    case "computed":
    case "published":
    case "cancelled":
      return undefined;
  }
}

/** The dated rules that a run of this month will use, for its record. */
export function ruleVersionsOf(period: YearMonth): RuleVersion[] {
  const rules = rulesOf(period);
  return rules ? ruleVersions(rules) : [];
}
