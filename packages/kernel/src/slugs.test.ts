import { expect, test } from "vitest";
import { isTenantSlug } from "./slugs.ts";

test.each(["acme", "a1b", "tata-steel", `a${"b".repeat(39)}`])("%s can be a company's address", (text) => {
  expect(isTenantSlug(text)).toBe(true);
});

test.each(["", "ab", "1acme", "-acme", "acme-", "Acme", "ac me", "acme/", "acme\n", "आशा", `a${"b".repeat(40)}`])("%j cannot", (text) => {
  expect(isTenantSlug(text)).toBe(false);
});

test("a company cannot take a path of the house's own", () => {
  expect(isTenantSlug("api")).toBe(false);
});
