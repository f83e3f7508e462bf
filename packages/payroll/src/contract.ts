import { computingErrors } from "./computing/contract.ts";
import { monthErrors } from "./month/contract.ts";
import { payslipErrors } from "./payslip/contract.ts";
import { publishingErrors } from "./publishing/contract.ts";
import { runErrors } from "./run/contract.ts";
import { salaryErrors } from "./salary/contract.ts";

export * from "./computing/contract.ts";
export * from "./month/contract.ts";
export * from "./payslip/contract.ts";
export * from "./publishing/contract.ts";
export * from "./review/contract.ts";
export * from "./run/contract.ts";
export * from "./salary/contract.ts";

/** Every refusal of this domain. */
export const payrollErrors = { ...salaryErrors, ...monthErrors, ...computingErrors, ...runErrors, ...publishingErrors, ...payslipErrors };
