import { faultFrom } from "@atrium/db";
import { AppError } from "@atrium/kernel";
import type { ErrorKind, FieldError } from "@atrium/kernel";
import { TRPCError } from "@trpc/server";
import type { TRPC_ERROR_CODE_KEY, TRPCDefaultErrorShape } from "@trpc/server";
import { ZodError } from "zod";

const trpcCodes: Readonly<Record<ErrorKind, TRPC_ERROR_CODE_KEY>> = {
  invalid: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  "payment-required": "PAYMENT_REQUIRED",
  "not-found": "NOT_FOUND",
  conflict: "CONFLICT",
  "too-large": "PAYLOAD_TOO_LARGE",
  "too-early": "TOO_MANY_REQUESTS",
  unavailable: "SERVICE_UNAVAILABLE",
  internal: "INTERNAL_SERVER_ERROR",
};

const statuses: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  "payment-required": 402,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  "too-large": 413,
  "too-early": 429,
  unavailable: 503,
  internal: 500,
};

/** What the browser is told of a refusal: a code it has a sentence for, the fields, and the request's id for support. */
export interface PublicError {
  readonly code: string;
  readonly field?: string;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly fields?: readonly FieldError[];
  readonly requestId: string;
}

export const statusOf = (error: AppError): number => statuses[error.kind];

/** Reads a refusal out of anything thrown. What is not known becomes `request/internal`, which tells nothing. */
export function appErrorFrom(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof ZodError) return new AppError("request/invalid", "invalid", { fields: fieldsFrom(thrown), cause: thrown });
  if (thrown instanceof TRPCError) return fromTrpc(thrown);
  const fault = faultFrom(thrown);
  if (fault?.kind === "unique" || fault?.kind === "reference") return new AppError("request/conflict", "conflict", { cause: thrown });
  if (fault?.kind === "unreadable") return new AppError("request/invalid", "invalid", { cause: thrown });
  if (fault?.kind === "busy" || fault?.kind === "timeout" || fault?.kind === "unreachable") return new AppError("request/busy", "unavailable", { cause: thrown });
  if (fault?.kind === "missing") return new AppError("request/not-found", "not-found", { cause: thrown });
  return new AppError("request/internal", "internal", { cause: thrown });
}

function fromTrpc(error: TRPCError): AppError {
  // What `toTrpcError` made of a refusal is that refusal, whatever its tRPC code.
  if (error.cause instanceof AppError) return error.cause;
  if (isOfWrongKind(error.code)) {
    const fields = error.cause instanceof ZodError ? fieldsFrom(error.cause) : [];
    return new AppError("request/invalid", "invalid", { fields, cause: error });
  }
  if (error.code === "NOT_FOUND" && !error.cause) return new AppError("request/not-found", "not-found", { cause: error });
  if (error.code === "PAYLOAD_TOO_LARGE") return new AppError("request/too-large", "too-large", { cause: error });
  // An answer that fails its own schema is our mistake, not the caller's.
  const isOurs = !error.cause || error.cause instanceof ZodError;
  return isOurs ? new AppError("request/internal", "internal", { cause: error }) : appErrorFrom(error.cause);
}

/** What the sender of a request did wrong before any procedure had a look at it. */
const isOfWrongKind = (code: TRPC_ERROR_CODE_KEY): boolean =>
  code === "BAD_REQUEST" || code === "PARSE_ERROR" || code === "METHOD_NOT_SUPPORTED" || code === "UNSUPPORTED_MEDIA_TYPE";

const codePattern = /^[a-z-]+\/[a-z-]+$/;

/** A contract's schema may report a code of its domain as its message; else the field is told what kind of mistake it is. */
function fieldsFrom(error: ZodError): FieldError[] {
  return error.issues.map(({ path, code, message }) => {
    const field = path.map(String).join(".");
    return codePattern.test(message) ? { field, code: message } : { field, code: `field/${code}`, params: { detail: message } };
  });
}

export function toTrpcError(error: AppError): TRPCError {
  return new TRPCError({ code: trpcCodes[error.kind], message: error.code, cause: error });
}

export function publicError(error: AppError, requestId: string): PublicError {
  const { field, params, fields } = error.detail;
  return { code: error.code, requestId, ...(field && { field }), ...(params && { params }), ...(fields && { fields }) };
}

/** tRPC's own shape without its message, path and stack, and with ours. */
export function publicShape(shape: TRPCDefaultErrorShape, error: AppError, requestId: string) {
  return {
    code: shape.code,
    message: error.code,
    data: { code: shape.data.code, httpStatus: statusOf(error), app: publicError(error, requestId) },
  };
}
