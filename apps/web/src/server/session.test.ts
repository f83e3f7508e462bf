import { encode } from "next-auth/jwt";
import { describe, expect, it } from "vitest";
import { claimsFrom, cookieNames } from "./session.ts";

const secret = "Qm7vXk2pRt9sLw4yHd6jBf1gNc8zTa3e";
const claims = { sessionId: "ses_0001", tenantId: "ten_0001", tenantSlug: "acme", epoch: 0 };

describe("a session's cookie", () => {
  it("is named for its company, and bound to https and this host where there is https", () => {
    expect(cookieNames("acme", false).session).toBe("atrium-session-acme");
    expect(cookieNames("acme", true).session).toBe("__Host-atrium-session-acme");
    expect(cookieNames("globex", true).session).not.toBe(cookieNames("acme", true).session);
  });

  it("carries the claims that were put into it", async () => {
    expect(await claimsFrom(await encode({ token: { claims }, secret }), secret)).toEqual(claims);
  });

  it.each([
    ["there is none", async () => undefined],
    ["it is nonsense", async () => "nonsense"],
    ["it was made with another secret", () => encode({ token: { claims }, secret: "another-secret-of-thirty-two-chars" })],
    ["it has expired", () => encode({ token: { claims }, secret, maxAge: -60 })],
    ["it carries no claims", () => encode({ token: { sub: "mem_0001" }, secret })],
    ["its claims are not ours", () => encode({ token: { claims: { ...claims, epoch: "0" } }, secret })],
  ])("says nothing when %s", async (_why, cookie) => {
    expect(await claimsFrom(await cookie(), secret)).toBeUndefined();
  });
});
