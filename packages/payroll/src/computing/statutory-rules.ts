import type { PlainDate } from "@atrium/kernel";

/*
 * The law's figures as dated rows. A month is computed with the rows in force on its last day; a change of the law is a
 * new row here, and the old one stays for the months that it governed. Amounts are paise.
 */

export interface DatedRule<V> {
  readonly id: string;
  readonly from: PlainDate;
  /** The last day it holds; undefined while no end is known. */
  readonly to?: PlainDate;
  readonly source: string;
  /** Anything but "settled" is shown to whoever reviews a run that used it. */
  readonly confidence: string;
  readonly value: V;
}

export interface ProvidentFund {
  readonly ceilingMinor: number;
  readonly employeePercent: number;
  readonly employerPercent: number;
}

export const providentFund: readonly DatedRule<ProvidentFund>[] = [
  {
    id: "EPF",
    from: "2014-09-01",
    to: "2026-09-16",
    source: "EPF Scheme 1952, paras 26 and 29; ceiling restated by notification of 29 May 2026",
    confidence: "settled",
    value: { ceilingMinor: 15_000_00, employeePercent: 12, employerPercent: 12 },
  },
  {
    id: "EPF",
    from: "2026-09-17",
    source: "S.O. 5109(E) of 17 September 2026, as read in frappe/india-payroll#109",
    confidence: "gazette not read; how September 2026 itself is treated differs between readers",
    value: { ceilingMinor: 25_000_00, employeePercent: 12, employerPercent: 12 },
  },
];

/** `upToMinor` is the highest monthly salary of the step; the last step has none. */
export interface TaxStep {
  readonly upToMinor?: number;
  readonly amountMinor: number;
  /** What the step costs in February, where that differs. */
  readonly februaryMinor?: number;
}

export interface ProfessionalTax {
  readonly state: string;
  /** Whom the row is for, where the state asks; a row without it is for everybody else. */
  readonly gender?: "female";
  readonly steps: readonly TaxStep[];
}

const nil = 0;

export const professionalTax: readonly DatedRule<ProfessionalTax>[] = [
  {
    id: "PT.KA",
    from: "2023-04-01",
    to: "2025-03-31",
    source: "Karnataka Tax on Professions Act, amendment of 2023",
    confidence: "settled",
    value: { state: "KA", steps: [{ upToMinor: 24_999_99, amountMinor: nil }, { amountMinor: 200_00 }] },
  },
  {
    id: "PT.KA",
    from: "2025-04-01",
    source: "Karnataka Act 33 of 2025",
    confidence: "settled",
    value: { state: "KA", steps: [{ upToMinor: 24_999_99, amountMinor: nil }, { amountMinor: 200_00, februaryMinor: 300_00 }] },
  },
  {
    id: "PT.MH.MEN",
    from: "2023-04-01",
    source: "Maharashtra State Tax on Professions Act, Schedule I, entry 1",
    confidence: "settled",
    value: {
      state: "MH",
      steps: [{ upToMinor: 7_500_00, amountMinor: nil }, { upToMinor: 10_000_00, amountMinor: 175_00 }, { amountMinor: 200_00, februaryMinor: 300_00 }],
    },
  },
  {
    id: "PT.MH.WOMEN",
    from: "2023-04-01",
    source: "Maharashtra State Tax on Professions Act, Schedule I, entry 1",
    confidence: "settled",
    value: { state: "MH", gender: "female", steps: [{ upToMinor: 25_000_00, amountMinor: nil }, { amountMinor: 200_00, februaryMinor: 300_00 }] },
  },
  {
    id: "PT.TG",
    from: "2013-02-01",
    source: "A.P. G.O.Ms. 82 of 4 February 2013",
    confidence: "settled",
    value: {
      state: "TG",
      steps: [{ upToMinor: 15_000_00, amountMinor: nil }, { upToMinor: 20_000_00, amountMinor: 150_00 }, { amountMinor: 200_00 }],
    },
  },
  {
    id: "PT.WB",
    from: "2014-04-01",
    source: "West Bengal State Tax on Professions Act, Schedule, as published",
    confidence: "amounts settled; start date not read",
    value: {
      state: "WB",
      steps: [
        { upToMinor: 10_000_00, amountMinor: nil },
        { upToMinor: 15_000_00, amountMinor: 110_00 },
        { upToMinor: 25_000_00, amountMinor: 130_00 },
        { upToMinor: 40_000_00, amountMinor: 150_00 },
        { amountMinor: 200_00 },
      ],
    },
  },
];
