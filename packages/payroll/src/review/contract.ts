import { pageRequestShape, paiseSchema, yearMonthSchema } from "@atrium/kernel";
import { z } from "zod";
import { PaySums, RuleVersion } from "../computing/contract.ts";
import { BlockedEmployee } from "../month/contract.ts";
import { runIdSchema, RunSummary } from "../run/contract.ts";

export type { PayslipFacts } from "../computing/contract.ts";

export const causes = ["joiner", "leaver", "left-out", "salary", "loss-of-pay", "part-month", "rule"] as const;
export type Cause = (typeof causes)[number];

export const differenceKinds = ["new", "gone", "changed"] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

export const RunReview = RunSummary.extend({
  leftOut: z.array(BlockedEmployee),
  rules: z.array(RuleVersion),
  departments: z.array(PaySums.extend({ departmentId: z.string(), department: z.string(), employees: z.number().int() })),
  /** The published month that it is compared with. */
  previous: z.object({ period: yearMonthSchema, employees: z.number().int(), sums: PaySums }).nullable(),
  differences: z.object({ new: z.number(), gone: z.number(), changed: z.number(), same: z.number() }),
});
export type RunReview = z.output<typeof RunReview>;

export const ListDifferences = z.object({ id: runIdSchema, kind: z.enum(differenceKinds).optional(), ...pageRequestShape });
export type ListDifferences = z.output<typeof ListDifferences>;

export const Difference = z.object({
  kind: z.enum(differenceKinds),
  employeeId: z.string(),
  code: z.string(),
  name: z.string(),
  department: z.string(),
  /** This month's slip, where there is one. */
  payslipId: z.string().nullable(),
  beforeMinor: paiseSchema.nullable(),
  afterMinor: paiseSchema.nullable(),
  causes: z.array(z.enum(causes)),
});
export type Difference = z.output<typeof Difference>;

export const DifferencePage = z.object({ differences: z.array(Difference), next: z.string().nullable() });
export type DifferencePage = z.output<typeof DifferencePage>;

export const ListSlips = z.object({ id: runIdSchema, search: z.string().trim().max(100).default(""), ...pageRequestShape });
export type ListSlips = z.output<typeof ListSlips>;

export const SlipRow = PaySums.extend({
  id: z.string(),
  employeeId: z.string(),
  code: z.string(),
  name: z.string(),
  department: z.string(),
  paidHalfDays: z.number().int(),
});
export type SlipRow = z.output<typeof SlipRow>;

export const SlipPage = z.object({ slips: z.array(SlipRow), next: z.string().nullable() });
export type SlipPage = z.output<typeof SlipPage>;
