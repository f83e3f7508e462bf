import { describe, expect, it } from "vitest";
import type { Payslip } from "./contract.ts";
import { drawPayslip } from "./pdf.ts";

describe("a payslip as a document", () => {
  it.each([
    ["Asha Rao", []],
    ["आशा राव", ["NotoSansDevanagari-Regular"]],
    ["Asha ಆಶಾ శ్రీనివాస్", ["NotoSansKannada-Regular", "HindGuntur-Regular"]],
    ["அருண்", ["NotoSansTamil-Regular"]],
    ["আশা", ["HindSiliguri-Regular"]],
  ])("carries the fonts that the name %s needs, and no others", async (name, fonts) => {
    expect(fontsIn(await drawPayslip(payslipOf(name)))).toEqual(["Inter-Regular", "Inter-SemiBold", ...fonts].sort());
  });
});

/** The names of the fonts that a PDF embeds, without the letters that mark a part of a font. */
function fontsIn(pdf: Uint8Array): string[] {
  const names = Array.from(Buffer.from(pdf).toString("latin1").matchAll(/\/FontName \/[A-Z]{6}\+(\S+)/g), ([, name]) => name ?? "");
  return [...new Set(names)].sort();
}

function payslipOf(name: string): Payslip {
  return {
    id: "psl_1",
    runId: "run_1",
    period: "2026-10",
    company: "Acme",
    publishedOn: "2026-10-30",
    grossMinor: 25_000_00,
    deductionsMinor: 0,
    netMinor: 25_000_00,
    employerMinor: 0,
    netInWords: "Rupees twenty-five thousand only",
    lines: [],
    facts: {
      employeeId: "emp_1",
      code: "ACM0001",
      name,
      designation: null,
      departmentId: "dep_1",
      department: "Finance",
      location: "Pune",
      state: "MH",
      gender: "female",
      joinedOn: "2024-04-01",
      leftOn: null,
      panMasked: null,
      uanMasked: null,
      bankLast4: null,
      salary: { from: "2024-04", basicMinor: 25_000_00, hraMinor: 0, allowanceMinor: 0, isPfMember: false },
      lossOfPayHalfDays: 0,
      days: { monthHalfDays: 62, employedHalfDays: 62, lossOfPayHalfDays: 0, paidHalfDays: 62 },
    },
  };
}
