import { expect, it } from "vitest";
import type { InvoiceDto } from "./contract.ts";
import { drawInvoice } from "./pdf.ts";

const seller = { name: "Atrium Example Private Limited", address: "1 Example Road, Bengaluru 560001", stateCode: "29", gstin: "29AAACA0001A1ZT", bank: "Example Bank, account 000000000001" };
const line = { description: "Professional, 27 Nov 2026 to 26 Dec 2026", quantity: 42, unitMinor: 120_00, amountMinor: 5_040_00 };
const ordinary: InvoiceDto = {
  id: "inv_1", number: "ATR/26-27/000123", issuedOn: "2026-11-20", dueOn: "2026-12-04", periodFrom: "2026-11-27", periodUntil: "2026-12-26", status: "open",
  renewal: { plan: "professional", seats: 42 }, seller,
  buyer: { name: "Acme Widgets Private Limited", address: "12 Mahatma Gandhi Road, Bengaluru 560001", stateCode: "29", gstin: "29AAACB0002B1ZP" },
  placeOfSupply: { code: "29", name: "Karnataka" }, sac: "997331", lines: [line],
  taxableMinor: 5_040_00, taxes: [{ kind: "cgst", ratePercent: 9, amountMinor: 453_60 }, { kind: "sgst", ratePercent: 9, amountMinor: 453_60 }],
  taxMinor: 907_20, totalMinor: 5_947_20, openMinor: 5_947_20, paidMinor: 0, payments: [],
  totalInWords: "Rupees five thousand nine hundred forty-seven and twenty paise only",
};
const textOf = async (invoice: InvoiceDto) => Buffer.from(await drawInvoice(invoice)).toString("latin1");
const pagesOf = (pdf: string) => pdf.match(/\/Type \/Page\b/g)?.length;

it("an ordinary invoice is one page that says what it is and carries its fonts", async () => {
  const pdf = await textOf(ordinary);
  expect(pdf.slice(0, 5)).toBe("%PDF-");
  expect(pagesOf(pdf)).toBe(1);
  expect(pdf.includes("(Tax invoice ATR/26-27/000123)")).toBe(true);
  expect(pdf.includes("+Inter-Regular")).toBe(true);
});

it("a buyer of the longest name and address, whom no font has in full, still fits on it", async () => {
  const buyer = { name: `आशा ${"Venkatanarasimharajuvaripeta".repeat(7)}`, address: `${"Survey Number 12/3, Behind the Old Mill, ".repeat(7)}, ${"x".repeat(100)} 605001`, stateCode: "26", gstin: null };
  const pdf = await textOf({ ...ordinary, buyer });
  expect(pagesOf(pdf)).toBe(1);
  expect(pdf.includes("+NotoSansDevanagari")).toBe(true);
});

it("an invoice of nobody's address is drawn", async () => {
  expect(pagesOf(await textOf({ ...ordinary, buyer: { name: "Acme", address: "", stateCode: null, gstin: null } }))).toBe(1);
});

it.each([
  [12, 1],
  [40, 2],
  [120, 5],
])("%i lines take %i pages", async (lines, pages) => {
  expect(pagesOf(await textOf({ ...ordinary, lines: Array.from({ length: lines }, () => line) }))).toBe(pages);
});

it("one line may be longer than a page", async () => {
  expect(pagesOf(await textOf({ ...ordinary, lines: [{ ...line, description: "Every single day of it ".repeat(40) }, line] }))).toBe(1);
});
