import type { SubscriptionDto } from "@atrium/billing/contract";
import type { Tone } from "@atrium/ui";

/** How a subscription stands, in the word that says most to the person. */
export type Shown = SubscriptionDto["standing"] | "trial" | "cancelled";

export function shownStanding({ standing, isTrial, cancelledAt }: Pick<SubscriptionDto, "standing" | "isTrial" | "cancelledAt">): Shown {
  if (standing !== "open") return standing;
  if (cancelledAt !== null) return "cancelled";
  return isTrial ? "trial" : "open";
}

export const standingTones: Readonly<Record<Shown, Tone>> = {
  open: "good",
  trial: "info",
  cancelled: "attention",
  grace: "attention",
  "read-only": "danger",
  closed: "danger",
};

/** Whether there is an end that a cancellation could lead to. */
export const canCancel = ({ plan, until, cancelledAt, standing }: SubscriptionDto): boolean =>
  plan !== "free" && until !== null && cancelledAt === null && standing === "open";

/** A cancelled one can be taken up again until it ends. */
export const canResume = ({ cancelledAt, standing }: SubscriptionDto): boolean => cancelledAt !== null && standing === "open";
