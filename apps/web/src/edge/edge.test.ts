import { describe, expect, it } from "vitest";
import { claimedSlug, trustedHeaders } from "./request-headers.ts";
import { requestIdFrom } from "./request-id.ts";
import { contentSecurityPolicy, securityHeaders } from "./security-headers.ts";

describe("a request's id", () => {
  it.each(["req-0f9b2a77-1c1e-4f4c", "01JD3K9V7Q8M2N4P6R8T0W"])("is the one that came along, when it is well formed: %s", (given) => {
    expect(requestIdFrom(given)).toBe(given);
  });

  it.each([null, "", "short", "with space in it", "a".repeat(65), "<script>alert(1)</script>", "line\nbreak-in-it", "-begins-with-a-hyphen"])("is our own instead of %j", (given) => {
    const id = requestIdFrom(given);
    expect(id).toMatch(/^req-[0-9a-f-]{36}$/);
    expect(requestIdFrom(given)).not.toBe(id);
  });
});

describe("what a request brings", () => {
  it("cannot pretend to have passed the middleware, or to belong to a company", () => {
    const given = new Headers({
      accept: "text/html",
      cookie: "a=b",
      "X-Tenant-Claimed": "globex",
      "x-tenant": "globex",
      "x-middleware-subrequest": "src/middleware",
      "X-Atrium-Path": "https://evil.test",
      "x-tenants": "not ours",
    });
    expect(Object.fromEntries(trustedHeaders(given))).toEqual({ accept: "text/html", cookie: "a=b", "x-tenants": "not ours" });
  });

  it("claims the company that its path begins with", () => {
    expect(claimedSlug("/acme/people")).toBe("acme");
    expect(claimedSlug("/")).toBe("");
  });
});

describe("what a browser is told", () => {
  const policy = contentSecurityPolicy("bm9uY2U=", { isDevelopment: false, isHttps: false });

  it("is to run no script that this answer did not bring", () => {
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1];
    expect(scripts).toBe("'self' 'nonce-bm9uY2U=' 'strict-dynamic'");
  });

  it("is to let nobody frame it, send its forms elsewhere or move its base", () => {
    for (const rule of ["frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"]) expect(policy).toContain(rule);
  });

  it("is to load nothing from elsewhere, no frame and no plug-in", () => {
    for (const rule of ["default-src 'self'", "object-src 'none'", "frame-src 'none'", "connect-src 'self'"]) expect(policy).toContain(rule);
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
  });

  it("is to come by https again only where there is https", () => {
    expect(securityHeaders(true)["Strict-Transport-Security"]).toMatch(/^max-age=\d{8}/);
    expect(securityHeaders(false)).not.toHaveProperty("Strict-Transport-Security");
    expect(contentSecurityPolicy("n", { isDevelopment: false, isHttps: true })).toContain("upgrade-insecure-requests");
    expect(policy).not.toContain("upgrade-insecure-requests");
  });
});
