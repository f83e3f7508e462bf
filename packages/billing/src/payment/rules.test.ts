import { describe, expect, it } from "vitest";
import { RecordPayment } from "./contract.ts";
import { decidePayment } from "./rules.ts";

const today = "2026-11-20";
const invoice = { id: "inv_1", openMinor: 118_00 };
const payment: RecordPayment = { invoiceNumber: "ATR/26-27/000001", amountMinor: 118_00, paidOn: today, method: "bank-transfer", reference: "UTR0001", reason: "Seen on the statement." };
const kept = { invoiceId: "inv_1", amountMinor: 118_00, paidOn: today, method: "bank-transfer" };

describe("a payment", () => {
  it.each([
    ["all of what is open", {}, undefined, "record"],
    ["part of it", { amountMinor: 1 }, undefined, "record"],
    ["a paisa more", { amountMinor: 118_01 }, undefined, "payment/too-much"],
    ["of yesterday", { paidOn: "2026-11-19" }, undefined, "record"],
    ["of tomorrow", { paidOn: "2026-11-21" }, undefined, "payment/in-future"],
    ["told twice", {}, kept, "recorded-before"],
    ["of another amount under the same reference", { amountMinor: 1 }, kept, "payment/reference-taken"],
    ["of another day", { paidOn: "2026-11-19" }, kept, "payment/reference-taken"],
    ["by another way", { method: "upi" as const }, kept, "payment/reference-taken"],
    ["for another invoice", {}, { ...kept, invoiceId: "inv_2" }, "payment/reference-taken"],
  ])("%s", (_, change, sameReference, decision) => {
    expect(decidePayment({ ...payment, ...change }, invoice, sameReference, today)).toBe(decision);
  });

  it("told twice is the same although nothing is open any more", () => {
    expect(decidePayment(payment, { ...invoice, openMinor: 0 }, kept, today)).toBe("recorded-before");
  });
});

describe("what is typed of a payment", () => {
  it("has its reference and its number in capitals, so that the same one is known again", () => {
    expect(RecordPayment.parse({ ...payment, reference: "  utr 0001\n", invoiceNumber: "atr/26-27/000001 " })).toMatchObject({ reference: "UTR 0001", invoiceNumber: "ATR/26-27/000001" });
  });

  it.each([
    { amountMinor: 0 }, { amountMinor: -1 }, { amountMinor: 1.5 }, { amountMinor: Number.MAX_SAFE_INTEGER + 1 }, { amountMinor: Number.NaN }, { amountMinor: "118" },
    { paidOn: "2026-02-30" }, { paidOn: "20-11-2026" }, { paidOn: "0026-11-20" }, { method: "cash" }, { reference: " \u200b " }, { reference: "x".repeat(65) }, { reason: "  " }, { invoiceNumber: "" },
  ])("%j is refused", (change) => {
    expect(RecordPayment.safeParse({ ...payment, ...change }).success).toBe(false);
  });
});
