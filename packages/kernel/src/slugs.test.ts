import { expect, test } from "vitest";
import { isTenantSlug, slugProblem, slugSkeleton } from "./slugs.ts";

test.each(["acme", "a1b", "tata-steel", "operator", `a${"b".repeat(39)}`])("%s can be an address name", (text) => {
  expect(isTenantSlug(text)).toBe(true);
});

test.each(["", "ab", "1acme", "-acme", "acme-", "Acme", "ac me", "acme/", "acme\n", "आशा", `a${"b".repeat(40)}`])("%j cannot", (text) => {
  expect(isTenantSlug(text)).toBe(false);
});

test.each(["api", "outbox", "sign-up"])("a path of the house's own cannot: %s", (text) => {
  expect(isTenantSlug(text)).toBe(false);
});

test.each(["acme", "tata-steel", "initech", "hooli2", "northern-lights", "operators-of-pune"])("a new company can take %s", (text) => {
  expect(slugProblem(text)).toBeUndefined();
});

test.each([
  ["too-short", "ab"],
  ["too-short", ""],
  ["too-short", "a-"],
  ["shape", "Acme"],
  ["shape", "1acme"],
  ["shape", "0perator"],
  ["shape", "acme-"],
  ["shape", "ac me"],
  ["shape", `a${"b".repeat(40)}`],
  // Cyrillic letters that look exactly like ours, a Latin letter of full width, Devanagari, and a letter that is not seen.
  ["shape", "асme"],
  ["shape", "ａcme"],
  ["shape", "आशा"],
  ["shape", "ac\u200bme"],
  ["reserved", "operator"],
  ["reserved", "admin"],
  ["reserved", "sign-up"],
  ["reserved", "www"],
  ["reserved", "xn--cme-7cd"],
  ["look-alike", "oper-ator"],
  ["look-alike", "admln"],
  ["look-alike", "adrnin"],
  ["look-alike", "vvvvvv"],
  ["look-alike", "b1lling"],
  ["look-alike", "supp0rt"],
  ["look-alike", "atr-iurn"],
])("%s keeps a new company from taking %j", (problem, text) => {
  expect(slugProblem(text)).toBe(problem);
});

test.each([
  ["acme", "acrne"],
  ["acme", "a-cme"],
  ["globex", "gl0bex"],
  ["initech", "lnitech"],
  ["wipe", "vvipe"],
])("%s and %s are the same to the eye", (one, other) => {
  expect(slugSkeleton(one)).toBe(slugSkeleton(other));
});

test.each([
  ["acme", "acne"],
  ["hooli", "holi"],
])("%s and %s are not", (one, other) => {
  expect(slugSkeleton(one)).not.toBe(slugSkeleton(other));
});
