import { tenantClockJob, tenantJob } from "@atrium/api";
import { importConfirmed, importUploaded } from "./contract.ts";
import {
  announce, checkManagers, checkRows, commitAll, commitRange, failImport, finishCommit, forgetImports, inspectImport, linkManagers, planCommit, removeFile,
} from "./service.ts";

/** The dry run: reads the file and decides every row's fate. */
export const checkImport = tenantJob(
  {
    id: "people/check-import",
    on: importUploaded,
    concurrencyPerTenant: 1,
    onFailure: ({ data, inTenant }, failure) => inTenant((ctx) => failImport(ctx, data.importId, failure)),
  },
  async ({ data: { importId }, step, ...work }) => {
    const isReadable = await step.run("inspect the file", () => inspectImport(work, importId));
    const isGoingOn = isReadable && (await step.run("check the rows", () => checkRows(work, importId)));
    if (isGoingOn) await step.run("check the managers", () => checkManagers(work, importId));
  },
);

/** The commit: makes employees of the good rows, all at once or stretch by stretch, then tells the house. */
export const commitImport = tenantJob(
  {
    id: "people/commit-import",
    on: importConfirmed,
    concurrencyPerTenant: 1,
    onFailure: ({ data, inTenant }, failure) => inTenant((ctx) => failImport(ctx, data.importId, failure)),
  },
  async ({ data: { importId }, step, ...work }) => {
    const plan = await step.run("plan", () => planCommit(work, importId));
    if (!plan) return;
    if (plan.mode === "all-or-none") {
      await step.run("create all", () => commitAll(work, importId, plan.ranges));
    } else {
      for (const range of plan.ranges) await step.run(`create rows ${range.from} to ${range.to}`, () => commitRange(work, importId, range));
      await step.run("link managers", () => linkManagers(work, importId));
      await step.run("finish", () => finishCommit(work, importId));
    }
    await step.run("remove the file", () => removeFile(work, importId));
    for (const range of plan.ranges) await step.run(`announce rows ${range.from} to ${range.to}`, () => announce(work, importId, range));
  },
);

/** Every night: what nobody came back to for a week is removed. */
export const forgetOldImports = tenantClockJob("people/forget-imports", "15 21 * * *", forgetImports);
