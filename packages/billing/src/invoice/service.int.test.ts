import { callAs, inContext, makeMember } from "@atrium/api/testing";
import { makeTenant, ownerQuery, testDatabase } from "@atrium/db/testing";
import type { TestTenant } from "@atrium/db/testing";
import { describe, expect, it } from "vitest";
import { saveAccount } from "../account/service.ts";
import { SaveBillingAccount } from "../account/contract.ts";
import { GetInvoice } from "./contract.ts";
import type { InvoiceDto } from "./contract.ts";
import { drawInvoice } from "./pdf.ts";
import { invoiceRouter } from "./router.ts";
import { invoiceMail, invoicePdf, issueInvoice, listUnpaid } from "./service.ts";
import type { InvoiceOrder } from "./service.ts";

const database = await testDatabase();
const now = new Date("2026-11-20T09:30:00Z");
const order: InvoiceOrder = {
  lines: [{ description: "Starter, 20 Nov 2026 to 19 Dec 2026", quantity: 10, unitMinor: 60_00, amountMinor: 600_00 }],
  periodFrom: new Date("2026-11-19T18:30:00Z"),
  periodUntil: new Date("2026-12-19T18:30:00Z"),
};
const renewal = { plan: "starter", seats: 10 } as const;
const account = SaveBillingAccount.parse({
  name: "Acme Widgets Private Limited", addressLine: "12 Station Road", city: "Pune", stateCode: "27", pinCode: "411001", gstin: "27AAACC0003C1ZP",
  contacts: ["accounts@acme.test", "owner@acme.test"], version: 0,
});

/** Issues it in a transaction of its own. */
async function issueIn(tenant: TestTenant, change: Partial<InvoiceOrder> = {}, at = now): Promise<{ readonly invoice: InvoiceDto; readonly events: readonly string[] }> {
  const { value, emitted } = await inContext(database, tenant, (ctx) => issueInvoice(ctx, { ...order, ...change }), { now: at });
  if (!value) throw new Error("No invoice was made.");
  return { invoice: value, events: emitted.map(({ name, id }) => `${name} ${id}`) };
}

/** What the seller's book says of a financial year. */
const register = (year: number) => ownerQuery<{ serial: number; number: string; tenant_id: string }>("SELECT serial, number, tenant_id FROM app.invoice_register WHERE financial_year = $1 ORDER BY serial", [year]);

describe("the numbers of invoices", () => {
  it("run through all companies without a gap and without a double, however many are issued at once and whatever is rolled back", async () => {
    const tenants = await Promise.all(Array.from({ length: 4 }, () => makeTenant()));
    const at = new Date("2151-06-01T06:00:00Z");
    const attempts = Array.from({ length: 40 }, (_, n) => n);
    const results = await Promise.allSettled(attempts.map((n) => {
      const tenant = tenants[n % tenants.length] ?? tenants[0];
      if (!tenant) throw new Error("There is no company.");
      return inContext(database, tenant, async (ctx) => {
        const invoice = await issueInvoice(ctx, order);
        if (n % 3 === 0) throw new Error("Something went wrong after the number was given.");
        return invoice?.number ?? "";
      }, { now: at });
    }));
    const given = results.flatMap((result) => (result.status === "fulfilled" ? [result.value.value] : []));
    expect(given).toHaveLength(26);
    expect(given.toSorted()).toEqual(Array.from({ length: 26 }, (_, n) => `ATR/51-52/${String(n + 1).padStart(6, "0")}`));
    const book = await register(2151);
    expect(book.map(({ serial }) => serial)).toEqual(Array.from({ length: 26 }, (_, n) => n + 1));
    expect(new Set(book.map(({ tenant_id: id }) => id)).size).toBe(4);
  });

  it("begin anew on 1 April where the seller is, and not an instant before", async () => {
    const [one, other] = [await makeTenant(), await makeTenant()];
    const numberAt = async (tenant: TestTenant, at: string) => (await issueIn(tenant, {}, new Date(at))).invoice.number;
    expect(await numberAt(one, "2154-03-31T18:29:59.999Z")).toBe("ATR/53-54/000001");
    expect(await numberAt(other, "2154-03-31T18:30:00.000Z")).toBe("ATR/54-55/000001");
    expect(await numberAt(one, "2154-04-01T00:00:00.000Z")).toBe("ATR/54-55/000002");
    // Whoever comes late with the old year's day goes on where that one ended.
    expect(await numberAt(other, "2154-03-31T18:29:59.999Z")).toBe("ATR/53-54/000002");
    expect(await numberAt(one, "2199-06-01T00:00:00.000Z")).toBe("ATR/99-00/000001");
  });

  it("are taken by nothing but an invoice: neither by an INSERT that inserts nothing, nor by a refused one, nor by the role's own hand", async () => {
    const tenant = await makeTenant();
    const at = new Date("2156-06-01T06:00:00Z");
    const { invoice } = await issueIn(tenant, {}, at);
    await database.withTenant(tenant.id, (db) => db.$executeRaw`INSERT INTO invoice SELECT * FROM invoice WHERE tenant_id = ${tenant.id} ON CONFLICT DO NOTHING`);
    const attempt = (work: Parameters<typeof database.withTenant<unknown>>[1]) => expect(database.withTenant(tenant.id, work)).rejects.toThrow();
    await attempt((db) => db.$executeRaw`INSERT INTO invoice SELECT * FROM invoice WHERE tenant_id = ${tenant.id}`);
    // Two rows of one statement would bear one number.
    await attempt((db) => db.$executeRaw`
      INSERT INTO invoice (tenant_id, id, issued_at, issued_on, due_on, period_from, period_until, seller, buyer, place_of_supply, sac, lines, taxes, taxable_minor, tax_minor, total_minor)
      SELECT tenant_id, id || n, issued_at, issued_on, due_on, period_from, period_until, seller, buyer, place_of_supply, sac, lines, taxes, taxable_minor, tax_minor, total_minor
      FROM invoice, generate_series(1, 2) n WHERE tenant_id = ${tenant.id}`);
    await attempt((db) => db.$queryRaw`SELECT * FROM app.invoice_series`);
    await attempt((db) => db.$queryRaw`SELECT * FROM app.invoice_register`);
    await attempt((db) => db.$executeRaw`UPDATE app.invoice_series SET last = 900000`);
    await attempt((db) => db.$queryRaw`SELECT app.number_invoice()`);
    await attempt((db) => db.$executeRaw`ALTER TABLE invoice DISABLE TRIGGER number_invoice`);
    expect([invoice.number, (await issueIn(tenant, {}, at)).invoice.number]).toEqual(["ATR/56-57/000001", "ATR/56-57/000002"]);
  });

  it("are the series's, whatever an INSERT asks for", async () => {
    const tenant = await makeTenant();
    const at = new Date("2158-06-01T06:00:00Z");
    await issueIn(tenant, {}, at);
    await database.withTenant(tenant.id, (db) => db.$executeRaw`
      INSERT INTO invoice (tenant_id, id, financial_year, serial, number, issued_at, issued_on, due_on, period_from, period_until, seller, buyer, place_of_supply, sac, lines, taxes, taxable_minor, tax_minor, total_minor)
      SELECT tenant_id, id || 'x', 2099, 77, 'MINE', issued_at, issued_on, due_on, period_from, period_until, seller, buyer, place_of_supply, sac, lines, taxes, taxable_minor, tax_minor, total_minor
      FROM invoice WHERE tenant_id = ${tenant.id}`);
    expect((await register(2158)).map(({ number }) => number)).toEqual(["ATR/58-59/000001", "ATR/58-59/000002"]);
  });
});

describe("an invoice", () => {
  it("names buyer, place and taxes by the billing account of that day, and stays so when the account changes", async () => {
    const tenant = await makeTenant();
    await inContext(database, tenant, (ctx) => saveAccount(ctx, account), { now });
    const { invoice, events } = await issueIn(tenant);
    expect(events).toEqual([`billing/invoice.issued ${invoice.id}`]);
    await inContext(database, tenant, (ctx) => saveAccount(ctx, { ...account, name: "Acme Gadgets", stateCode: "29", gstin: "29AAACB0002B1ZP", version: 1 }), { now });
    const member = await makeMember(database, tenant, ["owner"]);
    expect(await callAs(invoiceRouter, { database, tenant, member, now }).call.get({ invoiceId: invoice.id })).toEqual({
      ...invoice,
      status: "open", issuedOn: "2026-11-20", dueOn: "2026-12-04", periodFrom: "2026-11-20", periodUntil: "2026-12-19", renewal: null, sac: "997331",
      buyer: { name: "Acme Widgets Private Limited", address: "12 Station Road, Pune 411001", stateCode: "27", gstin: "27AAACC0003C1ZP" },
      placeOfSupply: { code: "27", name: "Maharashtra" },
      taxes: [{ kind: "igst", ratePercent: 18, amountMinor: 108_00 }],
      taxableMinor: 600_00, taxMinor: 108_00, totalMinor: 708_00, openMinor: 708_00, totalInWords: "Rupees seven hundred eight only",
    });
  });

  it("goes to a company that never said who is invoiced as to a buyer without an address", async () => {
    const tenant = await makeTenant();
    const { invoice } = await issueIn(tenant);
    expect(invoice.buyer).toEqual({ name: tenant.name, address: "", stateCode: null, gstin: null });
    expect(invoice.taxes.map(({ kind }) => kind)).toEqual(["cgst", "sgst"]);
  });

  it("of nothing is not made, and takes no number", async () => {
    const tenant = await makeTenant();
    const at = new Date("2160-06-01T06:00:00Z");
    const { value, emitted } = await inContext(database, tenant, (ctx) => issueInvoice(ctx, { ...order, lines: [] }), { now: at });
    expect([value, emitted, await register(2160)]).toEqual([null, [], []]);
  });

  it("is changed and removed by nobody", async () => {
    const tenant = await makeTenant();
    const { invoice } = await issueIn(tenant);
    const attempt = (work: Parameters<typeof database.withTenant<unknown>>[1]) => expect(database.withTenant(tenant.id, work)).rejects.toThrow(/denied|access/);
    await attempt((db) => db.$executeRaw`UPDATE invoice SET total_minor = 3 WHERE tenant_id = ${tenant.id} AND id = ${invoice.id}`);
    await attempt((db) => db.$executeRaw`DELETE FROM invoice WHERE tenant_id = ${tenant.id}`);
    await attempt((db) => db.$executeRaw`UPDATE invoice_payment SET amount_minor = 1 WHERE tenant_id = ${tenant.id}`);
    await attempt((db) => db.$executeRaw`DELETE FROM invoice_payment WHERE tenant_id = ${tenant.id}`);
  });

  it("that renews is one for its period, however often and at whatever hour it is asked for", async () => {
    const tenant = await makeTenant();
    const asked = await Promise.all(Array.from({ length: 6 }, () => issueIn(tenant, { renewal })));
    const late = await issueIn(tenant, { renewal }, new Date("2026-12-24T00:00:00Z"));
    expect(new Set([...asked, late].map(({ invoice }) => invoice.id)).size).toBe(1);
    expect([...asked, late].flatMap(({ events }) => events)).toHaveLength(1);
    const next = await issueIn(tenant, { renewal, periodFrom: order.periodUntil, periodUntil: new Date("2027-01-19T18:30:00Z") });
    expect(next.invoice.renewal).toEqual(renewal);
    // The database would not take a second one from whoever forgets to ask.
    await expect(database.withTenant(tenant.id, (db) => db.$executeRaw`
      INSERT INTO invoice (tenant_id, id, issued_at, issued_on, due_on, period_from, period_until, renews_from, plan, seats, seller, buyer, place_of_supply, sac, lines, taxes, taxable_minor, tax_minor, total_minor)
      SELECT tenant_id, id || 'x', issued_at, issued_on, due_on, period_from, period_until, renews_from, plan, seats, seller, buyer, place_of_supply, sac, lines, taxes, taxable_minor, tax_minor, total_minor
      FROM invoice WHERE tenant_id = ${tenant.id} AND renews_from = ${order.periodFrom}`)).rejects.toThrow();
  });
});

describe("a company's invoices", () => {
  it("are listed page by page, the newest first, each once", async () => {
    const tenant = await makeTenant();
    const numbers: string[] = [];
    for (let n = 0; n < 5; n += 1) numbers.unshift((await issueIn(tenant)).invoice.number);
    const member = await makeMember(database, tenant, ["auditor"]);
    const { call } = callAs(invoiceRouter, { database, tenant, member, now: new Date("2026-12-05T00:00:00Z") });
    const seen: string[] = [];
    for (let after: string | null = null, page = 0; page < 4; page += 1) {
      const { rows, next }: Awaited<ReturnType<typeof call.list>> = await call.list({ limit: 2, after });
      seen.push(...rows.map(({ number }) => number));
      expect(rows.every(({ status }) => status === "overdue")).toBe(true);
      after = next;
      if (after === null) break;
    }
    expect(seen).toEqual(numbers);
    expect((await call.list({ limit: 2, after: "no cursor of ours" })).rows.map(({ number }) => number)).toEqual(numbers.slice(0, 2));
    const { value: unpaid } = await inContext(database, tenant, listUnpaid, { now });
    expect(unpaid.map(({ number }) => number)).toEqual(numbers.toReversed());
  });

  it("are seen when the subscription has long been over, by whoever may see them, and by no other company", async () => {
    const [tenant, other] = [await makeTenant(), await makeTenant()];
    const { invoice } = await issueIn(tenant);
    await database.withTenant(tenant.id, (db) => db.tenant.updateMany({ where: { id: tenant.id }, data: { subscriptionUntil: new Date("2025-01-01T00:00:00Z") } }));
    const as = async (company: TestTenant, role: "owner" | "employee") => callAs(invoiceRouter, { database, tenant: company, member: await makeMember(database, company, [role]), now }).call;
    expect((await (await as(tenant, "owner")).list({ limit: 50 })).rows).toHaveLength(1);
    expect((await (await as(tenant, "owner")).get({ invoiceId: invoice.id })).number).toBe(invoice.number);
    await expect((await as(tenant, "employee")).list({ limit: 50 })).rejects.toMatchObject({ message: "permission/missing" });
    expect((await (await as(other, "owner")).list({ limit: 50 })).rows).toEqual([]);
    await expect((await as(other, "owner")).get({ invoiceId: invoice.id })).rejects.toMatchObject({ message: "invoice/not-found" });
    await expect(inContext(database, other, (ctx) => invoicePdf(ctx, { invoiceId: invoice.id }))).rejects.toMatchObject({ code: "invoice/not-found" });
    expect(GetInvoice.safeParse({ invoiceId: "emp_01jd3k9v7q8m2n4p6r8t0w" }).success).toBe(false);
  });
});

describe("the mail with an invoice", () => {
  const link = (...path: string[]) => ["https://hr.example.test", ...path].join("/");
  const mailOf = async (tenant: TestTenant, invoiceId: string, number: number) => {
    const { value: write } = await inContext(database, tenant, (ctx) => invoiceMail(ctx, { invoiceId, number }, link), { now });
    return write?.();
  };

  it("goes to every contact with the document that the page gives out, and the same mail keeps its key", async () => {
    const tenant = await makeTenant();
    await inContext(database, tenant, (ctx) => saveAccount(ctx, account), { now });
    const { invoice } = await issueIn(tenant);
    const [first, second, again] = [await mailOf(tenant, invoice.id, 1), await mailOf(tenant, invoice.id, 2), await mailOf(tenant, invoice.id, 1)];
    expect([first?.to, second?.to, await mailOf(tenant, invoice.id, 3)]).toEqual(["accounts@acme.test", "owner@acme.test", undefined]);
    expect([first?.key === again?.key, first?.key === second?.key]).toEqual([true, false]);
    expect(first?.subject).toBe(`Invoice ${invoice.number}`);
    expect(first?.text).toContain("₹708.00, due on 4 Dec 2026");
    expect(first?.text).toContain(`https://hr.example.test/${tenant.slug}/settings/billing`);
    const [file] = first?.attachments ?? [];
    expect(file).toMatchObject({ filename: `invoice-${invoice.number.replaceAll("/", "-")}.pdf`, contentType: "application/pdf" });
    expect(file?.content.length).toBe((await drawInvoice(invoice)).length);
  });

  it("goes to whoever administers a company that names no contacts, and not to those who have left", async () => {
    const tenant = await makeTenant();
    const owner = await makeMember(database, tenant, ["owner"]);
    const gone = await makeMember(database, tenant, ["tenant-admin"]);
    await makeMember(database, tenant, ["payroll-manager"]);
    await database.withTenant(tenant.id, (db) => db.member.updateMany({ where: { tenantId: tenant.id, id: gone.id }, data: { status: "deactivated" } }));
    const { invoice } = await issueIn(tenant);
    expect((await mailOf(tenant, invoice.id, 1))?.to).toBe(`${owner.id}@${tenant.slug}.test`);
    expect(await mailOf(tenant, invoice.id, 2)).toBeUndefined();
  });
});
