import { gstStateOf, gstStates } from "@atrium/kernel";
import type { GstState } from "@atrium/kernel";
import { describe, expect, it } from "vitest";
import { dueOn, figuresOf, invoiceFileName, placeOfSupply, statusOn, taxesOn } from "./rules.ts";

const karnataka = "29";
const state = (code: string): GstState => gstStateOf(code) ?? { code, name: code, isUnionTerritory: false };
const line = (amountMinor: number) => ({ description: "Starter", quantity: 1, unitMinor: amountMinor, amountMinor });

describe("the place of supply", () => {
  it("is the buyer's state, registered or not, wherever the seller is", () => {
    for (const { code } of gstStates) expect(placeOfSupply(karnataka, code).code).toBe(code);
  });

  it("is the seller's for a buyer without an address on record", () => {
    expect(placeOfSupply(karnataka, null).name).toBe("Karnataka");
  });

  it("is no state that there is not", () => {
    expect(() => placeOfSupply(karnataka, "96")).toThrow(RangeError);
  });
});

describe("the taxes on a supply", () => {
  it.each([
    ["29", "29", [["cgst", 9, 9_00], ["sgst", 9, 9_00]]],
    ["29", "27", [["igst", 18, 18_00]]],
    ["29", "97", [["igst", 18, 18_00]]],
    // Chandigarh has no legislature, Delhi and Puducherry have one.
    ["04", "04", [["cgst", 9, 9_00], ["utgst", 9, 9_00]]],
    ["07", "07", [["cgst", 9, 9_00], ["sgst", 9, 9_00]]],
    ["34", "34", [["cgst", 9, 9_00], ["sgst", 9, 9_00]]],
    // Two union territories are two places.
    ["04", "31", [["igst", 18, 18_00]]],
  ])("from %s to %s on ₹100", (seller, place, taxes) => {
    expect(taxesOn(100_00, seller, state(place)).map(({ kind, ratePercent, amountMinor }) => [kind, ratePercent, amountMinor])).toEqual(taxes);
  });

  it("come to eighteen per cent wherever the buyer is", () => {
    for (const place of gstStates) {
      const taxes = taxesOn(1_000_00, karnataka, place);
      expect([place.code, taxes.reduce((sum, { amountMinor }) => sum + amountMinor, 0)]).toEqual([place.code, 180_00]);
    }
  });

  it.each([
    // 9 % of 5 paise is 0.45, of 6 paise 0.54, of 50 paise exactly 4.5: half goes up.
    [5, [0, 0], [1]],
    [6, [1, 1], [1]],
    [50, [5, 5], [9]],
    [99_99, [9_00, 9_00], [18_00]],
  ])("are each rounded to the nearest paisa, half up: %i paise", (taxable, within, across) => {
    expect(taxesOn(taxable, karnataka, state("29")).map(({ amountMinor }) => amountMinor)).toEqual(within);
    expect(taxesOn(taxable, karnataka, state("27")).map(({ amountMinor }) => amountMinor)).toEqual(across);
  });
});

describe("what an invoice comes to", () => {
  it("is the sum of its lines and its taxes, to the paisa", () => {
    expect(figuresOf([line(10_000_00), line(-3_333_33)], karnataka, state("29"))).toEqual({
      taxableMinor: 6_666_67,
      taxes: [{ kind: "cgst", ratePercent: 9, amountMinor: 600_00 }, { kind: "sgst", ratePercent: 9, amountMinor: 600_00 }],
      taxMinor: 1_200_00,
      totalMinor: 7_866_67,
    });
  });

  it("is no invoice when it is nothing, and an error when it is less", () => {
    expect(figuresOf([], karnataka, state("29"))).toBeUndefined();
    expect(figuresOf([line(100), line(-100)], karnataka, state("29"))).toBeUndefined();
    expect(() => figuresOf([line(100), line(-101)], karnataka, state("29"))).toThrow(RangeError);
  });

  it("is exact up to the largest amount, and refused beyond", () => {
    const largest = 7_000_000_000_000_000;
    expect(figuresOf([line(largest)], karnataka, state("27"))?.taxMinor).toBe(1_260_000_000_000_000);
    expect(() => figuresOf([line(largest), line(largest)], karnataka, state("27"))).toThrow(RangeError);
    expect(() => figuresOf([line(0.5)], karnataka, state("27"))).toThrow(RangeError);
  });
});

describe("how an invoice stands", () => {
  const invoice = { dueOn: "2026-12-04", totalMinor: 118_00, paidMinor: 0 };
  it.each([
    ["2026-11-20", 0, "open"],
    ["2026-12-04", 0, "open"],
    ["2026-12-05", 0, "overdue"],
    ["2026-12-04", 1, "part-paid"],
    ["2026-12-05", 117_99, "overdue"],
    ["2026-12-04", 118_00, "paid"],
    ["2027-12-05", 118_00, "paid"],
  ])("on %s with %i paise paid: %s", (today, paidMinor, status) => {
    expect(statusOn(today, { ...invoice, paidMinor })).toBe(status);
  });

  it("is due a fortnight after its issue, over the end of a year too", () => {
    expect([dueOn("2026-11-20"), dueOn("2026-12-31")]).toEqual(["2026-12-04", "2027-01-14"]);
  });
});

it("an invoice's file has a name that every system takes", () => {
  expect(invoiceFileName("ATR/26-27/000123")).toBe("invoice-ATR-26-27-000123.pdf");
});
