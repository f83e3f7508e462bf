/** What kind of refusal an error is; the doors turn it into a status. */
export type ErrorKind =
  | "invalid"
  | "unauthenticated"
  | "payment-required"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "too-large"
  | "too-early"
  | "unavailable"
  | "internal";

/** Why a company's doors stay shut. Callers outside the house know these four by the names the field gives them. */
export const tenantErrors = {
  tenant_not_found: "not-found",
  tenant_mismatch: "forbidden",
  tenant_suspended: "forbidden",
  subscription_expired: "payment-required",
} as const satisfies Readonly<Record<string, ErrorKind>>;

/** A closed list of a domain's error codes, each with its kind. Written in a slice's `contract.ts`. */
export type ErrorCatalogue = Readonly<Record<`${string}/${string}`, ErrorKind>>;

/** Keeps each code of a catalogue known to the compiler. */
export function defineErrors<const C extends ErrorCatalogue>(catalogue: C): C {
  return catalogue;
}

/** One field that needs mending. `field` is the path in the input, e.g. `bank.ifsc`. */
export interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

export interface ErrorDetail {
  /** The field it belongs to, when it is one. */
  readonly field?: string;
  /** Values that the sentence shown to the person names. Never a secret: they leave the server. */
  readonly params?: Readonly<Record<string, string | number>>;
  /** Several fields at once. */
  readonly fields?: readonly FieldError[];
  /** For the log only. */
  readonly cause?: unknown;
}

/** A refusal the person can act on. The sentence they read is the translation of `code`; the message is for the log. */
export class AppError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly detail: ErrorDetail;

  constructor(code: string, kind: ErrorKind, detail: ErrorDetail = {}) {
    super(code, { cause: detail.cause });
    this.name = "AppError";
    this.code = code;
    this.kind = kind;
    this.detail = detail;
  }
}

/** `throw refusal(leaveErrors, "leave/overlaps", { field: "from" })`: only a code of that catalogue compiles. */
export function refusal<C extends string>(catalogue: Readonly<Record<C, ErrorKind>>, code: NoInfer<C>, detail?: ErrorDetail): AppError {
  return new AppError(code, catalogue[code], detail);
}

/** Codes that any procedure may answer. */
export const commonErrors = {
  ...tenantErrors,
  "request/invalid": "invalid",
  "request/not-found": "not-found",
  "request/conflict": "conflict",
  "request/busy": "unavailable",
  "request/too-large": "too-large",
  "request/cross-site": "forbidden",
  "request/internal": "internal",
  "session/missing": "unauthenticated",
  "session/ended": "unauthenticated",
  /** The person's last proof of who they are is too old for this act. */
  "session/step-up-required": "forbidden",
  /** The company asks for a second factor that this person has not set up yet. */
  "session/mfa-enrolment-required": "forbidden",
  "permission/missing": "forbidden",
  /** The company keeps as much in files as its plan lets it. The parameters are `plan` and `gigabytes`. */
  "storage/full": "payment-required",
} as const satisfies Readonly<Record<string, ErrorKind>>;
