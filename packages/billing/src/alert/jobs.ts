import { tenantJob } from "@atrium/api";
import type { JobDefinition } from "@atrium/api";
import { limitNearlyUsed } from "./contract.ts";
import { alertNotice, alertRecipients } from "./service.ts";

/** Mails those who can do something about a limit that is nearly used, each in a step of their own: nobody is told twice. */
const tellOfLimit = tenantJob({ id: "billing/tell-of-limit", on: limitNearlyUsed, retries: 5 }, async ({ data, step, inTenant, mail, link }) => {
  const members = await step.run("find", () => inTenant(alertRecipients));
  for (const memberId of members) {
    await step.run(`tell ${memberId}`, async () => {
      const notice = await inTenant((ctx) => alertNotice(ctx, memberId, data, link));
      return notice ? mail.send(notice) : "none";
    });
  }
  return { told: members.length };
});

export const alertJobs: readonly JobDefinition[] = [tellOfLimit];
