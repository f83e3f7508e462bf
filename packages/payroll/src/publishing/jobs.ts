import { tenantJob } from "@atrium/api";
import type { JobDefinition, Mail, Message } from "@atrium/api";
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

/**
 * Sends the notices of one step. An address that is refused for good holds up nobody else. When the way to the mail server
 * fails, no sender begins another message, so that the step's next try repeats as few as can be.
 */
export async function sendAll(mail: Mail, notices: readonly Message[]): Promise<{ readonly sent: number; readonly refused: number }> {
  const waiting = [...notices];
  let refused = 0;
  const sendNext = async (): Promise<void> => {
    for (let notice = waiting.shift(); notice; notice = waiting.shift()) {
      if ((await mail.send(notice)) === "refused") refused += 1;
    }
  };
  const stopAll = (thrown: unknown): never => {
    waiting.length = 0;
    throw thrown;
  };
  await Promise.all(upTo(sendersAtOnce).map(() => sendNext().catch(stopAll)));
  return { sent: notices.length - refused, refused };
}

/** Tells the employees of a published run. A mail server that is down delays the mail, never the payslips. */
const notifyEmployees = tenantJob({ id: "payroll/notify-employees", on: runPublished, retries: 8 }, async ({ data, step, inTenant, mail, link, log }) => {
  const chunks = await step.run("begin", () => inTenant((ctx) => chunksOf(ctx, data)));
  const told = { sent: 0, refused: 0 };
  for (const number of upTo(chunks)) {
    const { sent, refused } = await step.run(`mail-${number}`, async () => {
      const answer = await sendAll(mail, await inTenant((ctx) => noticesOf(ctx, { ...data, number }, link)));
      if (answer.refused > 0) log.warn({ number, refused: answer.refused }, "addresses that take no mail");
      return answer;
    });
    told.sent += sent;
    told.refused += refused;
  }
  return told;
});

export const publishingJobs: readonly JobDefinition[] = [publishRun, notifyEmployees];
