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

/** When a run can still be cancelled: at once, by its job at the next chunk, or no more. */
export function cancelPoint(status: RunStatus): "now" | "next-chunk" | "never" {
  switch (status) {
    case "queued":
    case "computed":
    case "failed":
      return "now";
    case "computing":
      return "next-chunk";
    case "approved":
    case "publishing":
    case "published":
    case "cancelled":
      return "never";
  }
}

/** What a retry goes back to: computing from the frozen inputs, or giving out what was approved. */
export function retryFrom(status: RunStatus, failure: string | null): "queued" | "approved" | undefined {
  if (status === "failed") return "queued";
  return status === "publishing" && failure !== null ? "approved" : undefined;
}

/** The dated rules that a run of this month will use, for its record. */
export function ruleVersionsOf(period: YearMonth): RuleVersion[] {
  const rules = rulesOf(period);
  return rules ? ruleVersions(rules) : [];
}
