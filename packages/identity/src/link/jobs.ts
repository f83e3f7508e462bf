import { tenantJob } from "@atrium/api";
import { linkPrepared } from "./contract.ts";
import { emailChangeNotice, linkMail } from "./service.ts";

/** Sends a link. For a new address the old one is told first, so that nobody takes an account over unseen. */
export const sendLinkJob = tenantJob({ id: "identity/send-link", on: linkPrepared, retries: 5 }, async ({ data: { linkId }, step, inTenant, mail, link }) => {
  await step.run("tell the old address", async () => {
    const notice = await inTenant((ctx) => emailChangeNotice(ctx, linkId));
    return notice ? mail.send(notice) : "none";
  });
  // The secret is made and sent within one step: what a step returns is kept by the job server.
  return step.run("send the link", async () => {
    const message = await inTenant((ctx) => linkMail(ctx, linkId, link));
    return message ? mail.send(message) : "over";
  });
});
