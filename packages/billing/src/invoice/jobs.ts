import { tenantJob } from "@atrium/api";
import type { JobDefinition } from "@atrium/api";
import { invoiceIssued } from "./contract.ts";
import { countContacts, invoiceMail } from "./service.ts";

/**
 * Mails a new invoice to the company's contacts, each in a step of its own: an address that is refused for good holds up nobody
 * else, and when the mail server is down those who have got it are not mailed again.
 */
const sendInvoice = tenantJob({ id: "billing/send-invoice", on: invoiceIssued, retries: 8 }, async ({ data, step, inTenant, mail, link, log }) => {
  const contacts = await step.run("begin", () => inTenant(countContacts));
  const told = { sent: 0, refused: 0, gone: 0 };
  for (let number = 1; number <= contacts; number += 1) {
    const delivery = await step.run(`mail-${number}`, async () => {
      const write = await inTenant((ctx) => invoiceMail(ctx, { ...data, number }, link));
      return write ? mail.send(await write()) : "gone";
    });
    told[delivery] += 1;
  }
  if (told.refused > 0) log.warn({ invoiceId: data.invoiceId, refused: told.refused }, "addresses that take no invoice");
  return told;
});

export const invoiceJobs: readonly JobDefinition[] = [sendInvoice];
