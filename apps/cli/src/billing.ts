import { readPayment } from "./payment-order.ts";
import type { TypedPayment } from "./payment-order.ts";
import { withLimits } from "./limits-house.ts";
import { say } from "./report.ts";

/** `atrium billing pay`. What was typed is judged before anything is opened. @returns the exit code */
export async function pay(dataDir: string, slug: string, typed: TypedPayment): Promise<number> {
  const payment = readPayment(typed);
  return withLimits(dataDir, async ({ request }) => {
    const [{ recordPaymentOf }, { formatMoney }] = await Promise.all([import("@atrium/billing"), import("@atrium/kernel")]);
    const { number, openMinor } = await recordPaymentOf(request, { slug, ...payment });
    say(`${formatMoney(payment.amountMinor)} is recorded for ${number}. ${openMinor === 0 ? "It is paid in full." : `${formatMoney(openMinor)} of it is still open.`}`);
  });
}
