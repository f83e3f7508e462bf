import { expect, test } from "vitest";
import { readPayment } from "./payment-order.ts";
import type { TypedPayment } from "./payment-order.ts";

const good: TypedPayment = { invoice: "atr/26-27/000001", amount: "11,800.5", on: "2026-11-20", method: "bank-transfer", reference: "utr 123456", reason: "Paid by transfer." };
const faultOf = (typed: TypedPayment): string => {
  try {
    return `read: ${JSON.stringify(readPayment(typed))}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

test("a payment is read as it was meant, to the paisa", () => {
  expect(readPayment(good)).toEqual({ invoiceNumber: "ATR/26-27/000001", amountMinor: 1_180_050, paidOn: "2026-11-20", method: "bank-transfer", reference: "UTR 123456", reason: "Paid by transfer." });
});

test.each<[Partial<TypedPayment>, string]>([
  [{ amount: "0" }, "--amount"],
  [{ amount: "-5" }, "--amount"],
  [{ amount: "1.234" }, "--amount"],
  [{ amount: "many" }, "--amount"],
  [{ on: "31.11.2026" }, "--on"],
  [{ on: "2026-11-31" }, "--on"],
  [{ method: "gold" }, "--method bank-transfer, upi, cheque, card or tax-deducted"],
  [{ reference: "x" }, "--reference"],
  [{ invoice: "" }, "--invoice"],
  [{ reason: "" }, "--reason"],
])("what is wrong is said in a sentence: %j", (odd, flag) => {
  const said = faultOf({ ...good, ...odd });
  expect(said).toContain(flag);
  expect(said.split("\n")).toHaveLength(1);
});

test("all that is missing is said at once", () => {
  expect(faultOf({ method: "bank-transfer" }).split("\n")).toHaveLength(5);
});
