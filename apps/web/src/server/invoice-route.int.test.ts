import { testDatabase } from "@atrium/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { comeIn, makeMarkedCompany } from "./testing/company.ts";
import type { MarkedCompany } from "./testing/company.ts";
import { openTestRuntime } from "./testing/doors.ts";
import { callRoute } from "./testing/routes.ts";

const route = "[tenant]/api/billing/invoices/[invoiceId]/pdf";
let company: MarkedCompany;
let close: () => void;
beforeAll(async () => {
  close = await openTestRuntime();
  company = await makeMarkedCompany("A");
});
afterAll(() => close());

const ask = async (caller: "owner" | "auditor" | "employee", ids = company.ids) => callRoute(route, ids, { slug: company.tenant.slug, cookie: await comeIn(company, caller) });

it("an invoice is given out as a file under its number, to keep and not to cache", async () => {
  const { status, bytes } = await ask("auditor");
  expect(status).toBe(200);
  expect(bytes).toContain("content-type: application/pdf");
  expect(bytes).toMatch(/content-disposition: attachment; filename="invoice-ATR-26-27-\d{6}\.pdf"/);
  expect(bytes).toContain("cache-control: no-store");
  expect(bytes).toContain("\n\n%PDF-");
});

it("whoever may not see the billing gets none, and nobody one that there is not", async () => {
  expect(await ask("employee")).toMatchObject({ status: 403, code: "permission/missing" });
  expect(await ask("owner", ["inv_01jd3k9v7q8m2n4p6r8t0w"])).toMatchObject({ status: 404, code: "invoice/not-found" });
  expect(await ask("owner", ["inv_../../../secret"])).toMatchObject({ status: 400, code: "request/invalid" });
});

it("it is still given out when the subscription has long been over", async () => {
  const { id } = company.tenant;
  await (await testDatabase()).withTenant(id, (db) => db.tenant.updateMany({ where: { id }, data: { plan: "starter", subscriptionUntil: new Date("2020-01-01T00:00:00Z") } }));
  expect((await ask("owner")).status).toBe(200);
});
