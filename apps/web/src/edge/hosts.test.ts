import { describe, expect, it } from "vitest";
import { houseAddress, pathWithin, placeOf } from "./hosts.ts";

const production = houseAddress("https://hr.example.test", ".hr.example.test");
const local = houseAddress("http://localhost:3000", undefined);

describe("the house answers at its own name", () => {
  it.each([
    ["hr.example.test", production],
    ["HR.Example.Test", production],
    ["hr.example.test.", production],
    ["hr.example.test:443", production],
    ["localhost:3000", local],
    ["127.0.0.1:3000", local],
    ["[::1]:3000", local],
  ])("%s", (host, house) => {
    expect(placeOf(host, house)).toEqual({ kind: "house" });
  });
});

describe("a host that is not ours is nobody's door", () => {
  it.each([
    [null, production],
    ["", production],
    ["hr.example.test:8443", production],
    ["localhost", production],
    ["127.0.0.1", production],
    ["localhost:3001", local],
    ["localhost", local],
    ["10.0.0.7:3000", local],
    ["evil.test, hr.example.test", production],
    ["hr.example.test@evil.test", production],
    ["hr.example.test/evil", production],
    ["hr.example.test:443:443", production],
    ["api.hr.example.test", production],
    ["a.b.hr.example.test", production],
    ["-acme.hr.example.test", production],
    ["acme.localhost:3000", local],
  ])("%j", (host, house) => {
    expect(["elsewhere", "domain"]).toContain(placeOf(host, house).kind);
    expect(placeOf(host, house)).not.toMatchObject({ kind: "tenant" });
  });
});

describe("a company's host", () => {
  it("is its address name before the part that was configured", () => {
    expect(placeOf("acme.hr.example.test", production)).toEqual({ kind: "tenant", slug: "acme" });
    expect(placeOf("ACME.hr.example.test:443", production)).toEqual({ kind: "tenant", slug: "acme" });
  });

  it("may be a domain of its own, for the database to say", () => {
    expect(placeOf("people.acme.test", production)).toEqual({ kind: "domain", name: "people.acme.test" });
    expect(placeOf("people.acme.test", local)).toEqual({ kind: "elsewhere" });
  });

  it.each([
    ["/", "/acme"],
    ["/people", "/acme/people"],
    ["/acme", "/acme"],
    ["/acme/people", "/acme/people"],
    ["/globex", "/acme/globex"],
    ["/globex/api/people/export", "/acme/globex/api/people/export"],
    ["/acmecorp/people", "/acme/acmecorp/people"],
    ["/api/health/../auth", "/acme/api/health/../auth"],
    ["/outbox", "/acme/outbox"],
  ])("leads with every path into that company alone: %s", (given, inside) => {
    expect(pathWithin("acme", given)).toBe(inside);
  });
});
