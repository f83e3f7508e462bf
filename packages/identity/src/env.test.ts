import { describe, expect, it } from "vitest";
import { z } from "zod";
import { identityEnv } from "./env.ts";

const read = (source: Readonly<Record<string, string>>) => z.object(identityEnv).safeParse({ ATRIUM_URL: "https://hr.example.in", ...source });

describe("the environment", () => {
  it("names nobody inside and no name server unless it is told", () => {
    expect(read({}).data).toMatchObject({ ATRIUM_DNS_SERVERS: [], ATRIUM_SSO_INSIDE: [] });
  });

  it.each([
    ["192.0.2.53", ["192.0.2.53"]],
    ["192.0.2.53:5353, 2001:db8::53", ["192.0.2.53:5353", "2001:db8::53"]],
    ["[2001:db8::53]:5353", ["[2001:db8::53]:5353"]],
  ])("takes name servers: %s", (text, servers) => {
    expect(read({ ATRIUM_DNS_SERVERS: text }).data?.ATRIUM_DNS_SERVERS).toEqual(servers);
  });

  it.each(["dns.example", "192.0.2.53:port", "300.0.2.53", "192.0.2.53;198.51.100.53"])("refuses %s for one, in words", (text) => {
    expect(read({ ATRIUM_DNS_SERVERS: text }).error?.issues[0]?.message).toMatch(/must be addresses of name servers/);
  });
});
