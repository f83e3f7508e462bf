import { houseJobs } from "@atrium/api";
import type { JobDefinition } from "@atrium/api";
import { billingJobs } from "@atrium/billing";
import { identityJobs } from "@atrium/identity";
import { payrollJobs } from "@atrium/payroll";
import { peopleJobs } from "@atrium/people";
import { timeJobs } from "@atrium/time";

/** Every job of the house. */
export const jobs: readonly JobDefinition[] = [...houseJobs, ...billingJobs, ...identityJobs, ...payrollJobs, ...peopleJobs, ...timeJobs];
