import { describe, expect, it } from "vitest";
import { approvalFault, cancelPoint, retryFrom, stopOf } from "./rules.ts";

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
    expect(cancelPoint(status, null)).toBe("never");
  });

  it("is given out again from the approval, never computed anew", () => {
    expect(retryFrom("publishing", "payroll/publish-failed")).toBe("approved");
    expect(retryFrom("publishing", null)).toBeUndefined();
    expect(retryFrom("published", "anything")).toBeUndefined();
    expect(retryFrom("failed", "payroll/totals-differ")).toBe("queued");
  });
});

describe("a run whose job was lost", () => {
  const began = new Date("2026-11-20T10:00:00Z");
  const after = (minutes: number) => new Date(began.getTime() + minutes * 60_000);
  const stage = { failure: null, queuedAt: began, computingAt: began, approvedAt: began };

  it.each(["queued", "computing", "approved", "publishing"] as const)("has stopped when it is %s for more than a quarter of an hour", (status) => {
    expect(stopOf({ ...stage, status }, after(15))).toBeNull();
    expect(stopOf({ ...stage, status }, after(16))).toBe("payroll/run-stalled");
  });

  it.each(["computed", "published", "cancelled"] as const)("has not stopped when it is %s, however long", (status) => {
    expect(stopOf({ ...stage, status }, after(1_000))).toBeNull();
  });

  it("tells first what its job noted", () => {
    expect(stopOf({ ...stage, status: "publishing", failure: "payroll/publish-failed" }, after(16))).toBe("payroll/publish-failed");
  });

  it("goes back to where it came from, and is cancelled without waiting for the job", () => {
    expect(retryFrom("queued", "payroll/run-stalled")).toBe("queued");
    expect(retryFrom("computing", "payroll/run-stalled")).toBe("queued");
    expect(retryFrom("approved", "payroll/run-stalled")).toBe("approved");
    expect(retryFrom("computing", null)).toBeUndefined();
    expect(cancelPoint("computing", "payroll/run-stalled")).toBe("now");
    expect(cancelPoint("computing", null)).toBe("next-chunk");
  });
});
