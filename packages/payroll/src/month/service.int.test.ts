import { appErrorFrom } from "@atrium/api";
import { callAs, makeMember } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestDatabase } from "@atrium/db/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { payrollRouter } from "../index.ts";
import { makePayroll, makeSalaries } from "../testing.ts";

const period = "2026-11";
/** The clock of these tests: which months may be started depends on it. */
const now = new Date("2026-11-20T06:00:00Z");
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

const people = [
  { code: "A" },
  { code: "JOINER", joinedOn: "2026-11-16" },
  { code: "LEAVER", leftOn: "2026-11-10" },
  { code: "BEFORE", leftOn: "2026-10-31" },
  { code: "AFTER", joinedOn: "2026-12-01" },
  { code: "Z", fullName: "Zoya Khan" },
];

async function company() {
  const tenant = await makeTenant();
  const { employeeIds, starter } = await makePayroll(database, tenant, people);
  const idOf = (code: string): string => employeeIds[people.findIndex((person) => person.code === code)] ?? "";
  return { tenant, idOf, ...callAs(payrollRouter, { database, tenant, member: starter, now }) };
}

describe("a month", () => {
  it("counts who works on one of its days, and names what changed since the month before", async () => {
    const { call, tenant, idOf } = await company();
    await makeSalaries(database, tenant, [{ employeeId: idOf("A"), from: period, basicMinor: 20_000_00 }]);
    await call.month.setLossOfPay({ period, entries: [{ employeeId: idOf("Z"), halfDays: 3 }] });
    const month = await call.month.get({ period });
    expect(month.headcount).toBe(4);
    expect(month.counts).toEqual({ joiner: 1, leaver: 1, salary: 1, "loss-of-pay": 1, blocked: 0 });
    expect(month.changes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: "joiner", code: "JOINER", on: "2026-11-16" }),
        expect.objectContaining({ kind: "leaver", code: "LEAVER", on: "2026-11-10" }),
        // From 15,000 + 8,000 + 2,000 to 20,000 + 8,000 + 2,000.
        expect.objectContaining({ kind: "salary", code: "A", beforeMinor: 25_000_00, afterMinor: 30_000_00 }),
        expect.objectContaining({ kind: "loss-of-pay", code: "Z", halfDays: 3 }),
      ]),
    );
  });

  it("names everybody who cannot be paid, with the reason", async () => {
    const { call, tenant, idOf } = await company();
    await call.month.setLossOfPay({ period, entries: [{ employeeId: idOf("LEAVER"), halfDays: 20 }] });
    await database.withTenant(tenant.id, async (db) => {
      await db.$executeRaw`UPDATE salary SET effective_from = '2026-12-01' WHERE employee_id = ${idOf("A")}`;
      // Leaving turned out to be earlier than the days already entered as lost.
      await db.$executeRaw`UPDATE employee SET left_on = '2026-11-05' WHERE id = ${idOf("LEAVER")}`;
      await db.location.create({ data: { tenantId: tenant.id, id: "loc_chennai", name: "Chennai", state: "TN" } });
      await db.employee.update({ where: { tenantId_id: { tenantId: tenant.id, id: idOf("Z") } }, data: { locationId: "loc_chennai" } });
    });
    const { blocked } = await call.month.get({ period });
    expect(blocked.map(({ code, blocker, state }) => [code, blocker, state])).toEqual([
      ["A", "no-salary", "KA"],
      ["LEAVER", "loss-of-pay-too-long", "KA"],
      ["Z", "state-not-covered", "TN"],
    ]);
  });

  it("lists its people by code, in pages, and finds them by name", async () => {
    const { call } = await company();
    const first = await call.month.people({ period, limit: 3 });
    const second = await call.month.people({ period, limit: 3, after: first.next });
    expect([...first.people, ...second.people].map(({ code, employedHalfDays }) => [code, employedHalfDays])).toEqual([
      ["A", 60],
      ["JOINER", 30],
      ["LEAVER", 20],
      ["Z", 60],
    ]);
    expect((await call.month.people({ period, search: "zoya" })).people.map(({ code }) => code)).toEqual(["Z"]);
  });
});

describe("loss of pay", () => {
  it("is replaced by a new entry and taken away by nought", async () => {
    const { call, idOf } = await company();
    const set = (halfDays: number) => call.month.setLossOfPay({ period, entries: [{ employeeId: idOf("A"), halfDays }] });
    const entered = async () => (await call.month.people({ period, search: "A" })).people.find(({ code }) => code === "A")?.lossOfPayHalfDays;
    await set(3);
    await set(2);
    expect(await entered()).toBe(2);
    await set(0);
    expect(await entered()).toBe(0);
  });

  it("is refused by row, and nothing is saved, when one entry cannot be", async () => {
    const { call, idOf } = await company();
    const entries = [
      { employeeId: idOf("A"), halfDays: 2 },
      { employeeId: idOf("LEAVER"), halfDays: 21 },
      { employeeId: idOf("BEFORE"), halfDays: 1 },
    ];
    await expect(call.month.setLossOfPay({ period, entries })).rejects.toMatchObject({
      cause: {
        detail: {
          fields: [
            { field: "entries.1.halfDays", code: "payroll/loss-of-pay-too-long", params: { days: 10 } },
            { field: "entries.2.halfDays", code: "payroll/employee-not-in-month" },
          ],
        },
      },
    });
    expect((await call.month.get({ period })).counts["loss-of-pay"]).toBe(0);
  });

  it("names an employee once in a call: which of two entries holds, nobody could say", async () => {
    const { call, idOf } = await company();
    const entries = [
      { employeeId: idOf("A"), halfDays: 2 },
      { employeeId: idOf("Z"), halfDays: 1 },
      { employeeId: idOf("A"), halfDays: 4 },
    ];
    const refused = await call.month.setLossOfPay({ period, entries }).catch(appErrorFrom);
    expect(refused).toMatchObject({ code: "request/invalid", detail: { fields: [{ field: "entries.2.employeeId" }] } });
    expect((await call.month.get({ period })).counts["loss-of-pay"]).toBe(0);
  });

  it("is closed by a live run and open again when it is cancelled", async () => {
    const { call, idOf } = await company();
    const set = () => call.month.setLossOfPay({ period, entries: [{ employeeId: idOf("A"), halfDays: 2 }] });
    const { id } = await call.run.start({ period });
    await expect(set()).rejects.toMatchObject({ message: "payroll/month-closed" });
    await call.run.cancel({ id });
    expect(await set()).toEqual({ saved: 1 });
  });

  it("never slips in between the freezing of a month and its run", async () => {
    const { call, idOf, tenant } = await company();
    const answers = await Promise.allSettled([
      call.run.start({ period }),
      ...Array.from({ length: 6 }, () => call.month.setLossOfPay({ period, entries: [{ employeeId: idOf("A"), halfDays: 4 }] })),
    ]);
    const saved = answers.slice(1).filter(({ status }) => status === "fulfilled").length;
    const [input] = await database.withTenant(tenant.id, (db) => db.payrollRunInput.findMany({ where: { employeeId: idOf("A") } }));
    expect(input?.snapshot).toMatchObject({ lossOfPayHalfDays: saved > 0 ? 4 : 0 });
  });
});

describe("a salary", () => {
  it("holds from its month on, replaces one of the same month, and is closed by a run of that month or a later one", async () => {
    const { call, idOf } = await company();
    const employeeId = idOf("A");
    const rate = { from: period, basicMinor: 30_000_00, hraMinor: 0, allowanceMinor: 0, isPfMember: false };
    await call.salary.set({ employeeId, ...rate });
    await call.salary.set({ employeeId, ...rate, basicMinor: 31_000_00 });
    expect((await call.salary.list({ employeeId })).rates.map(({ from, basicMinor }) => [from, basicMinor])).toEqual([
      [period, 31_000_00],
      ["2024-04", 15_000_00],
    ]);
    await call.run.start({ period });
    await expect(call.salary.set({ employeeId, ...rate, from: "2026-10" })).rejects.toMatchObject({ message: "payroll/month-closed" });
    expect(await call.salary.set({ employeeId, ...rate, from: "2026-12" })).toMatchObject({ from: "2026-12" });
  });

  it("of nothing at all is refused", async () => {
    const { call, idOf } = await company();
    const nothing = { from: period, basicMinor: 0, hraMinor: 0, allowanceMinor: 0, isPfMember: true };
    await expect(call.salary.set({ employeeId: idOf("A"), ...nothing })).rejects.toMatchObject({ message: "salary/nothing-to-pay" });
  });

  it("of another company's employee is not found", async () => {
    const { call } = await company();
    const { idOf } = await company();
    await expect(call.salary.list({ employeeId: idOf("A") })).rejects.toMatchObject({ message: "salary/employee-not-found" });
  });

  it("is not for somebody without payroll", async () => {
    const { tenant, idOf } = await company();
    const member = await makeMember(database, tenant, ["hr-admin", "manager", "employee"]);
    const { call } = callAs(payrollRouter, { database, tenant, member });
    await expect(call.salary.list({ employeeId: idOf("A") })).rejects.toMatchObject({ message: "permission/missing" });
    await expect(call.month.get({ period })).rejects.toMatchObject({ message: "permission/missing" });
  });
});
