import { defineErrors } from "@atrium/kernel";

/** What the giving out of payslips can be stopped by; it stands in the run's `failure`. */
export const publishingErrors = defineErrors({ "payroll/publish-failed": "conflict" });
