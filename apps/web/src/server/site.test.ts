import { describe, expect, it } from "vitest";
import { siteOf } from "./site.ts";

const env = { ATRIUM_URL: "https://hr.example.test", ATRIUM_TENANT_HOSTS: ".hr.example.test" };

describe("the name a request came by", () => {
  it("is the house's own, or the company's below it", () => {
    expect(siteOf("hr.example.test", "acme", env)).toEqual({ origin: "https://hr.example.test", isOwnDomain: false });
    expect(siteOf("HR.example.test:443", "acme", env)).toEqual({ origin: "https://hr.example.test", isOwnDomain: false });
    expect(siteOf("acme.hr.example.test", "acme", env)).toEqual({ origin: "https://acme.hr.example.test", isOwnDomain: false });
    expect(siteOf("localhost:4000", "acme", { ATRIUM_URL: "http://localhost:4000", ATRIUM_TENANT_HOSTS: undefined })).toEqual({ origin: "http://localhost:4000", isOwnDomain: false });
  });

  it("is marked where only the company can say that it is its own", () => {
    expect(siteOf("people.acme.test", "acme", env)).toEqual({ origin: "https://people.acme.test", isOwnDomain: true });
  });

  it.each([null, "", "acme.hr.example.test:8443", "globex.hr.example.test", "evil test", "evil.test/acme", "user@hr.example.test"])("is none for %j", (host) => {
    expect(siteOf(host, "acme", env)).toBeUndefined();
  });
});
