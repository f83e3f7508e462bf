import { encode } from "next-auth/jwt";
import { NextRequest } from "next/server";
import { describe, expect, it } from "vitest";
import { gate } from "./gate.ts";
import { houseAddress } from "./hosts.ts";

const secret = "Qm7vXk2pRt9sLw4yHd6jBf1gNc8zTa3e";
const house = "http://hr.example.test";
const answer = gate({ isDevelopment: false, isHttps: false, house: houseAddress(house, ".hr.example.test"), secret, redis: undefined }, "http://localhost:1");

const ask = (path: string, headers: Readonly<Record<string, string>> = {}, method = "GET") =>
  answer(new NextRequest(`http://localhost:1${path}`, { method, headers: { host: "hr.example.test", ...headers } }));

/** What the gate hands on to the rest of the house: whose door, at which path. */
async function doorOf(path: string, headers: Readonly<Record<string, string>> = {}) {
  const passed = await ask(path, headers);
  const isPassed = passed.headers.has("x-middleware-next") && !passed.headers.has("x-middleware-rewrite");
  const handedOn = (name: string) => passed.headers.get(`x-middleware-request-${name}`);
  return { path: handedOn("x-atrium-path"), claimed: handedOn("x-tenant-claimed"), status: isPassed ? "passed" : passed.status };
}

const tokenFor = (tenantSlug: string) => encode({ token: { claims: { tenantSlug, tenantId: `ten_${tenantSlug}`, sessionId: "ses_0001" } }, secret });

describe("what another site has a browser send", () => {
  it.each(["cross-site", "same-site"])("changes nothing, even with the person's cookies: %s", async (site) => {
    const refused = await ask("/acme/api/people/imports", { "sec-fetch-site": site }, "POST");
    expect(refused.status).toBe(403);
    expect(await refused.json()).toEqual({ error: { code: "request/cross-site", requestId: refused.headers.get("x-request-id") } });
  });

  it.each([
    ["POST", { "sec-fetch-site": "same-origin" }],
    // Whoever is no browser, such as the job server, says nothing and brings no one's cookies by accident.
    ["PUT", {}],
    // A link in a mail leads in.
    ["GET", { "sec-fetch-site": "cross-site" }],
  ])("is told from our own pages' requests, from other programs' and from links: %s %o", async (method, headers: Record<string, string>) => {
    expect((await ask("/acme/api/people/imports", headers, method)).headers.get("x-middleware-next")).toBe("1");
  });
});

describe("whose door a request comes to", () => {
  it("is said by its path, and no header changes it", async () => {
    const forged = {
      "x-tenant-claimed": "globex",
      "x-tenant-id": "ten_globex",
      "x-forwarded-host": "globex.hr.example.test",
      "x-forwarded-prefix": "/globex",
      "x-middleware-rewrite": "/globex",
      "x-middleware-subrequest": "src/middleware:src/middleware:src/middleware:src/middleware:src/middleware",
      "x-middleware-request-x-tenant-claimed": "globex",
      "x-middleware-override-headers": "x-tenant-claimed",
      "x-invoke-path": "/globex",
      "x-original-url": "/globex",
      "x-rewrite-url": "/globex",
      "x-atrium-path": "/globex",
    };
    for (const [name, value] of Object.entries(forged)) expect(await doorOf("/acme/people", { [name]: value }), name).toEqual({ path: "/acme/people", claimed: "acme", status: "passed" });
    expect(await doorOf("/acme/people", forged)).toEqual({ path: "/acme/people", claimed: "acme", status: "passed" });
  });

  it("is said by a company's own host, whatever company its path names", async () => {
    const host = "acme.hr.example.test";
    expect(await doorOf("/acme/people", { host })).toEqual({ path: "/acme/people", claimed: "acme", status: "passed" });
    expect(await doorOf("/acme/api/people/export", { host })).toEqual({ path: "/acme/api/people/export", claimed: "acme", status: "passed" });
  });

  it.each([
    ["/people?search=a", "/acme/people?search=a"],
    ["/", "/acme"],
    ["/globex/people", "/acme/globex/people"],
    ["/api/people/export", "/acme/api/people/export"],
    ["/globex/api/people/export", "/acme/globex/api/people/export"],
    ["/outbox", "/acme/outbox"],
  ])("is sent from a company's own host to that company's path: %s", async (given, page) => {
    const sent = await ask(given, { host: "acme.hr.example.test" });
    expect([sent.status, sent.headers.get("location")]).toEqual([307, `http://localhost:1${page}`]);
  });

  it.each(["elsewhere.test:81", "10.0.0.7", "api.hr.example.test", ""])("is nobody's at a host that is not ours: %j", async (host) => {
    const [api, page, call] = [await ask("/acme/api/people/export", { host }), await ask("/acme", { host }), await ask("/acme/api/trpc/a.b", { host })];
    expect([api.status, page.status, call.status]).toEqual([421, 421, 421]);
    expect(await api.json()).toMatchObject({ error: { code: "request/misdirected" } });
    expect(await page.text()).toContain("request/misdirected");
    expect(await call.json()).toMatchObject({ error: { message: "request/misdirected", data: { app: { code: "request/misdirected" } } } });
  });

  it("is open to probes and the job server, who come by the process's address", async () => {
    for (const path of ["/api/health", "/api/health/ready", "/api/inngest"]) expect((await doorOf(path, { host: "10.0.0.7:3000" })).status).toBe("passed");
    for (const path of ["/api/healthy", "/acme/api/health", "/"]) expect((await doorOf(path, { host: "10.0.0.7:3000" })).status, path).toBe(421);
  });

  it("cannot be one that no company can have", async () => {
    expect(await doorOf("/No_Such/api/people/export")).toMatchObject({ status: 404 });
  });

  it("is never the image optimiser's", async () => {
    expect((await ask("/_next/image?url=http://169.254.169.254/&w=64&q=75")).status).toBe(404);
  });
});

describe("the session of another company in this one's cookie", () => {
  const cookieOf = async (slug: string) => `atrium-session-acme=${await tokenFor(slug)}; atrium-session-globex=${await tokenFor("globex")}`;

  it("is taken away with whatever is answered, and no other session of the browser with it", async () => {
    for (const path of ["/acme", "/acme/people", "/acme/api/trpc/identity.session.me"]) {
      const passed = await ask(path, { cookie: await cookieOf("globex") });
      expect(passed.headers.get("set-cookie"), path).toBe("atrium-session-acme=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
      expect(passed.headers.has("clear-site-data")).toBe(false);
      // The door behind has to see it, to end it and to write it down.
      expect(passed.headers.get("x-middleware-request-cookie")).toContain("atrium-session-acme=");
      expect(passed.headers.has("x-middleware-set-cookie")).toBe(false);
    }
  });

  it("is told from one's own, and from what is no session", async () => {
    for (const cookie of [await cookieOf("acme"), "atrium-session-acme=nonsense", ""]) expect((await ask("/acme", { cookie })).headers.has("set-cookie")).toBe(false);
  });
});

describe("every answer", () => {
  it.each([["/acme"], ["/acme/api/people/export"], ["/No_Such/api/x"], ["/"]])("is for one person alone and guarded: %s", async (path) => {
    for (const host of ["hr.example.test", "10.0.0.7"]) {
      const { headers } = await ask(path, { host });
      expect(headers.get("cache-control")).toBe("private, no-store");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      const isDoor = path.includes("/api/");
      expect(headers.get("content-security-policy")).toMatch(isDoor ? /^default-src 'none';/ : /script-src 'self' 'nonce-/);
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(headers.get("x-request-id")).toMatch(/^req-/);
    }
  });
});

describe("the pages that say why a company's doors are shut", () => {
  it.each([
    ["/acme/suspended", 403],
    ["/acme/subscription", 402],
    ["/acme/people", 200],
    ["/acme/people/suspended", 200],
    ["/suspended", 200],
  ])("have the status that says the same: %s %i", async (path, status) => {
    expect((await ask(path)).status).toBe(status);
  });
});
