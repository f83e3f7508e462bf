import { describe, expect, it } from "vitest";
import { domainNameFrom } from "./domain-names.ts";

describe("a domain's name", () => {
  it.each([
    ["acme.example", "acme.example"],
    ["  HR.Acme.Example. ", "hr.acme.example"],
    ["münchen.example", "xn--mnchen-3ya.example"],
    ["उदाहरण.example", "xn--p1b6ci4b4b3a.example"],
    ["acme.co.in", "acme.co.in"],
    ["a-b.c1.example", "a-b.c1.example"],
  ])("is kept as DNS writes it: %j", (typed, name) => {
    expect(domainNameFrom(typed)).toBe(name);
  });

  it.each([
    "", ".", "acme", "localhost", "10.0.0.1", "[::1]", "2130706433", "0x7f.1", "acme..example", "-acme.example", "acme-.example", "ac me.example",
    "https://acme.example", "acme.example/path", "acme.example:8080", "user@acme.example", "acme.example?x", "acme.example#x", "acme%2eexample",
    "acme_hr.example", "*.acme.example", "co.in", "gov.in", "com.au", "acme.local", "acme.internal", "acme.localhost",
    `${"a".repeat(64)}.example`, `${"a.".repeat(130)}example`, "acme.example\u0000", "acme.\nexample",
  ])("is none: %j", (typed) => {
    expect(domainNameFrom(typed)).toBeUndefined();
  });
});
