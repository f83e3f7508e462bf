import { callAs } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestDatabase } from "@atrium/db/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { payrollRouter } from "../index.ts";
import { computeHere, inTenant, makePayroll, makeSalaries, payMonth } from "../testing.ts";
import { registerPage } from "./service.ts";

/** The clock of these tests: which months may be started depends on it. */
const now = new Date("2026-11-20T06:00:00Z");
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

/** October paid, November computed; between them every kind of change. */
async function twoMonths() {
  const tenant = await makeTenant();
  const people = [
    { code: "SAME" },
    { code: "RISE" },
    { code: "LOP" },
    { code: "GONE", leftOn: "2026-10-31" },
    { code: "JOIN", joinedOn: "2026-11-16" },
    { code: "LEAVES", leftOn: "2026-11-10" },
    { code: "BLOCKED" },
  ];
  const { employeeIds, starter, approver } = await makePayroll(database, tenant, people);
  const idOf = (code: string): string => employeeIds[people.findIndex((person) => person.code === code)] ?? "";
  await payMonth(database, tenant, { period: "2026-10", startedBy: starter.id, approvedBy: approver.id, now });
  const { call } = callAs(payrollRouter, { database, tenant, member: starter, now });
  await makeSalaries(database, tenant, [{ employeeId: idOf("RISE"), from: "2026-11", basicMinor: 40_000_00 }]);
  await call.month.setLossOfPay({ period: "2026-11", entries: [{ employeeId: idOf("LOP"), halfDays: 3 }] });
  await database.withTenant(tenant.id, (db) => db.$executeRaw`UPDATE salary SET effective_from = '2027-01-01' WHERE employee_id = ${idOf("BLOCKED")}`);
  const { id } = await call.run.start({ period: "2026-11", excludeBlocked: true });
  await computeHere(database, tenant, { runId: id, attempt: 1 }, now);
  return { call, id, tenant };
}

describe("the review of a run", () => {
  it("says who is new, gone and changed since the month before, and why", async () => {
    const { call, id } = await twoMonths();
    const { differences } = await call.review.differences({ id });
    const told = Object.fromEntries(differences.map(({ code, kind, causes }) => [code, [kind, ...causes]]));
    expect(told).toEqual({
      RISE: ["changed", "salary"],
      LOP: ["changed", "loss-of-pay"],
      GONE: ["gone", "leaver"],
      JOIN: ["new", "joiner"],
      LEAVES: ["changed", "part-month"],
      BLOCKED: ["gone", "left-out"],
    });
    expect((await call.review.get({ id })).differences).toEqual({ new: 1, gone: 2, changed: 3, same: 1 });
  });

  it("pages through the differences of one kind", async () => {
    const { call, id } = await twoMonths();
    const first = await call.review.differences({ id, kind: "changed", limit: 2 });
    const second = await call.review.differences({ id, kind: "changed", limit: 2, after: first.next });
    expect([...first.differences, ...second.differences].map(({ code }) => code)).toEqual(["LEAVES", "LOP", "RISE"]);
    expect(second.next).toBeNull();
  });

  it("splits the totals by department without losing a paisa, and names the rules used", async () => {
    const { call, id } = await twoMonths();
    const review = await call.review.get({ id });
    expect(review.departments.reduce((sum, { netMinor }) => sum + netMinor, 0)).toBe(review.sums?.netMinor);
    expect(review.previous).toMatchObject({ period: "2026-10", employees: 6 });
    expect(review.rules.find((rule) => rule.id === "EPF")).toMatchObject({ from: "2026-09-17", confidence: expect.stringContaining("gazette not read") });
  });

  it("pages through the payslips and finds one by name or code", async () => {
    const { call, id } = await twoMonths();
    const first = await call.review.slips({ id, limit: 3 });
    const second = await call.review.slips({ id, limit: 3, after: first.next });
    expect([...first.slips, ...second.slips].map(({ code }) => code)).toEqual(["JOIN", "LEAVES", "LOP", "RISE", "SAME"]);
    expect((await call.review.slips({ id, search: "ris" })).slips.map(({ code }) => code)).toEqual(["RISE"]);
  });

  it("exports a register whose net column adds up to the header", async () => {
    const { call, id, tenant } = await twoMonths();
    const { value } = await inTenant(database, tenant, (ctx) => registerPage(ctx, { id }, null));
    const [header = [], ...rows] = value.lines.trim().split("\r\n").map((line) => line.split(","));
    const net = rows.map((row) => Math.round(Number(row[header.indexOf("Net")]) * 100));
    expect(rows).toHaveLength(5);
    expect(net.reduce((sum, amount) => sum + amount, 0)).toBe((await call.review.get({ id })).sums?.netMinor);
  });

  it("compares the first month with nothing", async () => {
    const tenant = await makeTenant();
    const { starter } = await makePayroll(database, tenant, 2);
    const { call } = callAs(payrollRouter, { database, tenant, member: starter, now });
    const { id } = await call.run.start({ period: "2026-10" });
    await computeHere(database, tenant, { runId: id, attempt: 1 }, now);
    expect(await call.review.get({ id })).toMatchObject({ previous: null, differences: { new: 0, gone: 0, changed: 0, same: 0 } });
  });
});
