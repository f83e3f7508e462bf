import { makeOwnCompany } from "./harness/own-company.ts";
import { ask } from "./harness/raw.ts";
import { expect, test } from "./harness/test.ts";

/** Everything by which a framework or a proxy was ever told where a request belongs. */
const forged = {
  "x-tenant-id": "ten_globex",
  "x-tenant-claimed": "globex",
  "x-forwarded-host": "globex.localhost",
  "x-forwarded-prefix": "/globex",
  "x-middleware-rewrite": "/globex/sign-in",
  "x-middleware-next": "1",
  "x-middleware-subrequest": "src/middleware:src/middleware:src/middleware:src/middleware:src/middleware",
  "x-middleware-request-x-tenant-claimed": "globex",
  "x-invoke-path": "/globex/sign-in",
  "x-matched-path": "/globex/sign-in",
  "x-rewrite-url": "/globex/sign-in",
  "x-original-url": "/globex/sign-in",
  "x-atrium-path": "/globex",
};

test("no header that a client sends changes the company that its path names", async ({ atrium }) => {
  for (const headers of [...Object.entries(forged).map(([name, value]) => ({ [name]: value })), forged]) {
    const page = await ask(atrium, "/acme/sign-in", headers);
    expect(page.body, JSON.stringify(headers)).toContain("Sign in to Acme Industries");
    expect(page.body).not.toContain("Globex");
    const api = await ask(atrium, "/acme/api/trpc/identity.session.me", headers);
    expect([api.status, api.headers["cache-control"]], JSON.stringify(headers)).toEqual([401, "private, no-store"]);
  }
});

test("a host that is not the house's gets nothing of it", async ({ atrium }) => {
  for (const host of ["evil.test", "acme.evil.test", "10.0.0.7", "localhost", "[::1]:1"]) {
    for (const path of ["/", "/acme", "/acme/sign-in", "/acme/api/people/export", "/acme/api/trpc/identity.session.me"]) {
      const { status, body } = await ask(atrium, path, { host });
      expect([host, path, status]).toEqual([host, path, 421]);
      expect(body).toContain("request/misdirected");
      expect(body).not.toContain("Acme Industries");
    }
    expect((await ask(atrium, "/api/health", { host })).status).toBe(200);
  }
  // In the request line it counts for more than in its header.
  expect((await ask(atrium, "http://evil.test/acme/sign-in")).status).toBe(421);
});

test("a company's own domain leads to it once it is proved, and to nobody else", async ({ atrium }) => {
  const company = await makeOwnCompany(atrium);
  const { port } = new URL(atrium.url);
  const domain = `people.${company.slug}.test`;
  await company.addDomain(domain);
  const host = `${domain}:${port}`;
  const sent = await ask(atrium, "/people?search=a", { host });
  expect([sent.status, sent.headers.location]).toEqual([307, `/${company.slug}/people?search=a`]);
  expect((await ask(atrium, `/${company.slug}/sign-in`, { host })).body).toContain(`Sign in to ${company.name}`);
  expect((await ask(atrium, "/acme/sign-in", { host })).headers.location).toBe(`/${company.slug}/acme/sign-in`);
  expect((await ask(atrium, "/", { host: `other.${company.slug}.test:${port}` })).status).toBe(421);
  await company.close();
});

test("a path that cannot be decoded is not there, and breaks nothing", async ({ atrium }) => {
  for (const path of ["/acme%ff", "/%", "/%zz/api/people/export", "/acme/api/trpc/%ff"]) expect([path, (await ask(atrium, path)).status]).toEqual([path, 404]);
  expect((await ask(atrium, "/acme/%E0%A4%A")).headers.location).toMatch(/^\/acme\/sign-in\?/);
});

test("the caller's address is the one that the proxy before the house saw, whatever the client says: only this machine is told what is not well", async ({ atrium }) => {
  for (const headers of [{}, { forwarded: "for=203.0.113.9", "x-real-ip": "203.0.113.9" }, { "x-forwarded-for": "203.0.113.9, 127.0.0.1" }]) {
    expect(JSON.parse((await ask(atrium, "/api/health/ready", headers)).body)).toHaveProperty("checks");
  }
  for (const headers of [{ "x-forwarded-for": "127.0.0.1, 203.0.113.9" }, { "x-forwarded-for": "203.0.113.9", "x-real-ip": "127.0.0.1" }]) {
    expect(JSON.parse((await ask(atrium, "/api/health/ready", headers)).body)).not.toHaveProperty("checks");
  }
});

test("every answer below a company's path is kept by nobody on the way, refusals and redirects too", async ({ atrium }) => {
  for (const path of ["/acme", "/acme/sign-in", "/no-such-company", "/acme/api/people/export", "/acme/api/trpc/identity.session.me", "/acme/api/auth/csrf"]) {
    const { headers } = await ask(atrium, path);
    expect(headers["cache-control"], path).toMatch(/^private\b.*\bno-store/);
    // What a door answers loads and runs nothing at all.
    expect(headers["content-security-policy"], path).toMatch(path.includes("/api/") ? /^default-src 'none';/ : /script-src 'self' 'nonce-[^']+' 'strict-dynamic';/);
    expect(headers["x-content-type-options"], path).toBe("nosniff");
  }
});

test("there is no image optimiser to ask", async ({ atrium }) => {
  for (const url of ["%2Ficon.svg", "http%3A%2F%2F169.254.169.254%2F"]) expect((await ask(atrium, `/_next/image?url=${url}&w=64&q=75`)).status).toBe(404);
});
