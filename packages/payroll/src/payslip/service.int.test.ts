import { callAs, makeMember } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestDatabase } from "@atrium/db/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { payrollRouter } from "../index.ts";
import { noticesOf } from "../publishing/service.ts";
import { computeHere, inTenant, makePayroll, payMonth } from "../testing.ts";
import { drawPayslip } from "./pdf.ts";

/** The clock of these tests: which months may be started depends on it. */
const now = new Date("2026-11-20T06:00:00Z");
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

async function paidCompany() {
  const tenant = await makeTenant();
  const { employeeIds, starter, approver } = await makePayroll(database, tenant, [{}, {}, { email: "c@example.test" }]);
  const employeeOf = (employeeId: string | undefined) => makeMember(database, tenant, ["employee"], employeeId === undefined ? {} : { employeeId });
  const [asha, ravi, nobody] = [await employeeOf(employeeIds[0]), await employeeOf(employeeIds[1]), await employeeOf(undefined)];
  const runId = await payMonth(database, tenant, { period: "2026-10", startedBy: starter.id, approvedBy: approver.id, now });
  const as = (member: typeof starter) => callAs(payrollRouter, { database, tenant, member, now }).call;
  return { tenant, runId, starter, employeeIds, asha: as(asha), ravi: as(ravi), nobody: as(nobody), payroll: as(starter), ashaMember: asha };
}

const notFound = { message: "payslip/not-found", code: "NOT_FOUND" };

describe("a payslip", () => {
  it("is seen by its employee and by whoever runs the payroll, and by nobody else", async () => {
    const { asha, ravi, nobody, payroll } = await paidCompany();
    const { payslips } = await asha.payslip.mine();
    expect(payslips).toHaveLength(1);
    const id = payslips[0]?.id ?? "";
    expect(await asha.payslip.get({ id })).toEqual(await payroll.payslip.get({ id }));
    await expect(ravi.payslip.get({ id })).rejects.toMatchObject(notFound);
    await expect(nobody.payslip.get({ id })).rejects.toMatchObject(notFound);
    expect(await nobody.payslip.mine()).toEqual({ payslips: [] });
    const { payroll: elsewhere } = await paidCompany();
    await expect(elsewhere.payslip.get({ id })).rejects.toMatchObject(notFound);
  });

  it("adds up line by line, and says its net in words", async () => {
    const { asha } = await paidCompany();
    const { payslips } = await asha.payslip.mine();
    const slip = await asha.payslip.get({ id: payslips[0]?.id ?? "" });
    // Gross 15,000 + 8,000 + 2,000; PF 12 % of 17,000 = 2,040; PT at 25,000 in Karnataka 200; net 22,760.
    expect(slip).toMatchObject({ grossMinor: 25_000_00, deductionsMinor: 2_240_00, netMinor: 22_760_00, employerMinor: 2_040_00 });
    expect(slip.netInWords).toBe("Rupees twenty-two thousand seven hundred sixty only");
  });

  it("is not seen by its employee before it is published", async () => {
    const { asha, payroll, tenant } = await paidCompany();
    const { id } = await payroll.run.start({ period: "2026-11" });
    await computeHere(database, tenant, { runId: id, attempt: 1 });
    expect((await asha.payslip.mine()).payslips.map(({ period }) => period)).toEqual(["2026-10"]);
    const { slips } = await payroll.review.slips({ id });
    await expect(asha.payslip.get({ id: slips[0]?.id ?? "" })).rejects.toMatchObject(notFound);
  });

  it("stays as it was given out: the database refuses to change or remove it", async () => {
    const { tenant, runId } = await paidCompany();
    const counts = await database.withTenant(tenant.id, async (db) => ({
      changed: await db.$executeRaw`UPDATE payslip SET net_minor = 0, gross_minor = deductions_minor WHERE run_id = ${runId}`,
      removed: await db.$executeRaw`DELETE FROM payslip WHERE run_id = ${runId}`,
    }));
    expect(counts).toEqual({ changed: 0, removed: 0 });
  });

  it("is drawn as a document with the employee's name in it", async () => {
    const { asha } = await paidCompany();
    const { payslips } = await asha.payslip.mine();
    const content = Buffer.from(await drawPayslip(await asha.payslip.get({ id: payslips[0]?.id ?? "" })));
    expect(content.subarray(0, 5).toString()).toBe("%PDF-");
    expect(content.toString("latin1").match(/\/Type \/Page\b/g)).toHaveLength(1);
  });
});

describe("the notice of a payslip", () => {
  it("goes to whoever has an address, links to their own payslip and names no amount", async () => {
    const { tenant, runId, asha, ashaMember } = await paidCompany();
    const link = (...path: string[]) => ["https://hr.example.test", ...path].join("/");
    const { value: notices } = await inTenant(database, tenant, (ctx) => noticesOf(ctx, { runId, attempt: 1, number: 1 }, link));
    const { payslips } = await asha.payslip.mine();
    const id = payslips[0]?.id ?? "";
    expect(notices.map(({ to }) => to)).toContain("c@example.test");
    const own = notices.find(({ key }) => key === `payslip-${id}`);
    expect(own).toMatchObject({ to: `${ashaMember.id}@${tenant.slug}.test`, subject: "Your payslip for October 2026 is ready" });
    expect(own?.text).toContain(`https://hr.example.test/${tenant.slug}/payslips/${id}`);
    expect(own?.text).not.toMatch(/₹|22,760|22760/);
  });
});
