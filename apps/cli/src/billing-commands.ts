import type { Command } from "commander";
import { startedIn } from "./env.ts";
import { dataFolder } from "./paths.ts";
import type { TypedPayment } from "./payment-order.ts";

interface DataFlag {
  readonly data?: string;
}

/** `atrium billing …` */
export function addBillingCommands(program: Command): void {
  const billing = program.command("billing").description("what companies pay");
  billing
    .command("pay")
    .description("write down money that has arrived for an invoice; one that is paid in full renews the subscription at once")
    .argument("<tenant>", "the company's address name")
    .option("--invoice <number>", "the invoice, such as ATR/26-27/000001")
    .option("--amount <rupees>", "how much arrived, such as 11800.00")
    .option("--on <day>", "when it arrived, such as 2026-11-20")
    .option("--method <method>", "bank-transfer, upi, cheque, card or tax-deducted", "bank-transfer")
    .option("--reference <text>", "what names it at the bank, such as the UTR; the same one twice is one payment")
    .option("--reason <text>", "a note; stands in the company's audit trail")
    .option("--data <folder>", "where its data lies (default: .atrium in the repository)")
    .action(async (slug: string, flags: DataFlag & TypedPayment) => {
      // Loaded late, with the domain's contract: no other command waits for it.
      const { pay } = await import("./billing.ts");
      process.exitCode = await pay(dataFolder(flags.data, startedIn()), slug, flags);
    });
}
