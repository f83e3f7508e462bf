import { describe, expect, it } from "vitest";
import { ownPath } from "./sign-in.ts";

describe("after signing in one comes to", () => {
  it.each([
    ["/acme/people", "/acme/people"],
    ["/acme/people?search=a&after=b", "/acme/people?search=a&after=b"],
    ["/acme", "/acme"],
  ])("the page one wanted: %s", (wanted, path) => {
    expect(ownPath(wanted, "acme")).toBe(path);
  });

  it.each([
    undefined,
    "",
    "https://evil.test/acme",
    "//evil.test/acme",
    "/\\evil.test/acme",
    "/\t/evil.test",
    "javascript:alert(1)",
    "acme/people",
    "/globex/people",
    "/acme-evil",
    "/acme/../globex",
    "/acme/%2e%2e/globex",
    "/acme/sign-in?next=/acme/sign-in",
    "/acme/api/people/export",
  ])("the company's home instead of %j", (wanted) => {
    expect(ownPath(wanted, "acme")).toBe("/acme");
  });
});
