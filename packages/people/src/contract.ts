import { defineErrors } from "@atrium/kernel";
import { employeeErrors } from "./employee/contract.ts";
import { importErrors } from "./import/contract.ts";
import { organisationErrors } from "./organisation/contract.ts";

export * from "./employee/contract.ts";
export * from "./import/contract.ts";
export * from "./organisation/contract.ts";

/** Every code that this domain may answer. */
export const peopleErrors = defineErrors({ ...employeeErrors, ...importErrors, ...organisationErrors });
