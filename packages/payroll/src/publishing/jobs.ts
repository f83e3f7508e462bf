import { tenantJob } from "@atrium/api";
import type { JobDefinition } from "@atrium/api";
import { runApproved, runPublished } from "../contract.ts";
import { beginPublishing, chunksOf, finishPublishing, noticesOf, publishChunk, stopPublishing } from "./service.ts";

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** Gives out an approved run's payslips, chunk by chunk. */
const publishRun = tenantJob(
  { id: "payroll/publish-run", on: runApproved, retries: 5, onFailure: ({ data, inTenant }) => inTenant((ctx) => stopPublishing(ctx, data)) },
  async ({ data, step, inTenant }) => {
    const { chunks } = await step.run("begin", () => inTenant((ctx) => beginPublishing(ctx, data)));
    for (const number of upTo(chunks)) await step.run(`publish-${number}`, () => inTenant((ctx) => publishChunk(ctx, { ...data, number })));
    if (chunks > 0) await step.run("finish", () => inTenant((ctx) => finishPublishing(ctx, data)));
    return { chunks };
  },
);

/** How many messages one step has on the way at the same moment. */
const sendersAtOnce = 5;

/** Tells the employees of a published run. A mail server that is down delays the mail, never the payslips. */
const notifyEmployees = tenantJob({ id: "payroll/notify-employees", on: runPublished, retries: 8 }, async ({ data, step, inTenant, mail, link }) => {
  const chunks = await step.run("begin", () => inTenant((ctx) => chunksOf(ctx, data)));
  let sent = 0;
  for (const number of upTo(chunks)) {
    sent += await step.run(`mail-${number}`, async () => {
      const notices = await inTenant((ctx) => noticesOf(ctx, { ...data, number }, link));
      const waiting = notices.values();
      await Promise.all(
        upTo(sendersAtOnce).map(async () => {
          for (const notice of waiting) await mail.send(notice);
        }),
      );
      return notices.length;
    });
  }
  return { sent };
});

export const publishingJobs: readonly JobDefinition[] = [publishRun, notifyEmployees];
