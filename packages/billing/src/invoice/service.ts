import type { Ctx, Message } from "@atrium/api";
import type { Prisma } from "@atrium/db";
import { amountInWords, billingDayOf, dateColumn, decodeCursor, formatDate, formatMoney, gstStateOf, pageOf, paiseFrom, plainDateFrom, refusal, sumPaise } from "@atrium/kernel";
import type { Paise, PlainDate, Plan } from "@atrium/kernel";
import { z } from "zod";
import { contactsOf, getAccount } from "../account/service.ts";
import { billingSettings } from "../env.ts";
import { InvoiceDto, InvoiceLine, invoiceErrors, invoiceIssued, Party, PaymentDto, Seller, TaxLine } from "./contract.ts";
import type { GetInvoice, InvoicePage, InvoiceSummary, ListInvoices } from "./contract.ts";
import { drawInvoice } from "./pdf.ts";
import { dueOn, figuresOf, invoiceFileName, placeOfSupply, sac, statusOn, taxesOn } from "./rules.ts";

const columns = {
  id: true, number: true, issuedOn: true, dueOn: true, periodFrom: true, periodUntil: true, renewsFrom: true, plan: true, seats: true, seller: true, buyer: true,
  placeOfSupply: true, sac: true, lines: true, taxes: true, taxableMinor: true, taxMinor: true, totalMinor: true,
  payments: { select: { paidOn: true, amountMinor: true, method: true, reference: true }, orderBy: { id: "asc" } },
} as const satisfies Prisma.InvoiceSelect;
type Row = Prisma.InvoiceGetPayload<{ select: typeof columns }>;

const summaryColumns = {
  id: true, number: true, issuedOn: true, dueOn: true, periodFrom: true, periodUntil: true, totalMinor: true, payments: { select: { amountMinor: true } },
} as const satisfies Prisma.InvoiceSelect;
type SummaryRow = Prisma.InvoiceGetPayload<{ select: typeof summaryColumns }>;

/** What an invoice is to be made of. */
export interface InvoiceOrder {
  readonly lines: readonly InvoiceLine[];
  readonly periodFrom: Date;
  /** The first moment that it does not cover any more. */
  readonly periodUntil: Date;
  /** For an invoice that begins its period by being paid: what the company has in it. At most one invoice of a company renews from one moment. */
  readonly renewal?: { readonly plan: Plan; readonly seats: number };
}

/**
 * Issues an invoice to whoever the company's billing account names, on the seller's day of `ctx.now`, and mails it after the
 * commit. Lines that add up to nothing make none, and null is answered. A renewal that has been issued is not issued again:
 * the first one is answered. Throws a RangeError for lines that add up to less than nothing.
 */
export async function issueInvoice(ctx: Ctx, order: InvoiceOrder): Promise<InvoiceDto | null> {
  await holdInvoices(ctx);
  const issued = order.renewal && (await renewalFrom(ctx, order.periodFrom));
  if (issued) return issued;
  const seller = sellerNow();
  const buyer = await buyerNow(ctx);
  const place = placeOfSupply(seller.stateCode, buyer.stateCode);
  const figures = figuresOf(order.lines, seller.stateCode, place);
  if (!figures) return null;

  const row = await insert(ctx, order, { seller, buyer, placeOfSupply: place.code, sac, lines: [...order.lines], ...figures });
  ctx.audit({ action: "invoice.issue", entityId: row.id, after: { number: row.number, totalMinor: figures.totalMinor } });
  ctx.emit(invoiceIssued, row.id, { invoiceId: row.id });
  return toDto(ctx, row);
}

/** What an amount would come to if the company were invoiced now: with which taxes, in paise. */
export async function withTaxes(ctx: Ctx, taxableMinor: Paise): Promise<{ readonly taxes: readonly TaxLine[]; readonly totalMinor: Paise }> {
  if (taxableMinor === 0) return { taxes: [], totalMinor: 0 };
  const { stateCode } = sellerNow();
  const taxes = taxesOn(taxableMinor, stateCode, placeOfSupply(stateCode, (await buyerNow(ctx)).stateCode));
  return { taxes, totalMinor: sumPaise([taxableMinor, ...taxes.map(({ amountMinor }) => amountMinor)]) };
}

/** The invoice that begins the period from this moment; undefined when it has not been issued. */
export async function renewalFrom(ctx: Ctx, periodFrom: Date): Promise<InvoiceDto | undefined> {
  const row = await ctx.db.invoice.findUnique({ where: { tenantId_renewsFrom: { tenantId: ctx.tenant.id, renewsFrom: periodFrom } }, select: columns });
  return row ? toDto(ctx, row) : undefined;
}

/** The company's row is the turn to issue and to pay: of two at the same moment the second sees what the first did. */
export async function holdInvoices(ctx: Ctx): Promise<void> {
  await ctx.db.$queryRaw`SELECT id FROM tenant WHERE id = ${ctx.tenant.id} FOR NO KEY UPDATE`;
}

type Contents = Pick<Prisma.InvoiceUncheckedCreateInput, "seller" | "buyer" | "placeOfSupply" | "sac" | "lines" | "taxes" | "taxableMinor" | "taxMinor" | "totalMinor">;

/** The database gives the number, in this statement; it is held against everybody else until the commit. */
async function insert({ db, tenant, now, newId }: Ctx, { periodFrom, periodUntil, renewal }: InvoiceOrder, contents: Contents): Promise<Row> {
  const issuedOn = billingDayOf(now);
  const renews = renewal && { renewsFrom: periodFrom, ...renewal };
  const dates = { issuedAt: now, issuedOn: dateColumn(issuedOn), dueOn: dateColumn(dueOn(issuedOn)), periodFrom, periodUntil };
  return db.invoice.create({ data: { tenantId: tenant.id, id: newId("inv"), ...dates, ...renews, ...contents }, select: columns });
}

function sellerNow(): Seller {
  const { ATRIUM_SELLER_NAME: name, ATRIUM_SELLER_ADDRESS: address, ATRIUM_SELLER_GSTIN: gstin, ATRIUM_SELLER_BANK: bank } = billingSettings();
  return { name, address, gstin, stateCode: gstin.slice(0, 2), bank };
}

async function buyerNow(ctx: Ctx): Promise<Party> {
  const { name, addressLine, city, pinCode, stateCode, gstin } = await getAccount(ctx);
  return { name, address: stateCode === null ? "" : `${addressLine}, ${city} ${pinCode}`, stateCode, gstin };
}

/** The company's invoices, the newest first. */
export async function listInvoices(ctx: Ctx, { limit, after }: ListInvoices): Promise<InvoicePage> {
  const [last] = decodeCursor(after ?? "") ?? [];
  const older = typeof last === "string" ? { number: { lt: last } } : {};
  const rows = await ctx.db.invoice.findMany({ where: { tenantId: ctx.tenant.id, ...older }, orderBy: { number: "desc" }, take: limit + 1, select: summaryColumns });
  const { page, next } = pageOf(rows, limit, ({ number }) => [number]);
  return { rows: page.map((row) => summaryOf(row, today(ctx))), next };
}

/** The invoices of which something is open, the oldest first. */
export async function listUnpaid(ctx: Ctx): Promise<InvoiceSummary[]> {
  const { id: tenantId } = ctx.tenant;
  const unpaid = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM invoice i WHERE tenant_id = ${tenantId} AND total_minor > (
      SELECT coalesce(sum(amount_minor), 0) FROM invoice_payment p WHERE p.tenant_id = i.tenant_id AND p.invoice_id = i.id)`;
  const where = { tenantId, id: { in: unpaid.map(({ id }) => id) } };
  const rows = await ctx.db.invoice.findMany({ where, orderBy: { number: "asc" }, select: summaryColumns });
  return rows.map((row) => summaryOf(row, today(ctx)));
}

/** One invoice as it was issued, with what has been paid since. Throws `invoice/not-found`. */
export async function getInvoice(ctx: Ctx, { invoiceId }: GetInvoice): Promise<InvoiceDto> {
  const row = await ctx.db.invoice.findUnique({ where: { tenantId_id: { tenantId: ctx.tenant.id, id: invoiceId } }, select: columns });
  if (!row) throw refusal(invoiceErrors, "invoice/not-found");
  return toDto(ctx, row);
}

/** The invoice as a document to keep. The same right to it as `getInvoice`. */
export async function invoicePdf(ctx: Ctx, ref: GetInvoice): Promise<{ readonly fileName: string; readonly draw: () => Promise<Uint8Array<ArrayBuffer>> }> {
  const invoice = await getInvoice(ctx, ref);
  return { fileName: invoiceFileName(invoice.number), draw: () => drawInvoice(invoice) };
}

/** How many contacts of the company get a new invoice. */
export async function countContacts(ctx: Ctx): Promise<number> {
  return (await contactsOf(ctx)).length;
}

/**
 * What writes the mail that carries an invoice to the company's contact of this number, from 1; undefined when there is none.
 * It draws what is attached, so it is called after the transaction. The key makes a repeated mail the same message.
 */
export async function invoiceMail(
  ctx: Ctx,
  { number, ...ref }: GetInvoice & { readonly number: number },
  link: (slug: string, ...path: string[]) => string,
): Promise<(() => Promise<Message>) | undefined> {
  const to = (await contactsOf(ctx))[number - 1];
  if (to === undefined) return undefined;
  const invoice = await getInvoice(ctx, ref);
  const page = link(ctx.tenant.slug, "settings", "billing");
  const text = [
    `The invoice ${invoice.number} for ${ctx.tenant.name} is attached: ${formatMoney(invoice.totalMinor)}, due on ${formatDate(invoice.dueOn)}.`,
    `Please pay to ${invoice.seller.bank}, and name the invoice. All invoices and what is open of them:\n${page}`,
    `${invoice.seller.name}\n`,
  ].join("\n\n");
  return async () => ({
    key: `invoice-${invoice.id}-${number}`,
    to,
    subject: `Invoice ${invoice.number}`,
    text,
    attachments: [{ filename: invoiceFileName(invoice.number), contentType: "application/pdf", content: await drawInvoice(invoice) }],
  });
}

/** The company's invoice with this number; undefined when there is none. */
export async function findInvoice(ctx: Ctx, number: string): Promise<InvoiceDto | undefined> {
  const row = await ctx.db.invoice.findUnique({ where: { tenantId_number: { tenantId: ctx.tenant.id, number } }, select: columns });
  return row ? toDto(ctx, row) : undefined;
}

const today = ({ now }: Ctx): PlainDate => billingDayOf(now);

function summaryOf(row: SummaryRow, on: PlainDate): InvoiceSummary {
  const totalMinor = paiseFrom(row.totalMinor);
  const paidMinor = sumPaise(row.payments.map(({ amountMinor }) => paiseFrom(amountMinor)));
  const due = plainDateFrom(row.dueOn);
  return {
    id: row.id,
    number: row.number,
    issuedOn: plainDateFrom(row.issuedOn),
    dueOn: due,
    periodFrom: billingDayOf(row.periodFrom),
    // A period that ends at midnight covers the day before.
    periodUntil: billingDayOf(new Date(row.periodUntil.getTime() - 1)),
    status: statusOn(on, { dueOn: due, totalMinor, paidMinor }),
    totalMinor,
    openMinor: totalMinor - paidMinor,
  };
}

function toDto(ctx: Ctx, row: Row): InvoiceDto {
  const summary = summaryOf(row, today(ctx));
  const place = gstStateOf(row.placeOfSupply);
  return InvoiceDto.parse({
    ...summary,
    renewal: row.plan === null ? null : { plan: row.plan, seats: row.seats },
    seller: Seller.parse(row.seller),
    buyer: Party.parse(row.buyer),
    placeOfSupply: { code: row.placeOfSupply, name: place?.name ?? row.placeOfSupply },
    sac: row.sac,
    lines: z.array(InvoiceLine).parse(row.lines),
    taxableMinor: paiseFrom(row.taxableMinor),
    taxes: z.array(TaxLine).parse(row.taxes),
    taxMinor: paiseFrom(row.taxMinor),
    totalInWords: amountInWords(summary.totalMinor),
    paidMinor: summary.totalMinor - summary.openMinor,
    payments: row.payments.map((payment) => PaymentDto.parse({ ...payment, amountMinor: paiseFrom(payment.amountMinor), paidOn: plainDateFrom(payment.paidOn) })),
  });
}
