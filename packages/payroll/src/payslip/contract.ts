import { defineErrors, idSchema, plainDateSchema, yearMonthSchema } from "@atrium/kernel";
import { z } from "zod";
import { PayLine, PayslipFacts, PaySums } from "../computing/contract.ts";

export const payslipErrors = defineErrors({ "payslip/not-found": "not-found" });

export const Payslip = PaySums.extend({
  id: z.string(),
  runId: z.string(),
  period: yearMonthSchema,
  company: z.string(),
  publishedOn: plainDateSchema.nullable(),
  facts: PayslipFacts,
  lines: z.array(PayLine),
  netInWords: z.string(),
});
export type Payslip = z.output<typeof Payslip>;

export const GetPayslip = z.object({ id: idSchema("psl") });
export type GetPayslip = z.output<typeof GetPayslip>;

export const MyPayslips = z.object({
  payslips: z.array(PaySums.extend({ id: z.string(), period: yearMonthSchema, publishedOn: plainDateSchema })),
});
export type MyPayslips = z.output<typeof MyPayslips>;
