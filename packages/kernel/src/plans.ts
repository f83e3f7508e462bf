/** The tiers a company can subscribe to, from the smallest to the largest. */
export const plans = ["free", "starter", "professional", "enterprise"] as const;
export type Plan = (typeof plans)[number];

/** What a company gets that nobody chose a plan for. */
export const defaultPlan = "starter" satisfies Plan;

/** Parts of the house that a plan opens. */
export const modules = ["people", "payroll", "time", "custom-roles", "sso", "own-domain", "documents", "procurement"] as const;
export type Module = (typeof modules)[number];

/** So many API requests in a minute and in an hour. */
export interface RequestLimits {
  readonly perMinute: number;
  readonly perHour: number;
}

/** What a plan gives and what it costs. */
export interface PlanTerms {
  readonly limits: RequestLimits;
  /** So many people may sign in. */
  readonly seats: number;
  readonly modules: readonly Module[];
  readonly storageBytes: number;
  /** For each seat and month, before tax, in paise. */
  readonly pricePerSeatMinor: number;
}

const gibibyte = 1_073_741_824;
const everyday = ["people", "payroll", "time"] as const;

/** The plans as data. Whoever changes a number here changes it for every company of that plan, within a second. */
export const planTerms: Readonly<Record<Plan, PlanTerms>> = {
  free: { limits: { perMinute: 30, perHour: 500 }, seats: 10, modules: everyday, storageBytes: gibibyte, pricePerSeatMinor: 0 },
  starter: { limits: { perMinute: 60, perHour: 1_000 }, seats: 50, modules: everyday, storageBytes: 10 * gibibyte, pricePerSeatMinor: 6_000 },
  professional: {
    limits: { perMinute: 200, perHour: 5_000 },
    seats: 500,
    modules: [...everyday, "custom-roles", "sso", "own-domain", "documents"],
    storageBytes: 100 * gibibyte,
    pricePerSeatMinor: 12_000,
  },
  enterprise: { limits: { perMinute: 1_000, perHour: 50_000 }, seats: 20_000, modules, storageBytes: 1_024 * gibibyte, pricePerSeatMinor: 20_000 },
};

export function isPlan(text: string): text is Plan {
  return plans.some((plan) => plan === text);
}
