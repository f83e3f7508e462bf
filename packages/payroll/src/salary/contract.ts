import { defineErrors, idSchema, paiseSchema, yearMonthSchema } from "@atrium/kernel";
import { z } from "zod";

export const salaryErrors = defineErrors({
  "salary/employee-not-found": "not-found",
  "salary/nothing-to-pay": "invalid",
});

const amount = paiseSchema.nonnegative().max(100_000_000_00);

/** What an employee earns in a full month, in paise. */
export const SalaryRate = z.object({
  /** The first month it is paid for. */
  from: yearMonthSchema,
  basicMinor: amount,
  hraMinor: amount,
  allowanceMinor: amount,
  isPfMember: z.boolean(),
});
export type SalaryRate = z.output<typeof SalaryRate>;

export const SetSalary = SalaryRate.extend({ employeeId: idSchema("emp") });
export type SetSalary = z.output<typeof SetSalary>;

export const ListSalaries = z.object({ employeeId: idSchema("emp") });

/** The newest first. */
export const SalaryHistory = z.object({ rates: z.array(SalaryRate) });
export type SalaryHistory = z.output<typeof SalaryHistory>;
