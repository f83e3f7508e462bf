import type { Ctx, Transact } from "@atrium/api";
import { asGuest, findCompanyOf } from "@atrium/identity";
import type { LifecycleOrder, OutsideRequest } from "@atrium/identity";
import { billingDayOf, dateColumn, formatMoney, paiseFrom, plainDateFrom, refusal } from "@atrium/kernel";
import type { GetInvoice, InvoiceDto } from "../invoice/contract.ts";
import { findInvoice, getInvoice, holdInvoices } from "../invoice/service.ts";
import { renewSubscription } from "../subscription/service.ts";
import { RecordPayment, paymentErrors } from "./contract.ts";
import { byHand } from "./provider.ts";
import type { Collection, PaymentProvider } from "./provider.ts";
import { decidePayment } from "./rules.ts";
import type { KeptPayment } from "./rules.ts";

/** Which company's payment, and which operator records it; without one, whoever has the command line. */
export type PaymentOrder = RecordPayment & Pick<LifecycleOrder, "slug" | "by">;

/**
 * Records in a company what has arrived for one of its invoices, from outside it. Throws `tenant_not_found`,
 * `payment/invoice-unknown`, `payment/too-much`, `payment/in-future`, `payment/reference-taken`.
 */
export async function recordPaymentOf(request: OutsideRequest, { slug, by, ...payment }: PaymentOrder): Promise<InvoiceDto> {
  const tenant = await findCompanyOf(request.database, slug);
  const actor = by ? ({ kind: "operator", ...by } as const) : {};
  return asGuest({ ...request, claimedSlug: slug }, tenant, (ctx) => recordPayment(ctx, payment), actor);
}

/**
 * Records what has arrived for an invoice, and answers how the invoice stands now. The same payment told twice is recorded
 * once. An invoice that begins a period by being paid begins it with the last paisa. Throws `payment/invoice-unknown`,
 * `payment/too-much`, `payment/in-future`, `payment/reference-taken`.
 */
export async function recordPayment(ctx: Ctx, given: RecordPayment): Promise<InvoiceDto> {
  const payment = RecordPayment.parse(given);
  await holdInvoices(ctx);
  const invoice = await findInvoice(ctx, payment.invoiceNumber);
  if (!invoice) throw refusal(paymentErrors, "payment/invoice-unknown", { field: "invoiceNumber", params: { number: payment.invoiceNumber } });
  const decision = decidePayment(payment, invoice, await withReference(ctx, payment.reference), billingDayOf(ctx.now));
  if (decision === "recorded-before") return invoice;
  if (decision !== "record") throw refusal(paymentErrors, decision, { params: { open: formatMoney(invoice.openMinor) } });

  await insert(ctx, invoice.id, payment);
  const paid = await getInvoice(ctx, { invoiceId: invoice.id });
  if (paid.status === "paid" && paid.renewal) await renewSubscription(ctx, paid.renewal);
  return paid;
}

/**
 * Asks the provider for the money of an invoice, outside of any transaction, and records it when it is there at once. Answers
 * what became of it.
 */
export async function collectPayment(transact: Transact, ref: GetInvoice, provider: PaymentProvider = byHand): Promise<Collection["status"]> {
  const invoice = await transact((ctx) => getInvoice(ctx, ref));
  if (invoice.openMinor === 0) return "paid";
  const collected = await provider.collect(invoice);
  if (collected.status === "paid") {
    const { amountMinor, method, reference } = collected;
    await transact((ctx) => {
      const payment = { invoiceNumber: invoice.number, amountMinor, method, reference, paidOn: billingDayOf(ctx.now) };
      return recordPayment(ctx, { ...payment, reason: `Collected by ${provider.name}.` });
    });
  }
  return collected.status;
}

async function withReference(ctx: Ctx, reference: string): Promise<KeptPayment | undefined> {
  const where = { tenantId_reference: { tenantId: ctx.tenant.id, reference } };
  const kept = await ctx.db.invoicePayment.findUnique({ where, select: { invoiceId: true, amountMinor: true, paidOn: true, method: true } });
  return kept ? { ...kept, amountMinor: paiseFrom(kept.amountMinor), paidOn: plainDateFrom(kept.paidOn) } : undefined;
}

async function insert(ctx: Ctx, invoiceId: string, { invoiceNumber, paidOn, reason, ...payment }: RecordPayment): Promise<void> {
  const id = ctx.newId("pay");
  const recorded = { recordedBy: ctx.actor.name, recordedAt: ctx.now };
  await ctx.db.invoicePayment.create({ data: { tenantId: ctx.tenant.id, id, invoiceId, ...payment, paidOn: dateColumn(paidOn), reason, ...recorded }, select: { id: true } });
  ctx.audit({ action: "invoice-payment.record", entityId: id, after: { invoice: invoiceNumber, paidOn, ...payment }, reason });
}
