import { ink, openPaper, page, rule, write } from "@atrium/api/paper";
import type { Pdf } from "@atrium/api/paper";
import { formatDate, formatMoney, formatMonth, lastDay } from "@atrium/kernel";
import type { Paise } from "@atrium/kernel";
import type { Payslip } from "./contract.ts";

/* One A4 page, in points. It is a document of the company's own, so its words stand here and not in a reader's language. */

const column = (page.width - page.gap) / 2;

const lineNames: Readonly<Record<Payslip["lines"][number]["code"], string>> = {
  basic: "Basic",
  hra: "House rent allowance",
  "special-allowance": "Special allowance",
  "provident-fund": "Provident fund",
  "professional-tax": "Professional tax",
  "employer-provident-fund": "Provident fund, employer",
};

type Row = readonly [label: string, value: string];

/** Draws the payslip. It may be opened again in ten years, so it carries its fonts and says what it is. */
export function drawPayslip(payslip: Payslip): Promise<Uint8Array<ArrayBuffer>> {
  const title = `Payslip ${formatMonth(payslip.period)}`;
  const { pdf, bytes } = openPaper({ title: `${title}, ${payslip.facts.name}`, author: payslip.company });
  let y = drawHead(pdf, payslip, title);
  y = drawFacts(pdf, payslip, y);
  y = drawAmounts(pdf, payslip, y);
  y = drawNet(pdf, payslip, y);
  drawEmployer(pdf, payslip, y);
  drawFoot(pdf, payslip);
  return bytes();
}

function drawHead(pdf: Pdf, { company, period }: Payslip, title: string): number {
  const companyEnd = write(pdf, company, { x: page.left, y: 48, width: 300, size: 15, font: "strong" });
  write(pdf, title, { x: 360, y: 50, width: page.right - 360, size: 12, font: "strong", align: "right" });
  write(pdf, `1 to ${formatDate(lastDay(period))}`, { x: 360, y: 68, width: page.right - 360, color: ink.soft, align: "right" });
  const y = Math.max(companyEnd, 82) + 10;
  rule(pdf, y);
  return y + 14;
}

function drawFacts(pdf: Pdf, { facts }: Payslip, top: number): number {
  const days = (half: number): string => String(half / 2);
  const left: Row[] = [
    ["Name", facts.name],
    ["Employee code", facts.code],
    ["Designation", facts.designation ?? "–"],
    ["Department", facts.department],
    ["Location", `${facts.location}, ${facts.state}`],
    ["Joined on", formatDate(facts.joinedOn)],
  ];
  const right: Row[] = [
    ["PAN", facts.panMasked ?? "–"],
    ["UAN", facts.uanMasked ?? "–"],
    ["Bank account", facts.bankLast4 === null ? "–" : `ending in ${facts.bankLast4}`],
    ["Days in the month", days(facts.days.monthHalfDays)],
    ["Loss of pay", days(facts.days.lossOfPayHalfDays)],
    ["Days paid", days(facts.days.paidHalfDays)],
  ];
  return Math.max(drawPairs(pdf, left, page.left, top), drawPairs(pdf, right, page.left + column + page.gap, top)) + 14;
}

function drawPairs(pdf: Pdf, rows: readonly Row[], x: number, top: number): number {
  return rows.reduce((y, [label, value]) => {
    write(pdf, label, { x, y, width: 95, color: ink.soft });
    return write(pdf, value, { x: x + 100, y, width: column - 100 }) + 5;
  }, top);
}

function drawAmounts(pdf: Pdf, { lines, grossMinor, deductionsMinor }: Payslip, top: number): number {
  const amounts = (kind: "earning" | "deduction"): Row[] =>
    lines.filter((line) => line.kind === kind).map(({ code, amountMinor }) => [lineNames[code], formatMoney(amountMinor)]);
  const ends = [
    drawTable(pdf, { title: "Earnings", rows: amounts("earning"), x: page.left, top }),
    drawTable(pdf, { title: "Deductions", rows: amounts("deduction"), x: page.left + column + page.gap, top }),
  ];
  const y = Math.max(...ends) + 2;
  drawTotal(pdf, "Gross earnings", grossMinor, page.left, y);
  drawTotal(pdf, "Total deductions", deductionsMinor, page.left + column + page.gap, y);
  return y + 36;
}

interface Table {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly x: number;
  readonly top: number;
}

function drawTable(pdf: Pdf, { title, rows, x, top }: Table): number {
  pdf.rect(x, top, column, 20).fill(ink.ground);
  write(pdf, title, { x: x + 8, y: top + 5, width: column - 16, font: "strong" });
  return rows.reduce((y, [label, value]) => {
    write(pdf, label, { x: x + 8, y, width: column - 116 });
    return write(pdf, value, { x: x + column - 108, y, width: 100, align: "right" }) + 6;
  }, top + 28);
}

function drawTotal(pdf: Pdf, label: string, amount: Paise, x: number, y: number): void {
  rule(pdf, y, x, column);
  write(pdf, label, { x: x + 8, y: y + 7, width: column - 116, font: "strong" });
  write(pdf, formatMoney(amount), { x: x + column - 108, y: y + 7, width: 100, font: "strong", align: "right" });
}

function drawNet(pdf: Pdf, { netMinor, netInWords }: Payslip, top: number): number {
  const width = page.width - 24;
  const words = pdf.font("regular").fontSize(9).heightOfString(netInWords, { width });
  const height = 48 + words;
  pdf.rect(page.left, top, page.width, height).fill(ink.ground);
  write(pdf, "Net pay", { x: page.left + 12, y: top + 12, width: 200, size: 11, font: "strong" });
  write(pdf, formatMoney(netMinor), { x: page.left + 200, y: top + 9, width: page.width - 212, size: 15, font: "strong", align: "right" });
  write(pdf, netInWords, { x: page.left + 12, y: top + 36, width, color: ink.soft });
  return top + height + 20;
}

function drawEmployer(pdf: Pdf, { lines }: Payslip, top: number): void {
  const rows: Row[] = lines.filter(({ kind }) => kind === "employer").map(({ code, amountMinor }) => [lineNames[code], formatMoney(amountMinor)]);
  if (rows.length > 0) drawTable(pdf, { title: "Paid by the company on top", rows, x: page.left, top });
}

function drawFoot(pdf: Pdf, { publishedOn }: Payslip): void {
  const text = publishedOn === null ? "Not published yet: for review only." : `Given out on ${formatDate(publishedOn)}. Made by computer; it needs no signature.`;
  write(pdf, text, { x: page.left, y: 770, width: page.width, size: 8, color: ink.soft });
}
