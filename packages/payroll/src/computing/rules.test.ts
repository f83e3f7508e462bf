import { describe, expect, it } from "vitest";
import type { PayInput } from "./contract.ts";
import { daysOf, payOf, rulesOf } from "./pay-rules.ts";
import type { MonthRules } from "./pay-rules.ts";
import { addSums, isReconciled } from "./rules.ts";
import type { RunTally } from "./rules.ts";
import { professionalTax, providentFund } from "./statutory-rules.ts";

/* The figures here are worked out from the rule in the comment beside them, never read from the engine. */

const rupees = (amount: number): number => Math.round(amount * 100);

function rulesIn(period: string): MonthRules {
  const rules = rulesOf(period);
  if (!rules) throw new Error(`no rules in ${period}`);
  return rules;
}

function employee({ basic = 0, hra = 0, allowance = 0, ...rest }: Partial<PayInput> & { basic?: number; hra?: number; allowance?: number; isPfMember?: boolean }): PayInput {
  const { isPfMember = false, ...facts } = rest;
  return {
    employeeId: "emp_1", code: "E001", name: "Asha Rao", designation: null, departmentId: "dep_1", department: "Engineering",
    location: "Bengaluru", state: "KA", gender: "male", joinedOn: "2024-04-01", leftOn: null, panMasked: null, uanMasked: null, bankLast4: null,
    salary: { from: "2024-04", basicMinor: rupees(basic), hraMinor: rupees(hra), allowanceMinor: rupees(allowance), isPfMember },
    lossOfPayHalfDays: 0, ...facts,
  };
}

const amountsOf = (input: PayInput, period: string): Record<string, number> =>
  Object.fromEntries(payOf(input, rulesIn(period)).lines.map(({ code, amountMinor }) => [code, amountMinor]));

describe("days paid", () => {
  it.each([
    // November has 30 days = 60 half days.
    { what: "a whole month", joinedOn: "2024-04-01", leftOn: null, lossOfPayHalfDays: 0, employed: 60, paid: 60 },
    { what: "half a day lost", joinedOn: "2024-04-01", leftOn: null, lossOfPayHalfDays: 1, employed: 60, paid: 59 },
    // 16 to 30 November are 15 days.
    { what: "joining on the 16th", joinedOn: "2026-11-16", leftOn: null, lossOfPayHalfDays: 0, employed: 30, paid: 30 },
    // 1 to 10 November are 10 days, the last one included.
    { what: "leaving on the 10th", joinedOn: "2024-04-01", leftOn: "2026-11-10", lossOfPayHalfDays: 0, employed: 20, paid: 20 },
    { what: "joining and leaving on one day", joinedOn: "2026-11-12", leftOn: "2026-11-12", lossOfPayHalfDays: 0, employed: 2, paid: 2 },
    { what: "losing all days", joinedOn: "2024-04-01", leftOn: null, lossOfPayHalfDays: 60, employed: 60, paid: 0 },
    { what: "having left before", joinedOn: "2024-04-01", leftOn: "2026-10-31", lossOfPayHalfDays: 0, employed: 0, paid: 0 },
    { what: "joining afterwards", joinedOn: "2026-12-01", leftOn: null, lossOfPayHalfDays: 0, employed: 0, paid: 0 },
  ])("counts $what", ({ employed, paid, ...input }) => {
    expect(daysOf(input, "2026-11")).toMatchObject({ monthHalfDays: 60, employedHalfDays: employed, paidHalfDays: paid });
  });

  it("knows that a leap February has 29 days", () => {
    expect(daysOf({ joinedOn: "2024-01-01", leftOn: null, lossOfPayHalfDays: 0 }, "2028-02").monthHalfDays).toBe(58);
  });
});

describe("earnings", () => {
  it("prorates each part to the nearest paisa", () => {
    // 1.5 days of 30 lost: 57/60. 174,351 × 57/60 = 165,633.45; 87,175 × 57/60 = 82,816.25; 43,587 × 57/60 = 41,407.65.
    const amounts = amountsOf(employee({ basic: 174_351, hra: 87_175, allowance: 43_587, lossOfPayHalfDays: 3 }), "2026-11");
    expect(amounts).toMatchObject({ basic: rupees(165_633.45), hra: rupees(82_816.25), "special-allowance": rupees(41_407.65) });
  });

  it("rounds half a paisa up", () => {
    // 0.01 × 15/30 = 0.005, half a paisa, which becomes a whole one.
    expect(amountsOf(employee({ basic: 0.01, joinedOn: "2026-11-16" }), "2026-11")).toMatchObject({ basic: 1 });
  });

  it("leaves out parts that the salary does not have", () => {
    expect(amountsOf(employee({ basic: 10_000 }), "2026-11")).not.toHaveProperty("hra");
  });
});

describe("provident fund", () => {
  it.each([
    // 12 % of 14,575 = 1,749.00.
    { what: "below the ceiling", period: "2026-08", basic: 14_575, allowance: 0, days: 0, fund: 1_749 },
    // 12 % of 15,000 = 1,800 whatever is above it.
    { what: "at the old ceiling", period: "2026-08", basic: 224_228, allowance: 0, days: 0, fund: 1_800 },
    // From 17 September 2026 the ceiling is 25,000: 12 % = 3,000.
    { what: "at the new ceiling", period: "2026-10", basic: 175_434, allowance: 0, days: 0, fund: 3_000 },
    // 12 % of 20,049 = 2,405.88, nearest rupee 2,406.
    { what: "rounded up to the rupee", period: "2026-11", basic: 20_049, allowance: 0, days: 0, fund: 2_406 },
    // 12 % of 3,977 = 477.24, nearest rupee 477.
    { what: "rounded down to the rupee", period: "2026-11", basic: 3_977, allowance: 0, days: 0, fund: 477 },
    // 12 % of 3,970.84 = 476.5008, so 477; 50 paise go up.
    { what: "of basic and allowance", period: "2026-11", basic: 3_000, allowance: 970.84, days: 0, fund: 477 },
    // 26,000 × 58/60 = 25,133.33: still above the ceiling, which is not prorated.
    { what: "with a day lost above the ceiling", period: "2026-11", basic: 26_000, allowance: 0, days: 2, fund: 3_000 },
    // 20,000 × 30/60 = 10,000; 12 % = 1,200.
    { what: "of the wage as paid", period: "2026-11", basic: 20_000, allowance: 0, days: 30, fund: 1_200 },
  ])("takes 12 % $what, from employee and employer alike", ({ period, basic, allowance, days, fund }) => {
    const amounts = amountsOf(employee({ basic, allowance, hra: 9_999, lossOfPayHalfDays: days, isPfMember: true }), period);
    expect(amounts).toMatchObject({ "provident-fund": rupees(fund), "employer-provident-fund": rupees(fund) });
  });

  it("takes nothing from somebody who is no member", () => {
    const amounts = amountsOf(employee({ basic: 20_000 }), "2026-11");
    expect(amounts).not.toHaveProperty("provident-fund");
    expect(amounts).not.toHaveProperty("employer-provident-fund");
  });
});

describe("professional tax", () => {
  const cases = [
    { state: "KA", period: "2026-11", gender: "male", gross: 24_999.99, tax: 0 },
    { state: "KA", period: "2026-11", gender: "male", gross: 25_000, tax: 200 },
    { state: "KA", period: "2026-02", gender: "male", gross: 25_000, tax: 300 },
    // Before 1 April 2025 Karnataka's February was like any other month.
    { state: "KA", period: "2025-02", gender: "male", gross: 25_000, tax: 200 },
    { state: "MH", period: "2026-11", gender: "male", gross: 7_500, tax: 0 },
    { state: "MH", period: "2026-11", gender: "male", gross: 7_500.01, tax: 175 },
    { state: "MH", period: "2026-11", gender: "male", gross: 10_000, tax: 175 },
    { state: "MH", period: "2026-11", gender: "male", gross: 10_000.01, tax: 200 },
    { state: "MH", period: "2026-02", gender: "male", gross: 10_000, tax: 175 },
    { state: "MH", period: "2026-02", gender: "male", gross: 10_001, tax: 300 },
    { state: "MH", period: "2026-11", gender: "female", gross: 25_000, tax: 0 },
    { state: "MH", period: "2026-11", gender: "female", gross: 25_000.01, tax: 200 },
    { state: "MH", period: "2026-02", gender: "female", gross: 40_001, tax: 300 },
    { state: "MH", period: "2026-11", gender: "undisclosed", gross: 20_000, tax: 200 },
    { state: "TG", period: "2026-02", gender: "male", gross: 15_000, tax: 0 },
    { state: "TG", period: "2026-02", gender: "male", gross: 20_000, tax: 150 },
    { state: "TG", period: "2026-11", gender: "female", gross: 20_000.01, tax: 200 },
    { state: "WB", period: "2026-11", gender: "male", gross: 10_000, tax: 0 },
    { state: "WB", period: "2026-11", gender: "male", gross: 15_000, tax: 110 },
    { state: "WB", period: "2026-11", gender: "male", gross: 25_000, tax: 130 },
    { state: "WB", period: "2026-11", gender: "male", gross: 40_000, tax: 150 },
    { state: "WB", period: "2026-11", gender: "male", gross: 40_000.01, tax: 200 },
  ];

  it.each(cases)("$state, $period, $gender, ₹$gross: ₹$tax", ({ state, period, gender, gross, tax }) => {
    expect(amountsOf(employee({ basic: gross, state, gender }), period)).toMatchObject({ "professional-tax": rupees(tax) });
  });

  it("goes by the gross as paid, not by the full month", () => {
    // 30,000 × 30/60 = 15,000, below Karnataka's 25,000.
    expect(amountsOf(employee({ basic: 30_000, joinedOn: "2026-11-16" }), "2026-11")).toMatchObject({ "professional-tax": 0 });
  });

  it("refuses a state without a rule instead of guessing", () => {
    expect(() => payOf(employee({ basic: 20_000, state: "TN" }), rulesIn("2026-11"))).toThrow(RangeError);
  });
});

describe("a payslip", () => {
  it("adds up", () => {
    // Gross 20,000 + 8,000 + 2,000 = 30,000. PF 12 % of 22,000 = 2,640. PT Karnataka 200. Net 30,000 − 2,840 = 27,160.
    const pay = payOf(employee({ basic: 20_000, hra: 8_000, allowance: 2_000, isPfMember: true }), rulesIn("2026-11"));
    expect(pay).toMatchObject({ grossMinor: rupees(30_000), deductionsMinor: rupees(2_840), netMinor: rupees(27_160), employerMinor: rupees(2_640) });
  });

  it("is nothing, and no tax, when every day is lost", () => {
    const pay = payOf(employee({ basic: 50_000, hra: 20_000, isPfMember: true, lossOfPayHalfDays: 60 }), rulesIn("2026-11"));
    expect(pay).toMatchObject({ grossMinor: 0, deductionsMinor: 0, netMinor: 0 });
  });

  it("says how each amount came about", () => {
    const { lines } = payOf(employee({ basic: 30_000, isPfMember: true }), rulesIn("2026-11"));
    expect(lines.find(({ code }) => code === "provident-fund")?.explanation).toEqual({
      kind: "share", rule: "EPF", wageMinor: rupees(30_000), ceilingMinor: rupees(25_000), baseMinor: rupees(25_000), percent: 12,
    });
  });
});

describe("the law's rows", () => {
  it("hold on any day at most once", () => {
    for (const rows of [providentFund, professionalTax]) {
      for (const [index, row] of rows.entries()) {
        const next = rows.slice(index + 1).find(({ id }) => id === row.id);
        if (next) expect([row.id, (row.to ?? "9999-12-31") < next.from]).toEqual([row.id, true]);
      }
    }
  });

  it("never take more than 2,500 a year, as article 276 of the Constitution allows", () => {
    for (const { id, value } of professionalTax) {
      for (const { amountMinor, februaryMinor = amountMinor } of value.steps) expect([id, 11 * amountMinor + februaryMinor <= rupees(2_500)]).toEqual([id, true]);
    }
  });

  it("do not reach back to before the first of them", () => {
    expect(rulesOf("2014-08")).toBeUndefined();
  });
});

describe("the reconciliation", () => {
  const sums = { grossMinor: 300, deductionsMinor: 100, netMinor: 200, employerMinor: 50 };
  const chunk = { employees: 2, isDone: true, sums, slips: 2, slipSums: sums };
  const good: RunTally = { inputs: 4, slips: 4, unevenSlips: 0, chunks: [chunk, chunk] };

  it("agrees when every sum does", () => {
    expect(isReconciled(good)).toBe(true);
  });

  it.each<{ what: string; tally: RunTally }>([
    { what: "an employee without a payslip", tally: { ...good, slips: 3, chunks: [chunk, { ...chunk, slips: 1 }] } },
    { what: "a payslip too many", tally: { ...good, slips: 5 } },
    { what: "a paisa in a chunk", tally: { ...good, chunks: [chunk, { ...chunk, slipSums: { ...sums, netMinor: 201 } }] } },
    { what: "two errors that cancel out", tally: { ...good, chunks: [{ ...chunk, slipSums: { ...sums, netMinor: 201 } }, { ...chunk, slipSums: { ...sums, netMinor: 199 } }] } },
    { what: "lines that do not add up", tally: { ...good, unevenSlips: 1 } },
    { what: "a chunk that was not done", tally: { ...good, chunks: [chunk, { ...chunk, isDone: false }] } },
    { what: "an employee in no chunk", tally: { ...good, inputs: 5, slips: 5 } },
    { what: "no chunk at all", tally: { inputs: 1, slips: 1, unevenSlips: 0, chunks: [{ ...chunk, employees: 0, slips: 0, sums: addSums([]), slipSums: addSums([]) }] } },
  ])("refuses $what", ({ tally }) => {
    expect(isReconciled(tally)).toBe(false);
  });
});
