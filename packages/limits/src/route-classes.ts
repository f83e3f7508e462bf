/** What a request is to the limiter. */
export const routeClasses = ["page", "read", "write", "guest", "sign-in", "payroll", "payslips", "report", "import"] as const;
export type RouteClass = (typeof routeClasses)[number];

/** A bucket that belongs to a company's plan, to one of its people, to an address, to an account, or to one kind of heavy work. */
export type BucketName = "minute" | "hour" | "user" | "page" | "address" | "account" | "payroll" | "payslips" | "report" | "import";

const minuteMs = 60_000;

/** A bucket whose size is nobody's plan: so many within a window, refilled evenly. */
export interface FixedBucket {
  readonly capacity: number;
  readonly windowMs: number;
}

/** Sizes that hold whatever the tier. The others are read from the company's plan and its overrides. */
export const fixedBuckets: Readonly<Record<Exclude<BucketName, "minute" | "hour" | "user">, FixedBucket>> = {
  // The house fetches the pages behind its links before they are clicked.
  page: { capacity: 600, windowMs: minuteMs },
  // A whole office may come from one address, on the morning on which everybody signs in.
  address: { capacity: 240, windowMs: minuteMs },
  account: { capacity: 10, windowMs: minuteMs },
  payroll: { capacity: 5, windowMs: minuteMs },
  payslips: { capacity: 5, windowMs: minuteMs },
  report: { capacity: 10, windowMs: minuteMs },
  import: { capacity: 2, windowMs: minuteMs },
};

export interface ClassPolicy {
  /** Every one of them must have enough, or none gives anything. */
  readonly buckets: readonly BucketName[];
  /** Whether a process may take several tokens at once and decide by itself. */
  readonly leases: boolean;
  /** What a request gets while Redis is slow or gone: a bucket of this process's own, or 503. */
  readonly withoutRedis: "local" | "refuse";
}

const member = ["minute", "hour", "user"] as const;

/** The one table that says what each class of request draws on, and what becomes of it when Redis cannot be asked. */
export const classPolicies: Readonly<Record<RouteClass, ClassPolicy>> = {
  page: { buckets: ["page"], leases: true, withoutRedis: "local" },
  read: { buckets: member, leases: true, withoutRedis: "local" },
  write: { buckets: member, leases: true, withoutRedis: "local" },
  guest: { buckets: ["address"], leases: true, withoutRedis: "local" },
  "sign-in": { buckets: ["address", "account"], leases: false, withoutRedis: "refuse" },
  payroll: { buckets: [...member, "payroll"], leases: false, withoutRedis: "refuse" },
  payslips: { buckets: [...member, "payslips"], leases: false, withoutRedis: "refuse" },
  report: { buckets: [...member, "report"], leases: false, withoutRedis: "refuse" },
  import: { buckets: [...member, "import"], leases: false, withoutRedis: "refuse" },
};
