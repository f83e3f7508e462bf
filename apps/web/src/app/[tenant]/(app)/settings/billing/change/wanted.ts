import type { SubscriptionDto } from "@atrium/billing/contract";
import { planTerms } from "@atrium/kernel";
import type { Plan } from "@atrium/kernel";

/** What somebody has chosen so far. */
export interface Wanted {
  readonly plan: Plan;
  /** As it was typed. */
  readonly seats: string;
}

/** What is planned already, else what the company has. */
export const firstChoice = ({ plan, seats, next }: Pick<SubscriptionDto, "plan" | "seats" | "next">): Wanted => ({ plan: next?.plan ?? plan, seats: String(next?.seats ?? seats) });

/** Another plan: the seats stay, as far as it has so many. */
export function withPlan(wanted: Wanted, plan: Plan): Wanted {
  const seats = Number(wanted.seats);
  return { plan, seats: Number.isInteger(seats) && seats > planTerms[plan].seats ? String(planTerms[plan].seats) : wanted.seats };
}

/** The seats that were typed; undefined for anything that the plan cannot have. */
export function seatsFrom({ plan, seats }: Wanted): number | undefined {
  const text = seats.replaceAll(/[\s,]/g, "");
  if (!/^\d{1,7}$/.test(text)) return undefined;
  const count = Number(text);
  return count >= 1 && count <= planTerms[plan].seats ? count : undefined;
}

/**
 * Whether there is nothing to ask about: the company has it, or gets it anyhow. A plan that is tried is bought by choosing it
 * again, and one that is over is begun anew.
 */
export function isUnchanged(subscription: Pick<SubscriptionDto, "plan" | "seats" | "next" | "isTrial" | "standing">, plan: Plan, seats: number): boolean {
  const { next, isTrial, standing } = subscription;
  const isSame = (other: { readonly plan: Plan; readonly seats: number }): boolean => other.plan === plan && other.seats === seats;
  return (next !== null && isSame(next)) || (isSame(subscription) && standing === "open" && !isTrial);
}
