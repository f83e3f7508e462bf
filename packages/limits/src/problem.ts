import type { BucketName } from "./route-classes.ts";
import type { Verdict } from "./verdict.ts";

/** Why the limiter does not let a request in, for the person who made it. */
export const limitCodes = ["limits/tenant-minute", "limits/tenant-hour", "limits/user", "limits/page", "limits/address", "limits/account", "limits/heavy", "limits/unavailable"] as const;
export type LimitCode = (typeof limitCodes)[number];

const codes: Readonly<Record<BucketName, LimitCode>> = {
  minute: "limits/tenant-minute",
  hour: "limits/tenant-hour",
  user: "limits/user",
  page: "limits/page",
  address: "limits/address",
  account: "limits/account",
  payroll: "limits/heavy",
  payslips: "limits/heavy",
  report: "limits/heavy",
  import: "limits/heavy",
};

/** The bucket that takes longest is the one that a person has to wait for, so that one is named. */
export function limitCode({ outcome, violated, buckets }: Pick<Verdict, "outcome" | "violated" | "buckets">): LimitCode {
  if (outcome === "unavailable") return "limits/unavailable";
  const waitOf = (name: BucketName): number => buckets.find((bucket) => bucket.name === name)?.waitMs ?? 0;
  const [longest = "minute"] = violated.toSorted((one, other) => waitOf(other) - waitOf(one));
  return codes[longest];
}

/** The type that the draft registers for a quota that was exceeded. */
export const quotaExceeded = "https://iana.org/assignments/http-problem-types#quota-exceeded";

export const problemType = "application/problem+json";

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly "violated-policies"?: readonly BucketName[];
  /** The house's own member, which its client reads. */
  readonly error: unknown;
}

const titles: Readonly<Record<number, string>> = { 400: "Bad request", 429: "Too many requests", 503: "Not available for the moment" };

/** The body of a refusal as RFC 9457 has it. */
export function problem(status: number, detail: string, error: unknown, violated: readonly BucketName[] = []): Problem {
  const type = status === 429 ? quotaExceeded : "about:blank";
  return { type, title: titles[status] ?? "Refused", status, detail, ...(violated.length > 0 && { "violated-policies": violated }), error };
}
