import { createLogger } from "@atrium/api";
import type { Delivery, Message } from "@atrium/api";
import { inContext } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import { testKeyring } from "@atrium/vault/testing";
import { Inngest } from "inngest";
import { expect, it, vi } from "vitest";
import { z } from "zod";
import { saveAccount } from "../account/service.ts";
import { invoiceJobs } from "./jobs.ts";
import { issueInvoice } from "./service.ts";

const now = new Date("2026-11-20T09:30:00Z");
const nowhere = () => Promise.reject(new Error("No file is kept in this test."));

type Handler = (arrival: { readonly event: { readonly data: unknown }; readonly step: unknown; readonly runId: string }) => Promise<unknown>;
const Bound = z.tuple([z.unknown(), z.custom<Handler>((value) => typeof value === "function")]);

/** The job on a server that remembers what a finished step answered, as the real one does, and mails by `send`. */
async function sender(send: (message: Message) => Promise<Delivery>) {
  const database = await testDatabase();
  const tenant = await makeTenant();
  const account = { name: "Acme", addressLine: "12 Station Road", city: "Pune", stateCode: "27", pinCode: "411001", gstin: null };
  const contacts = ["one@acme.test", "two@acme.test", "three@acme.test"];
  const { value: invoice } = await inContext(database, tenant, async (ctx) => {
    await saveAccount(ctx, { ...account, contacts, version: 0 });
    const lines = [{ description: "Starter", quantity: 1, unitMinor: 60_00, amountMinor: 60_00 }];
    return issueInvoice(ctx, { lines, periodFrom: now, periodUntil: new Date("2026-12-20T09:30:00Z") });
  }, { now });
  const client = new Inngest({ id: "test", isDev: true });
  const bound = vi.spyOn(client, "createFunction");
  const files = { write: nowhere, read: nowhere, list: nowhere, remove: nowhere };
  const runtime = { client, database, keyring: testKeyring(), files, mail: { send }, log: createLogger("silent"), clock: () => now, publicUrl: "https://hr.example.test" };
  for (const job of invoiceJobs) job.bind(runtime);
  const [, handler] = Bound.parse(bound.mock.calls[0]);
  const finished = new Map<string, unknown>();
  const run = async (id: string, work: () => Promise<unknown>): Promise<unknown> => {
    if (!finished.has(id)) finished.set(id, await work());
    return finished.get(id);
  };
  return () => handler({ event: { data: { tenantId: tenant.id, invoiceId: invoice?.id } }, step: { run }, runId: "run-1" });
}

it("every contact gets the invoice once, although the mail server breaks off between them and one address is refused", async () => {
  const got: string[] = [];
  let isDown = true;
  const attempt = await sender(({ to, attachments }) => {
    if (to === "two@acme.test" && isDown) return Promise.reject(new Error("The connection broke."));
    if (to === "three@acme.test") return Promise.resolve("refused");
    got.push(`${to} ${attachments?.[0]?.contentType ?? ""}`);
    return Promise.resolve("sent");
  });
  await expect(attempt()).rejects.toThrow("The connection broke.");
  isDown = false;
  expect(await attempt()).toEqual({ sent: 2, refused: 1, gone: 0 });
  expect(got).toEqual(["one@acme.test application/pdf", "two@acme.test application/pdf"]);
});
