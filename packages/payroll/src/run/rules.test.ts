import { describe, expect, it } from "vitest";
import { approvalFault, cancelPoint, retryFrom } from "./rules.ts";

describe("approving", () => {
  const run = { status: "computed", startedBy: "mem_1", approvedBy: null } as const;

  it.each([
    { who: "somebody else", run, memberId: "mem_2", fault: undefined },
    { who: "the one who started", run, memberId: "mem_1", fault: "payroll/approver-is-starter" },
    { who: "nobody in particular", run, memberId: undefined, fault: "payroll/approver-is-starter" },
    { who: "somebody else, too early", run: { ...run, status: "computing" } as const, memberId: "mem_2", fault: "payroll/not-computed" },
    { who: "a third person, too late", run: { ...run, status: "approved", approvedBy: "mem_2" } as const, memberId: "mem_3", fault: "payroll/already-approved" },
  ])("by $who: $fault", ({ run: tried, memberId, fault }) => {
    expect(approvalFault(tried, memberId)).toBe(fault);
  });
});

describe("what has been given out", () => {
  it.each(["approved", "publishing", "published", "cancelled"] as const)("is not cancelled: %s", (status) => {
    expect(cancelPoint(status)).toBe("never");
  });

  it("is given out again from the approval, never computed anew", () => {
    expect(retryFrom("publishing", "payroll/publish-failed")).toBe("approved");
    expect(retryFrom("publishing", null)).toBeUndefined();
    expect(retryFrom("published", null)).toBeUndefined();
    expect(retryFrom("failed", "payroll/totals-differ")).toBe("queued");
  });
});
