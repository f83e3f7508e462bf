import { heightOf, ink, openPaper, page, rule, write } from "@atrium/api/paper";
import type { Pdf } from "@atrium/api/paper";
import { formatDate, formatMoney, gstStateOf } from "@atrium/kernel";
import type { InvoiceDto, InvoiceLine, Party, TaxKind } from "./contract.ts";

/*
 * A tax invoice with what rule 46 of the CGST Rules, 2017, asks for; its clauses stand beside what answers them. It shows what
 * was issued and not what has been paid since, so that every copy is the same document.
 */

const taxNames: Readonly<Record<TaxKind, string>> = { cgst: "CGST", sgst: "SGST", utgst: "UTGST", igst: "IGST" };

const column = (page.width - page.gap) / 2;
const columns = {
  number: { x: page.left + 8, width: 20 },
  description: { x: page.left + 30, width: 216 },
  sac: { x: page.left + 250, width: 42 },
  quantity: { x: page.left + 292, width: 42 },
  unit: { x: page.left + 336, width: 70 },
  amount: { x: page.left + 408, width: 83 },
} as const;
/** What a table may not grow beyond: below stands the foot. A line of text less, because heights are estimates. */
const lowest = page.foot - 24;

type Row = readonly [label: string, value: string];

/** Draws the invoice: one A4 page, and more when its lines need them. */
export function drawInvoice(invoice: InvoiceDto): Promise<Uint8Array<ArrayBuffer>> {
  const { pdf, bytes } = openPaper({ title: `Tax invoice ${invoice.number}`, author: invoice.seller.name });
  let y = drawHead(pdf, invoice);
  y = drawParties(pdf, invoice, y);
  y = drawFacts(pdf, invoice, y);
  y = drawLines(pdf, invoice, y);
  y = drawTotals(pdf, invoice, y);
  drawPayment(pdf, invoice, y);
  drawFeet(pdf, invoice);
  return bytes();
}

/** (b), (c), and the marking of rule 48(2)(a). */
function drawHead(pdf: Pdf, { number, issuedOn }: InvoiceDto): number {
  write(pdf, "Tax invoice", { x: page.left, y: page.top, width: 220, size: 18, font: "strong" });
  write(pdf, "Original for recipient", { x: page.left, y: page.top + 26, width: 220, color: ink.soft });
  write(pdf, number, { x: 300, y: page.top + 3, width: page.right - 300, size: 13, font: "strong", align: "right" });
  write(pdf, formatDate(issuedOn), { x: 300, y: page.top + 26, width: page.right - 300, color: ink.soft, align: "right" });
  rule(pdf, page.top + 46);
  return page.top + 60;
}

/** (a), (d), (e) and (f). */
function drawParties(pdf: Pdf, { seller, buyer }: InvoiceDto, top: number): number {
  return Math.max(drawParty(pdf, "From", seller, page.left, top), drawParty(pdf, "Billed to", buyer, page.left + column + page.gap, top)) + 12;
}

function drawParty(pdf: Pdf, title: string, { name, address, stateCode, gstin }: Party, x: number, top: number): number {
  const state = stateCode === null ? "" : stateName(stateCode);
  let y = write(pdf, title, { x, y: top, width: column, color: ink.soft }) + 3;
  y = write(pdf, name, { x, y, width: column, size: 11, font: "strong" }) + 3;
  for (const line of [address, state]) if (line !== "") y = write(pdf, line, { x, y, width: column }) + 2;
  return write(pdf, gstin === null ? "GSTIN: not registered" : `GSTIN: ${gstin}`, { x, y: y + 2, width: column });
}

const stateName = (code: string): string => `${gstStateOf(code)?.name ?? code} (state code ${code})`;

/** (n) and (p). */
function drawFacts(pdf: Pdf, { periodFrom, periodUntil, dueOn, placeOfSupply }: InvoiceDto, top: number): number {
  rule(pdf, top);
  const left: Row[] = [["For the period", `${formatDate(periodFrom)} to ${formatDate(periodUntil)}`], ["Due on", formatDate(dueOn)]];
  const right: Row[] = [["Place of supply", stateName(placeOfSupply.code)], ["Reverse charge", "No"]];
  const ends = [drawPairs(pdf, left, page.left, top + 10), drawPairs(pdf, right, page.left + column + page.gap, top + 10)];
  return Math.max(...ends) + 8;
}

function drawPairs(pdf: Pdf, rows: readonly Row[], x: number, top: number): number {
  return rows.reduce((y, [label, value]) => {
    write(pdf, label, { x, y, width: 82, color: ink.soft });
    return write(pdf, value, { x: x + 86, y, width: column - 86 }) + 4;
  }, top);
}

/** (g) to (k). A line that does not fit goes to the next page whole, below the head of the table. */
function drawLines(pdf: Pdf, { lines, sac }: InvoiceDto, top: number): number {
  let y = drawTableHead(pdf, top);
  for (const [index, line] of lines.entries()) {
    if (y + heightOf(pdf, line.description, columns.description) > lowest) {
      pdf.addPage();
      y = drawTableHead(pdf, page.top);
    }
    y = drawLine(pdf, line, { number: index + 1, sac, y });
  }
  return y;
}

function drawTableHead(pdf: Pdf, top: number): number {
  pdf.rect(page.left, top, page.width, 20).fill(ink.ground);
  const heads: readonly (readonly [keyof typeof columns, string, "left" | "right"])[] = [
    ["number", "#", "left"], ["description", "Description", "left"], ["sac", "SAC", "left"], ["quantity", "Quantity", "right"], ["unit", "Price", "right"], ["amount", "Amount", "right"],
  ];
  for (const [key, text, align] of heads) write(pdf, text, { ...columns[key], y: top + 5, size: 8.5, font: "strong", align });
  return top + 27;
}

function drawLine(pdf: Pdf, { description, quantity, unitMinor, amountMinor }: InvoiceLine, { number, sac, y }: { readonly number: number; readonly sac: string; readonly y: number }): number {
  write(pdf, String(number), { ...columns.number, y, color: ink.soft });
  write(pdf, sac, { ...columns.sac, y });
  write(pdf, quantity.toLocaleString("en-IN"), { ...columns.quantity, y, align: "right" });
  write(pdf, formatMoney(unitMinor), { ...columns.unit, y, align: "right" });
  write(pdf, formatMoney(amountMinor), { ...columns.amount, y, align: "right" });
  const end = write(pdf, description, { ...columns.description, y });
  rule(pdf, end + 5);
  return end + 11;
}

/** (k), (l) and (m), with the total in figures and in words. They stay together, and with how to pay. */
function drawTotals(pdf: Pdf, { taxableMinor, taxes, totalMinor, totalInWords }: InvoiceDto, top: number): number {
  let y = top + 4;
  if (y + 170 > lowest) {
    pdf.addPage();
    y = page.top;
  }
  const rows: Row[] = [["Taxable value", formatMoney(taxableMinor)], ...taxes.map(({ kind, ratePercent, amountMinor }): Row => [`${taxNames[kind]} at ${ratePercent} %`, formatMoney(amountMinor)])];
  for (const [label, value] of rows) {
    write(pdf, label, { x: page.left + 280, y, width: 100, color: ink.soft });
    y = write(pdf, value, { x: page.left + 380, y, width: 111, align: "right" }) + 5;
  }
  const words = heightOf(pdf, totalInWords, { width: page.width - 24 });
  y += 4;
  pdf.rect(page.left, y, page.width, 46 + words).fill(ink.ground);
  write(pdf, "Total to pay", { x: page.left + 12, y: y + 12, width: 200, size: 11, font: "strong" });
  write(pdf, formatMoney(totalMinor), { x: page.left + 200, y: y + 9, width: page.width - 212, size: 15, font: "strong", align: "right" });
  write(pdf, totalInWords, { x: page.left + 12, y: y + 34, width: page.width - 24, color: ink.soft });
  return y + 46 + words + 14;
}

function drawPayment(pdf: Pdf, { seller, number, dueOn }: InvoiceDto, top: number): void {
  const y = write(pdf, `Please pay by ${formatDate(dueOn)} to`, { x: page.left, y: top, width: page.width, color: ink.soft }) + 3;
  const end = write(pdf, seller.bank, { x: page.left, y, width: page.width }) + 3;
  write(pdf, `and name the invoice: ${number}`, { x: page.left, y: end, width: page.width, color: ink.soft });
}

/** (q): an electronic invoice needs no signature. */
function drawFeet(pdf: Pdf, { number }: InvoiceDto): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let index = 0; index < count; index += 1) {
    pdf.switchToPage(start + index);
    write(pdf, "Issued electronically under the Information Technology Act, 2000; it needs no signature.", { x: page.left, y: page.foot, width: 340, size: 8, color: ink.soft });
    const place = count > 1 ? `${number}, page ${index + 1} of ${count}` : number;
    write(pdf, place, { x: 390, y: page.foot, width: page.right - 390, size: 8, color: ink.soft, align: "right" });
  }
}
