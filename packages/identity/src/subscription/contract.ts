import { plans } from "@atrium/kernel";
import { z } from "zod";

/** What the company has subscribed to. */
export const SubscriptionDto = z.object({
  plan: z.enum(plans),
  /** The moment it ends, unless it is renewed; null when it has no end. */
  until: z.iso.datetime().nullable(),
  isOver: z.boolean(),
});
export type SubscriptionDto = z.output<typeof SubscriptionDto>;
