import { describe, expect, it } from "vitest";
import { canReadPayslip, payslipFileName } from "./rules.ts";

describe("a payslip", () => {
  const mine = { employeeId: "emp_1", isPublished: true };

  it.each([
    { who: "its employee", reader: { employeeId: "emp_1", canReadAll: false }, slip: mine, can: true },
    { who: "its employee before it is published", reader: { employeeId: "emp_1", canReadAll: false }, slip: { ...mine, isPublished: false }, can: false },
    { who: "another employee", reader: { employeeId: "emp_2", canReadAll: false }, slip: mine, can: false },
    { who: "a member without an employee record", reader: { employeeId: undefined, canReadAll: false }, slip: mine, can: false },
    { who: "whoever runs the payroll", reader: { employeeId: undefined, canReadAll: true }, slip: { ...mine, isPublished: false }, can: true },
  ])("$who may read it: $can", ({ reader, slip, can }) => {
    expect(canReadPayslip(reader, slip)).toBe(can);
  });

  it("has a file name that every system takes", () => {
    expect(payslipFileName("2026-11", "E001")).toBe("payslip-2026-11-E001.pdf");
    expect(payslipFileName("2026-11", 'X/../"1"')).toBe("payslip-2026-11-X-1-.pdf");
  });
});
