import { paymentMethods, RecordPayment } from "@atrium/billing/contract";
import { Refusal } from "./report.ts";

/** What was typed after `atrium billing pay`. */
export interface TypedPayment {
  readonly invoice?: string;
  readonly amount?: string;
  readonly on?: string;
  readonly method: string;
  readonly reference?: string;
  readonly reason?: string;
}

/** What is wrong with a field, by its name in the contract. */
const sentences: Readonly<Record<keyof RecordPayment, string>> = {
  invoiceNumber: "Say which invoice is paid: --invoice ATR/26-27/000001.",
  amountMinor: "Say how much arrived, in rupees: --amount 11800.00.",
  paidOn: "Say on which day it arrived: --on 2026-11-20.",
  method: `Say how it came: --method ${paymentMethods.join(", ").replace(/, ([^,]+)$/, " or $1")}.`,
  reference: "Say what names it at the bank, in 3 to 64 signs: --reference UTR123456.",
  reason: 'Add a note: --reason "…".',
};

/** Reads what was typed. Throws one sentence for each thing that is missing or wrong, all at once. */
export function readPayment({ invoice, amount, on, method, reference, reason }: TypedPayment): RecordPayment {
  const read = RecordPayment.safeParse({ invoiceNumber: invoice, amountMinor: paiseOf(amount ?? ""), paidOn: on, method, reference, reason });
  if (read.success) return read.data;
  const isField = (name: unknown): name is keyof RecordPayment => typeof name === "string" && name in sentences;
  const fields = new Set(read.error.issues.map(({ path: [name] }) => name).filter(isField));
  throw new Refusal([...fields].map((name) => sentences[name]).join("\n"));
}

/** Rupees as people type them, read into paise without passing through a fraction. */
function paiseOf(text: string): number {
  const { rupees = "", paise = "" } = /^(?<rupees>\d{1,9})(?:\.(?<paise>\d{1,2}))?$/.exec(text.trim().replaceAll(",", ""))?.groups ?? {};
  return rupees === "" ? Number.NaN : Number(rupees) * 100 + Number(paise.padEnd(2, "0"));
}
