import { AppError } from "@atrium/kernel";
import type { ErrorKind } from "@atrium/kernel";
import { TRPCError } from "@trpc/server";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { appErrorFrom, publicError, publicShape, statusOf, toTrpcError } from "./errors.ts";

const statuses: readonly [ErrorKind, number][] = [
  ["invalid", 400],
  ["unauthenticated", 401],
  ["forbidden", 403],
  ["not-found", 404],
  ["conflict", 409],
  ["too-large", 413],
  ["unavailable", 503],
  ["internal", 500],
];

describe("a refusal on its way out", () => {
  it.each(statuses)("of the kind %s answers %i", (kind, status) => {
    expect(statusOf(new AppError("x/y", kind))).toBe(status);
  });

  it.each(statuses)("of the kind %s comes out of tRPC's wrapping as it went in", (kind) => {
    const error = new AppError("leave/overlaps", kind, { fields: [{ field: "from", code: "leave/overlaps", params: { days: 2 } }] });
    expect(appErrorFrom(toTrpcError(error))).toBe(error);
  });

  it("names the domain's own code where a schema reports one", () => {
    const { error } = z.object({ pan: z.string().startsWith("A", { error: "people/pan-invalid" }) }).safeParse({ pan: "x" });
    expect(appErrorFrom(error).detail.fields).toEqual([{ field: "pan", code: "people/pan-invalid" }]);
  });

  it("names each field that a schema refused, by its path", () => {
    const { error } = z.object({ bank: z.object({ ifsc: z.string().length(11) }) }).safeParse({ bank: { ifsc: "X" } });
    expect(appErrorFrom(new TRPCError({ code: "BAD_REQUEST", cause: error }))).toMatchObject({
      code: "request/invalid",
      detail: { fields: [{ field: "bank.ifsc", code: "field/too_small" }] },
    });
  });

  it("is a missing procedure's, not a fault of the house", () => {
    expect(appErrorFrom(new TRPCError({ code: "NOT_FOUND" }))).toMatchObject({ code: "request/not-found", kind: "not-found" });
  });

  it.each(["METHOD_NOT_SUPPORTED", "UNSUPPORTED_MEDIA_TYPE"] as const)("of a request of the wrong kind is its sender's fault, not the house's: %s", (code) => {
    expect(appErrorFrom(new TRPCError({ code }))).toMatchObject({ code: "request/invalid", kind: "invalid" });
  });
});

describe("what nobody foresaw", () => {
  const secret = new Error("password=hunter2 in SELECT * FROM member");

  it("becomes an internal error, whose cause stays for the log", () => {
    expect(appErrorFrom(secret)).toMatchObject({ code: "request/internal", kind: "internal", detail: { cause: secret } });
    expect(appErrorFrom("a thrown string")).toMatchObject({ code: "request/internal" });
  });

  it("tells the browser its code and the request's id, and nothing else", () => {
    const shape = { code: -32603, message: secret.message, data: { code: "INTERNAL_SERVER_ERROR", httpStatus: 500, path: "member.list", stack: secret.stack ?? "" } } as const;
    const told = publicShape(shape, appErrorFrom(secret), "req-1");
    expect(told).toEqual({
      code: -32603,
      message: "request/internal",
      data: { code: "INTERNAL_SERVER_ERROR", httpStatus: 500, app: { code: "request/internal", requestId: "req-1" } },
    });
  });

  it("never tells a cause", () => {
    expect(JSON.stringify(publicError(new AppError("x/y", "conflict", { cause: secret }), "req-1"))).not.toContain("hunter2");
  });
});
