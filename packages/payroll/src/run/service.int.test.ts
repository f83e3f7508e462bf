import { callAs } from "@atrium/api/testing";
import { Prisma } from "@atrium/db";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestDatabase, TestTenant } from "@atrium/db/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { chunkSize } from "../computing/rules.ts";
import { computeChunk, failRun, finishCancel, planRun, reconcileRun } from "../computing/service.ts";
import { payrollRouter } from "../index.ts";
import { computeHere, inTenant, makePayroll, makeSalaries } from "../testing.ts";
import type { TestPayroll } from "../testing.ts";

const period = "2026-11";
const now = new Date("2026-11-20T06:00:00Z");
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

async function company(people: Parameters<typeof makePayroll>[2] = 3) {
  const tenant = await makeTenant();
  const payroll = await makePayroll(database, tenant, people);
  const as = (member: TestPayroll["starter"]) => callAs(payrollRouter, { database, tenant, member, now });
  return { tenant, ...payroll, starts: as(payroll.starter), approves: as(payroll.approver) };
}

const slipsOf = (tenant: TestTenant, runId: string) =>
  database.withTenant(tenant.id, (db) => db.payslip.findMany({ where: { runId }, orderBy: { employeeId: "asc" } }));

/** The refusal as the door answers it, with these values in its sentence. */
function refusal(code: string, params: object = {}): unknown {
  const detail: unknown = Object.keys(params).length > 0 ? expect.objectContaining({ params: expect.objectContaining(params) as unknown }) : expect.anything();
  return expect.objectContaining({ message: code, cause: expect.objectContaining({ detail }) as unknown });
}

describe("starting", () => {
  it("freezes who is in and tells the news once", async () => {
    const { starts, tenant } = await company();
    const run = await starts.call.run.start({ period });
    expect(run).toMatchObject({ status: "queued", employees: 3, startedBy: "Starter", isStarter: true, sums: null });
    expect(starts.sent).toEqual([{ name: "payroll/run.queued", id: `payroll/run.queued:${run.id}.1`, data: expect.objectContaining({ tenantId: tenant.id, runId: run.id, attempt: 1 }) }]);
  });

  it("computes from the frozen inputs, whatever has changed since", async () => {
    const { starts, tenant, employeeIds } = await company(1);
    const run = await starts.call.run.start({ period });
    await database.withTenant(tenant.id, (db) => db.salary.updateMany({ where: { employeeId: employeeIds[0] ?? "" }, data: { basicMinor: 1 } }));
    await computeHere(database, tenant, { runId: run.id, attempt: 1 }, now);
    // Basic 15,000, HRA 8,000, allowance 2,000.
    expect((await slipsOf(tenant, run.id)).map(({ grossMinor }) => grossMinor)).toEqual([25_000_00n]);
  });

  it("refuses the second of two at the same moment and names the first", async () => {
    const { starts, approves } = await company();
    const answers = await Promise.allSettled([starts.call.run.start({ period }), approves.call.run.start({ period })]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const winner = answers.find((answer) => answer.status === "fulfilled");
    expect(answers.find((answer) => answer.status === "rejected")?.reason).toEqual(refusal("payroll/run-exists", { startedBy: winner?.value.startedBy }));
  });

  it("names who is blocked, and goes on without them only when asked to", async () => {
    const { starts, employeeIds, tenant } = await company(3);
    await database.withTenant(tenant.id, (db) => db.$executeRaw`UPDATE salary SET effective_from = '2026-12-01' WHERE employee_id = ${employeeIds[1]}`);
    await expect(starts.call.run.start({ period })).rejects.toEqual(refusal("payroll/employees-blocked", { count: 1 }));
    const run = await starts.call.run.start({ period, excludeBlocked: true });
    expect(run).toMatchObject({ employees: 2, leftOutCount: 1 });
    expect((await starts.call.review.get({ id: run.id })).leftOut).toEqual([expect.objectContaining({ employeeId: employeeIds[1], blocker: "no-salary" })]);
  });

  it("refuses a month in which nobody can be paid", async () => {
    const { starts } = await company(0);
    await expect(starts.call.run.start({ period })).rejects.toEqual(refusal("payroll/nobody-to-pay"));
  });

  it("refuses a month beyond the next: given out by mistake, it would close every salary until then", async () => {
    const { starts } = await company(1);
    await expect(starts.call.run.start({ period: "2027-01" })).rejects.toEqual(refusal("payroll/month-too-far", { month: "January 2027" }));
    expect(await starts.call.run.start({ period: "2026-12" })).toMatchObject({ period: "2026-12", status: "queued" });
  });

  it("refuses a month from before the first rule", async () => {
    const { starts } = await company(1);
    await expect(starts.call.run.start({ period: "2010-01" })).rejects.toEqual(refusal("payroll/month-not-covered"));
  });
});

describe("computing", () => {
  it("gives every employee one payslip and a header that equals their sum, over several chunks", async () => {
    const { starts, tenant } = await company(chunkSize + 3);
    const { id: runId } = await starts.call.run.start({ period });
    await computeHere(database, tenant, { runId, attempt: 1 }, now);
    const slips = await slipsOf(tenant, runId);
    const net = slips.reduce((sum, { netMinor }) => sum + Number(netMinor), 0);
    expect(new Set(slips.map(({ employeeId }) => employeeId)).size).toBe(chunkSize + 3);
    expect(await starts.call.review.get({ id: runId })).toMatchObject({ status: "computed", employees: chunkSize + 3, sums: { netMinor: net } });
  });

  it("changes nothing when every step runs twice", async () => {
    const { starts, tenant } = await company(chunkSize + 3);
    const { id: runId } = await starts.call.run.start({ period });
    const run = { runId, attempt: 1 };
    const step = <T>(work: Parameters<typeof inTenant<T>>[2]) => inTenant(database, tenant, work, { now });
    expect((await step((ctx) => planRun(ctx, run))).value).toEqual({ chunks: 2 });
    expect((await step((ctx) => planRun(ctx, run))).value).toEqual({ chunks: 2 });
    await Promise.all([1, 2, 2, 1].map((number) => step((ctx) => computeChunk(ctx, { ...run, number }))));
    const first = await slipsOf(tenant, runId);
    await step((ctx) => computeChunk(ctx, { ...run, number: 1 }));
    await step((ctx) => reconcileRun(ctx, run));
    const header = await starts.call.review.get({ id: runId });
    expect((await step((ctx) => reconcileRun(ctx, run))).value).toBe("overtaken");
    expect((await step((ctx) => computeChunk(ctx, { ...run, number: 1 }))).value).toBe("overtaken");
    expect(await slipsOf(tenant, runId)).toEqual(first);
    expect(await starts.call.review.get({ id: runId })).toEqual(header);
  });

  it("counts what is done, adds it up and tells the time left", async () => {
    const { starts, tenant } = await company(chunkSize + 3);
    const { id } = await starts.call.run.start({ period });
    await inTenant(database, tenant, (ctx) => planRun(ctx, { runId: id, attempt: 1 }), { now });
    expect(await starts.call.run.progress({ id })).toMatchObject({ status: "computing", done: 0, perSecond: null, secondsLeft: null });
    await inTenant(database, tenant, (ctx) => computeChunk(ctx, { runId: id, attempt: 1, number: 1 }), { now: new Date(now.getTime() + 2_000) });
    const net = (await slipsOf(tenant, id)).reduce((sum, { netMinor }) => sum + Number(netMinor), 0);
    // 500 in 2 seconds are 250 a second; 3 more take less than one.
    expect(await starts.call.run.progress({ id })).toMatchObject({ done: chunkSize, perSecond: 250, secondsLeft: 1, sums: { netMinor: net } });
  });

  it.each([
    { what: "a payslip changed by a paisa", sql: "UPDATE payslip SET net_minor = net_minor - 1, gross_minor = gross_minor - 1 WHERE id = (SELECT min(id) FROM payslip)" },
    { what: "two payslips changed so that the total still agrees", sql: "UPDATE payslip SET net_minor = net_minor + d, gross_minor = gross_minor + d FROM (SELECT min(id) AS id, 1 AS d FROM payslip UNION SELECT max(id), -1 FROM payslip) x WHERE x.id = payslip.id" },
    { what: "a line changed on a payslip", sql: "UPDATE payslip SET lines = jsonb_set(lines, '{0,amountMinor}', '1') WHERE id = (SELECT min(id) FROM payslip)" },
    { what: "a missing payslip", sql: "DELETE FROM payslip WHERE id = (SELECT min(id) FROM payslip)" },
  ])("refuses $what, and a retry from the frozen inputs mends it", async ({ sql }) => {
    const { starts, tenant } = await company(4);
    const { id: runId } = await starts.call.run.start({ period });
    const run = { runId, attempt: 1 };
    await inTenant(database, tenant, (ctx) => planRun(ctx, run));
    await inTenant(database, tenant, (ctx) => computeChunk(ctx, { ...run, number: 1 }));
    await tamper(tenant, sql);
    await expect(inTenant(database, tenant, (ctx) => reconcileRun(ctx, run))).rejects.toMatchObject({ code: "payroll/totals-differ" });
    await inTenant(database, tenant, (ctx) => failRun(ctx, { ...run, failure: "payroll/totals-differ" }));
    expect(await starts.call.run.ofMonth({ period })).toMatchObject({ run: { status: "failed", failure: "payroll/totals-differ", sums: null } });

    expect(await starts.call.run.retry({ id: runId })).toMatchObject({ status: "queued", failure: null });
    expect(starts.sent.at(-1)).toMatchObject({ id: `payroll/run.queued:${runId}.2`, data: { attempt: 2 } });
    await computeHere(database, tenant, { runId, attempt: 2 });
    expect(await starts.call.run.ofMonth({ period })).toMatchObject({ run: { status: "computed" } });
  });

  it("that lost its job in the middle starts anew, and pays everybody once", async () => {
    const { starts, approves, tenant, starter } = await company(chunkSize + 3);
    const { id: runId } = await starts.call.run.start({ period });
    await inTenant(database, tenant, (ctx) => planRun(ctx, { runId, attempt: 1 }), { now });
    await inTenant(database, tenant, (ctx) => computeChunk(ctx, { runId, attempt: 1, number: 1 }), { now });
    await expect(starts.call.run.retry({ id: runId })).rejects.toEqual(refusal("payroll/cannot-retry"));
    // The wish to cancel, which no job has heard, must not end the run that is started anew.
    await starts.call.run.cancel({ id: runId });

    const later = callAs(payrollRouter, { database, tenant, member: starter, now: new Date(now.getTime() + 16 * 60_000) });
    expect(await later.call.run.progress({ id: runId })).toMatchObject({ status: "computing", failure: "payroll/run-stalled" });
    expect(await later.call.run.retry({ id: runId })).toMatchObject({ status: "queued", failure: null, isCancelRequested: false });
    expect((await inTenant(database, tenant, (ctx) => computeChunk(ctx, { runId, attempt: 1, number: 2 }))).value).not.toBe("go-on");
    await computeHere(database, tenant, { runId, attempt: 2 }, now);
    expect(await slipsOf(tenant, runId)).toHaveLength(chunkSize + 3);
    expect(await approves.call.run.approve({ id: runId })).toMatchObject({ status: "approved" });
  });

  it("leaves a run that a retry has overtaken alone", async () => {
    const { starts, tenant } = await company(2);
    const { id: runId } = await starts.call.run.start({ period });
    await inTenant(database, tenant, (ctx) => failRun(ctx, { runId, attempt: 1, failure: "anything else" }));
    expect(await starts.call.run.ofMonth({ period })).toMatchObject({ run: { failure: "payroll/compute-failed" } });
    await starts.call.run.retry({ id: runId });
    expect((await inTenant(database, tenant, (ctx) => planRun(ctx, { runId, attempt: 1 }))).value).toEqual({ chunks: 0 });
    await inTenant(database, tenant, (ctx) => failRun(ctx, { runId, attempt: 1, failure: "late" }));
    expect(await starts.call.run.ofMonth({ period })).toMatchObject({ run: { status: "queued" } });
  });
});

/** Statements of the table above, in a transaction of the company; they stand for a hand in the database. */
async function tamper(tenant: TestTenant, sql: string): Promise<void> {
  await database.withTenant(tenant.id, (db) => db.$executeRaw(Prisma.sql([sql])));
}

describe("cancelling", () => {
  it("in the middle leaves no payslip and frees the month", async () => {
    const { starts, tenant } = await company(chunkSize + 3);
    const { id: runId } = await starts.call.run.start({ period });
    const run = { runId, attempt: 1 };
    await inTenant(database, tenant, (ctx) => planRun(ctx, run));
    await inTenant(database, tenant, (ctx) => computeChunk(ctx, { ...run, number: 1 }));
    expect(await starts.call.run.cancel({ id: runId })).toMatchObject({ status: "computing", isCancelRequested: true });
    expect((await inTenant(database, tenant, (ctx) => computeChunk(ctx, { ...run, number: 2 }))).value).toBe("cancelled");
    await inTenant(database, tenant, (ctx) => finishCancel(ctx, run));
    expect(await slipsOf(tenant, runId)).toEqual([]);
    expect(await starts.call.run.ofMonth({ period })).toMatchObject({ run: { status: "cancelled" } });
    expect((await starts.call.run.start({ period })).id).not.toBe(runId);
  });

  it("of a computed run removes its payslips at once", async () => {
    const { starts, tenant } = await company();
    const { id } = await starts.call.run.start({ period });
    await computeHere(database, tenant, { runId: id, attempt: 1 });
    expect(await starts.call.run.cancel({ id })).toMatchObject({ status: "cancelled" });
    expect(await slipsOf(tenant, id)).toEqual([]);
  });

  it("is refused once the run is approved", async () => {
    const { starts, approves, tenant } = await company();
    const { id } = await starts.call.run.start({ period });
    await computeHere(database, tenant, { runId: id, attempt: 1 });
    await approves.call.run.approve({ id });
    await expect(starts.call.run.cancel({ id })).rejects.toEqual(refusal("payroll/cannot-cancel"));
  });
});

describe("approving", () => {
  it("is for somebody else than the one who started", async () => {
    const { starts, approves, tenant } = await company();
    const { id } = await starts.call.run.start({ period });
    await expect(approves.call.run.approve({ id })).rejects.toEqual(refusal("payroll/not-computed"));
    await computeHere(database, tenant, { runId: id, attempt: 1 });
    await expect(starts.call.run.approve({ id })).rejects.toEqual(refusal("payroll/approver-is-starter"));
    expect(await approves.call.run.approve({ id })).toMatchObject({ status: "approved", approvedBy: "Approver" });
    expect(approves.sent).toEqual([expect.objectContaining({ name: "payroll/run.approved", id: `payroll/run.approved:${id}.1` })]);
  });

  it("by two at the same moment happens once, and the other is told by whom", async () => {
    const { starts, approves, tenant } = await company();
    const { id } = await starts.call.run.start({ period });
    await computeHere(database, tenant, { runId: id, attempt: 1 });
    const answers = await Promise.allSettled([approves.call.run.approve({ id }), approves.call.run.approve({ id })]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(answers.find((answer) => answer.status === "rejected")?.reason).toEqual(refusal("payroll/already-approved", { approvedBy: "Approver" }));
    expect(approves.sent).toHaveLength(1);
  });
});

describe("another company", () => {
  it("does not find the run", async () => {
    const { starts } = await company();
    const { id } = await starts.call.run.start({ period });
    const { starts: other } = await company();
    for (const call of [other.call.run.progress, other.call.run.cancel, other.call.run.retry, other.call.run.approve, other.call.review.get, other.call.review.slips, other.call.review.differences]) {
      await expect(call({ id })).rejects.toEqual(refusal("payroll/run-not-found"));
    }
  });
});

describe("the year", () => {
  it("shows of each month the live run, or else the last that was tried", async () => {
    const { starts, tenant, employeeIds } = await company(1);
    await makeSalaries(database, tenant, [{ employeeId: employeeIds[0] ?? "", from: "2025-04" }]);
    const cancelled = await starts.call.run.start({ period: "2026-10" });
    await starts.call.run.cancel({ id: cancelled.id });
    const live = await starts.call.run.start({ period: "2026-10" });
    const tried = await starts.call.run.start({ period: "2026-09" });
    await starts.call.run.cancel({ id: tried.id });
    const { runs } = await starts.call.run.list({ year: 2026 });
    expect(runs.map(({ id }) => id).sort()).toEqual([live.id, tried.id].sort());
    expect((await starts.call.run.list({ year: 2025 })).runs).toEqual([]);
  });
});
