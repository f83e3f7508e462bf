import { expect, test } from "vitest";
import { recordPlace, spelledAction, spelledEntity, spelledUtc, spelledValue } from "./words.ts";

test("codes are spelled as words", () => {
  expect(spelledEntity("employee-import")).toBe("Employee import");
  expect(spelledAction("sso-connection.add")).toBe("SSO connection: add");
  expect(spelledAction("totp.set-up")).toBe("Authenticator app: set up");
  expect(spelledAction("payroll-run.request-cancel")).toBe("Payroll run: request cancel");
});

test("an instant is told to the second", () => {
  expect(spelledUtc("2026-11-20T09:34:05.678Z")).toBe("2026-11-20 09:34:05");
});

test.each([
  ["Clerk", "Clerk"],
  [3, "3"],
  [null, "null"],
  [["a"], '["a"]'],
  ["x".repeat(30), `${"x".repeat(10)}…`],
])("a value is one piece of text: %j", (value, text) => {
  expect(spelledValue(value, 10)).toBe(text);
});

test("a record leads to its page, if it has one", () => {
  expect(recordPlace("employee", "emp_1")).toEqual({ path: "people/emp_1", permission: "people:read" });
  expect(recordPlace("domain", "dom_1")).toEqual({ path: "settings/security", permission: "security:read" });
  expect(recordPlace("audit", "trail")).toBeUndefined();
});
