import { houseJobs } from "@atrium/api";
import type { JobDefinition } from "@atrium/api";
import { alertJobs } from "@atrium/billing";
import { identityJobs } from "@atrium/identity";
import { payrollJobs } from "@atrium/payroll";
import { peopleJobs } from "@atrium/people";
import { timeJobs } from "@atrium/time";

/** Every job of the house. */
export const jobs: readonly JobDefinition[] = [...houseJobs, ...alertJobs, ...identityJobs, ...payrollJobs, ...peopleJobs, ...timeJobs];
