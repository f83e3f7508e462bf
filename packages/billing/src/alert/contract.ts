import { defineEvent } from "@atrium/kernel";
import { z } from "zod";

/** The windows of a company's requests that are watched. */
export const alertWindows = ["minute", "hour"] as const;
export const AlertWindow = z.enum(alertWindows);
export type AlertWindow = z.output<typeof AlertWindow>;

/**
 * A company has used nine tenths of what it may do within a window. Told once in each window: to the company itself, and
 * to the platform's own tenant, whose members are our operators.
 */
export const limitNearlyUsed = defineEvent(
  "billing/limit.nearly-used",
  z.object({
    /** Who is told. */
    tenantId: z.string(),
    /** Whose limit it is: how it is called, and its address name. */
    company: z.string(),
    slug: z.string(),
    window: AlertWindow,
    /** So many requests it may make within the window. */
    allowed: z.number().int().positive(),
    /** Which of the windows since 1970, so that each is told of once. */
    index: z.number().int().nonnegative(),
  }),
);
export type LimitNearlyUsed = z.output<typeof limitNearlyUsed.payload>;
