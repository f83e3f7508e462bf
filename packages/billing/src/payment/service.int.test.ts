import { inContext, requestAs } from "@atrium/api/testing";
import type { Ctx } from "@atrium/api";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestTenant } from "@atrium/db/testing";
import { describe, expect, it } from "vitest";
import type { InvoiceDto } from "../invoice/contract.ts";
import { issueInvoice, listUnpaid } from "../invoice/service.ts";
import type { InvoiceOrder } from "../invoice/service.ts";
import type { RecordPayment } from "./contract.ts";
import type { PaymentProvider } from "./provider.ts";
import { collectPayment, recordPayment, recordPaymentOf } from "./service.ts";

const database = await testDatabase();
const now = new Date("2026-11-20T09:30:00Z");
/** The end of what is paid: midnight in Karnataka. */
const until = new Date("2026-11-26T18:30:00Z");
const order: InvoiceOrder = {
  lines: [{ description: "Starter, 27 Nov 2026 to 26 Dec 2026", quantity: 10, unitMinor: 60_00, amountMinor: 600_00 }],
  periodFrom: until,
  periodUntil: new Date("2026-12-26T18:30:00Z"),
};

async function invoiced(change: Partial<InvoiceOrder> = {}): Promise<{ readonly tenant: TestTenant; readonly invoice: InvoiceDto; readonly pay: (of?: Partial<RecordPayment>) => Promise<InvoiceDto> }> {
  const tenant = await makeTenant();
  await database.withTenant(tenant.id, (db) =>
    db.tenant.updateMany({ where: { id: tenant.id }, data: { plan: "starter", seats: 10, subscriptionFrom: new Date("2026-10-26T18:30:00Z"), subscriptionUntil: until } }),
  );
  const { value: invoice } = await inContext(database, tenant, (ctx) => issueInvoice(ctx, { ...order, ...change }), { now });
  if (!invoice) throw new Error("No invoice was made.");
  const payment = { invoiceNumber: invoice.number, amountMinor: 708_00, paidOn: "2026-11-20", method: "bank-transfer", reference: "UTR0000000001", reason: "Seen on the statement." } as const;
  const operator = { kind: "operator", operatorId: "mem_operator", name: "Meena Operator" } as const;
  const pay = async (of: Partial<RecordPayment> = {}) => (await inContext(database, tenant, (ctx) => recordPayment(ctx, { ...payment, ...of }), { now, actor: operator })).value;
  return { tenant, invoice, pay };
}

const inTrail = (tenant: TestTenant, action: string) =>
  database.withTenant(tenant.id, (db) => db.auditEvent.findMany({ where: { tenantId: tenant.id, action }, orderBy: { seq: "asc" } }));
const subscriptionOf = (tenant: TestTenant) =>
  database.withTenant(tenant.id, (db) => db.tenant.findUniqueOrThrow({ where: { id: tenant.id }, select: { plan: true, seats: true, subscriptionUntil: true } }));

describe("a payment", () => {
  it("of all that is open makes the invoice paid, and stands in the company's trail with who recorded it and why", async () => {
    const { tenant, pay } = await invoiced();
    expect(await pay()).toMatchObject({ status: "paid", openMinor: 0, paidMinor: 708_00, payments: [{ paidOn: "2026-11-20", amountMinor: 708_00, method: "bank-transfer", reference: "UTR0000000001" }] });
    expect((await inContext(database, tenant, listUnpaid, { now })).value).toEqual([]);
    const [event] = await inTrail(tenant, "invoice-payment.record");
    expect(event).toMatchObject({ actorKind: "operator", actorName: "Meena Operator", reason: "Seen on the statement.", after: { amountMinor: 708_00, reference: "UTR0000000001" } });
  });

  it("told again, in small letters too, is the same one", async () => {
    const { tenant, pay } = await invoiced();
    await pay();
    expect(await pay({ reference: " utr0000000001 " })).toMatchObject({ status: "paid", openMinor: 0 });
    expect(await inTrail(tenant, "invoice-payment.record")).toHaveLength(1);
    await expect(pay({ amountMinor: 1_00 })).rejects.toMatchObject({ code: "payment/reference-taken" });
  });

  it("may come in parts, of which tax deducted at source is one, and never comes to more than was asked for", async () => {
    const { pay } = await invoiced();
    expect(await pay({ amountMinor: 60_00, method: "tax-deducted", reference: "CERTIFICATE1" })).toMatchObject({ status: "part-paid", openMinor: 648_00 });
    await expect(pay({ amountMinor: 648_01 })).rejects.toMatchObject({ code: "payment/too-much", detail: { params: { open: "₹648.00" } } });
    expect(await pay({ amountMinor: 648_00 })).toMatchObject({ status: "paid", openMinor: 0 });
    await expect(pay({ amountMinor: 1, reference: "UTR0000000003" })).rejects.toMatchObject({ code: "payment/too-much" });
  });

  it("of several at the same moment takes no more than is open", async () => {
    const { tenant, pay } = await invoiced();
    const results = await Promise.allSettled(Array.from({ length: 5 }, (_, n) => pay({ amountMinor: 300_00, reference: `UTR-${n}` })));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    const [left] = (await inContext(database, tenant, listUnpaid, { now })).value;
    expect(left?.openMinor).toBe(108_00);
  });

  it("is refused of a day to come by the seller's clock, and of an invoice that is not the company's", async () => {
    const { invoice, pay } = await invoiced();
    await expect(pay({ paidOn: "2026-11-21" })).rejects.toMatchObject({ code: "payment/in-future" });
    const { pay: payElsewhere } = await invoiced();
    await expect(payElsewhere({ invoiceNumber: invoice.number })).rejects.toMatchObject({ code: "payment/invoice-unknown", kind: "not-found" });
    await expect(pay({ invoiceNumber: "ATR/26-27/9" })).rejects.toMatchObject({ code: "payment/invoice-unknown" });
    await expect(pay({ amountMinor: -1 })).rejects.toThrow();
  });

  it("is recorded from outside the company by its address name", async () => {
    const { tenant, invoice } = await invoiced();
    const { request } = requestAs({ database, tenant, member: undefined, now });
    const payment = { invoiceNumber: invoice.number, amountMinor: 708_00, paidOn: "2026-11-20", method: "upi", reference: "UPI1", reason: "By phone." } as const;
    expect(await recordPaymentOf(request, { slug: tenant.slug, ...payment })).toMatchObject({ status: "paid" });
    await expect(recordPaymentOf(request, { slug: "no-such-company", ...payment })).rejects.toMatchObject({ code: "tenant_not_found" });
    expect((await inTrail(tenant, "invoice-payment.record"))[0]).toMatchObject({ actorKind: "system", actorName: "Atrium" });
  });
});

describe("an invoice that renews", () => {
  const renewal = { plan: "starter", seats: 10 } as const;

  it("gives its period with the last paisa, once", async () => {
    const { tenant, pay } = await invoiced({ renewal });
    await pay({ amountMinor: 707_99 });
    expect(await subscriptionOf(tenant)).toMatchObject({ subscriptionUntil: until });
    await pay({ amountMinor: 1, reference: "UTR0000000002" });
    await pay({ amountMinor: 1, reference: "UTR0000000002" });
    expect(await subscriptionOf(tenant)).toEqual({ plan: "starter", seats: 10, subscriptionUntil: order.periodUntil });
    expect(await inTrail(tenant, "subscription.renew")).toHaveLength(1);
  });

  it("and one that does not, gives none", async () => {
    const { tenant, pay } = await invoiced();
    await pay();
    expect(await subscriptionOf(tenant)).toMatchObject({ subscriptionUntil: until });
  });
});

describe("a provider that collects", () => {
  const transactIn = (tenant: TestTenant) => async <T>(work: (ctx: Ctx) => Promise<T>): Promise<T> => (await inContext(database, tenant, work, { now })).value;

  it("by hand waits for the operator", async () => {
    const { tenant, invoice } = await invoiced();
    expect(await collectPayment(transactIn(tenant), { invoiceId: invoice.id })).toBe("pending");
    expect((await inContext(database, tenant, listUnpaid, { now })).value).toHaveLength(1);
  });

  it("and is paid at once has the payment recorded, once however often it is asked", async () => {
    const { tenant, invoice } = await invoiced({ renewal: { plan: "starter", seats: 10 } });
    const asked: string[] = [];
    const cards: PaymentProvider = {
      name: "cards",
      collect: ({ id, openMinor }) => {
        asked.push(id);
        return Promise.resolve({ status: "paid", amountMinor: openMinor, method: "card", reference: `card-${id}` });
      },
    };
    for (let n = 0; n < 2; n += 1) expect(await collectPayment(transactIn(tenant), { invoiceId: invoice.id }, cards)).toBe("paid");
    expect(asked).toEqual([invoice.id]);
    expect(await inTrail(tenant, "invoice-payment.record")).toHaveLength(1);
    expect(await subscriptionOf(tenant)).toMatchObject({ subscriptionUntil: order.periodUntil });
  });
});
