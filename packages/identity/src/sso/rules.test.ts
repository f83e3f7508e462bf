import { grantsOf, roleGrants } from "@atrium/kernel";
import { describe, expect, it } from "vitest";
import { isInside } from "./network.ts";
import { domainOf, readIssuer, refuseDefaultRoles, refuseJoining } from "./rules.ts";

describe("an issuer", () => {
  it.each(["https://id.acme.example", "https://id.acme.example/realms/acme", "http://127.0.0.1:8080"])("%s can be one", (text) => {
    expect(readIssuer(text, ["127.0.0.1"])).toBeInstanceOf(URL);
  });

  it.each([
    ["", "sso/issuer-invalid"],
    ["id.acme.example", "sso/issuer-invalid"],
    ["https://id.acme.example/?a=b", "sso/issuer-invalid"],
    ["https://id.acme.example/#a", "sso/issuer-invalid"],
    ["https://somebody@id.acme.example", "sso/issuer-invalid"],
    // The library believes such an address whatever the answer calls itself.
    ["https://id.acme.example/.well-known/openid-configuration", "sso/issuer-invalid"],
    ["http://id.acme.example", "sso/issuer-not-https"],
    ["ftp://127.0.0.1", "sso/issuer-not-https"],
    ["javascript:alert(1)", "sso/issuer-not-https"],
  ])("%j cannot: %s", (text, code) => {
    expect(readIssuer(text, ["127.0.0.1"])).toBe(code);
  });
});

describe("an address that a company may make us ask", () => {
  it.each(["93.184.215.14", "2606:2800:21f:cb07::1"])("%s is one of the open internet", (address) => {
    expect(isInside(address)).toBe(false);
  });

  it.each([
    "127.0.0.1", "127.1.2.3", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "::1", "[::1]", "::", "fd00::1", "fe80::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1",
    "::127.0.0.1", "2002:7f00:1::", "2001:0:7f00:1::", "not an address",
  ])("%s is not", (address) => {
    expect(isInside(address)).toBe(true);
  });
});

describe("the roles of who joins by themselves", () => {
  const known = new Map([["employee", roleGrants.employee], ["hr-admin", roleGrants["hr-admin"]], ["payroll-manager", roleGrants["payroll-manager"]], ["owner", roleGrants.owner]]);
  const own = grantsOf([roleGrants["tenant-admin"]]);
  const refuse = (roles: readonly string[], joinsByDomain = true) => refuseDefaultRoles({ joinsByDomain, roles, known, own });

  it("are those that whoever sets them could give, at least one, and never the owner's", () => {
    expect(refuse(["employee"])).toBeUndefined();
    expect(refuse(["hr-admin", "employee"])).toBeUndefined();
    expect(refuse([], false)).toBeUndefined();
    expect(refuse([])).toBe("sso/roles-missing");
    expect(refuse(["rol_unknown"])).toBe("sso/role-unknown");
    expect(refuse(["payroll-manager"])).toBe("sso/role-beyond-own");
    expect(refuse(["owner"])).toBe("sso/role-owner");
    expect(refuseDefaultRoles({ joinsByDomain: true, roles: ["owner"], known, own: grantsOf([roleGrants.owner]) })).toBe("sso/role-owner");
  });
});

describe("somebody whom nobody here knows", () => {
  const joining = { joinsByDomain: true, identity: { email: "a@acme.example", isEmailVerified: true }, isDomainProved: true, isAddressTaken: false };

  it("becomes a member with a confirmed address at a proved domain that no member has, and not otherwise", () => {
    expect(refuseJoining(joining)).toBeUndefined();
    expect(refuseJoining({ ...joining, joinsByDomain: false })).toBe("sso/not-linked");
    expect(refuseJoining({ ...joining, identity: { email: undefined, isEmailVerified: true } })).toBe("sso/email-unverified");
    expect(refuseJoining({ ...joining, identity: { email: "a@acme.example", isEmailVerified: false } })).toBe("sso/email-unverified");
    expect(refuseJoining({ ...joining, isDomainProved: false })).toBe("sso/domain-unproved");
    expect(refuseJoining({ ...joining, isAddressTaken: true })).toBe("sso/link-first");
  });

  it("learns that an address is taken only when it is theirs", () => {
    expect(refuseJoining({ ...joining, isAddressTaken: true, isDomainProved: false })).toBe("sso/domain-unproved");
  });

  it.each([["A@Acme.Example", "acme.example"], ["a@b@acme.example", "acme.example"], ["acme.example", ""], ["@acme.example", ""], ["", ""]])("the domain of %j is %j", (email, domain) => {
    expect(domainOf(email)).toBe(domain);
  });
});
