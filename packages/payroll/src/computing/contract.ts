import { defineErrors, paiseSchema, plainDateSchema } from "@atrium/kernel";
import { z } from "zod";
import { SalaryRate } from "../salary/contract.ts";

/** What a run can be stopped by while it computes; they stand in its `failure`. */
export const computingErrors = defineErrors({
  "payroll/totals-differ": "conflict",
  "payroll/compute-failed": "conflict",
});

/** All that the engine needs to know about one employee, as it was when the run started. */
export const PayInput = z.object({
  employeeId: z.string(),
  code: z.string(),
  name: z.string(),
  designation: z.string().nullable(),
  departmentId: z.string(),
  department: z.string(),
  location: z.string(),
  /** ISO 3166-2:IN without its prefix. */
  state: z.string(),
  gender: z.string(),
  joinedOn: plainDateSchema,
  leftOn: plainDateSchema.nullable(),
  /** `XXXXX0001A`: what a reader needs to know it is theirs. */
  panMasked: z.string().nullable(),
  /** `XXXXXXXX0001`. */
  uanMasked: z.string().nullable(),
  bankLast4: z.string().nullable(),
  salary: SalaryRate,
  lossOfPayHalfDays: z.number().int().nonnegative(),
});
export type PayInput = z.output<typeof PayInput>;

/** The days of a month in half days, so that half a day of loss of pay stays a whole number. */
export const PayDays = z.object({
  monthHalfDays: z.number().int(),
  /** From joining to leaving, within the month. */
  employedHalfDays: z.number().int(),
  lossOfPayHalfDays: z.number().int(),
  paidHalfDays: z.number().int(),
});
export type PayDays = z.output<typeof PayDays>;

export const earningCodes = ["basic", "hra", "special-allowance"] as const;
export const deductionCodes = ["provident-fund", "professional-tax"] as const;
export const employerCodes = ["employer-provident-fund"] as const;

/** How an amount came about, as data: the screen makes the sentence. `rule` is the id of a dated rule. */
export const PayExplanation = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("prorated"), fullMinor: paiseSchema, paidHalfDays: z.number(), monthHalfDays: z.number() }),
  z.object({ kind: z.literal("share"), rule: z.string(), wageMinor: paiseSchema, ceilingMinor: paiseSchema, baseMinor: paiseSchema, percent: z.number() }),
  z.object({ kind: z.literal("slab"), rule: z.string(), state: z.string(), incomeMinor: paiseSchema }),
]);
export type PayExplanation = z.output<typeof PayExplanation>;

export const PayLine = z.object({
  code: z.enum([...earningCodes, ...deductionCodes, ...employerCodes]),
  kind: z.enum(["earning", "deduction", "employer"]),
  amountMinor: paiseSchema,
  explanation: PayExplanation,
});
export type PayLine = z.output<typeof PayLine>;

export const PaySums = z.object({
  grossMinor: paiseSchema,
  deductionsMinor: paiseSchema,
  netMinor: paiseSchema,
  /** What the employer pays on top. */
  employerMinor: paiseSchema,
});
export type PaySums = z.output<typeof PaySums>;

/** What is kept with a payslip beside its lines. */
export const PayslipFacts = PayInput.extend({ days: PayDays });
export type PayslipFacts = z.output<typeof PayslipFacts>;

/** Which row of the law a run was computed by. */
export const RuleVersion = z.object({ id: z.string(), from: plainDateSchema, source: z.string(), confidence: z.string() });
export type RuleVersion = z.output<typeof RuleVersion>;
