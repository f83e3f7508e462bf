import { expect, test } from "vitest";
import { AppError, commonErrors, defineErrors, refusal } from "./errors.ts";

const leaveErrors = defineErrors({ "leave/overlaps": "conflict" });

test("a refusal carries its code, its kind and its field, and keeps the cause for the log", () => {
  const cause = new Error("what PostgreSQL said");
  const error = refusal(leaveErrors, "leave/overlaps", { field: "from", cause });
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ name: "AppError", code: "leave/overlaps", kind: "conflict", message: "leave/overlaps", cause });
  expect(error.detail.field).toBe("from");
});

test("a code of another catalogue does not compile", () => {
  // @ts-expect-error the code stands in no line of this catalogue
  expect(refusal(leaveErrors, "leave/no-such-code").code).toBe("leave/no-such-code");
});

test("every common code is domain/what-went-wrong, but for the four of a company whose doors stay shut", () => {
  expect(Object.keys(commonErrors).filter((code) => !/^[a-z-]+\/[a-z-]+$/.test(code))).toEqual([
    "tenant_not_found", "tenant_mismatch", "tenant_suspended", "subscription_expired",
  ]);
});
