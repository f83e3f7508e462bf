import { router } from "@atrium/api";
import type { JobDefinition } from "@atrium/api";
import { employeeRouter } from "./employee/router.ts";
import { checkImport, commitImport, forgetOldImports } from "./import/jobs.ts";
import { importRouter } from "./import/router.ts";
import { organisationRouter } from "./organisation/router.ts";

export const peopleRouter = router({ employee: employeeRouter, import: importRouter, organisation: organisationRouter });

export const peopleJobs: JobDefinition[] = [checkImport, commitImport, forgetOldImports];

export { exportPage } from "./employee/service.ts";
export { beginUpload, getImport, listImportRows, registerUpload } from "./import/service.ts";
export { sampleJoiners } from "./import/sample.ts";
