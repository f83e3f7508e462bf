import { router } from "@atrium/api";
import type { JobDefinition } from "@atrium/api";
import { computingJobs } from "./computing/jobs.ts";
import { monthRouter } from "./month/router.ts";
import { payslipRouter } from "./payslip/router.ts";
import { publishingJobs } from "./publishing/jobs.ts";
import { reviewRouter } from "./review/router.ts";
import { runRouter } from "./run/router.ts";
import { salaryRouter } from "./salary/router.ts";

export const payrollRouter = router({ month: monthRouter, payslip: payslipRouter, review: reviewRouter, run: runRouter, salary: salaryRouter });

export const payrollJobs: readonly JobDefinition[] = [...computingJobs, ...publishingJobs];

export { payslipPdf } from "./payslip/service.ts";
export { registerPage } from "./review/service.ts";
