import { readFileSync } from "node:fs";
import { parseList } from "structured-headers";
import { z } from "zod";
import { createMember } from "@atrium/identity/testing";
import { doorOf } from "./harness/accounts.ts";
import { cookiesOf } from "./harness/api.ts";
import { databaseOf } from "./harness/database.ts";
import { textsTo } from "./harness/mails.ts";
import { fromSomewhere } from "./harness/network.ts";
import { makeOwnCompany } from "./harness/own-company.ts";
import { ask } from "./harness/raw.ts";
import type { RawAnswer } from "./harness/raw.ts";
import { expect, test } from "./harness/test.ts";

const Manifest = z.object({ middleware: z.record(z.string(), z.object({ files: z.array(z.string()).min(1) })), functions: z.record(z.string(), z.unknown()) });

test("the middleware of the build under test runs on the Edge runtime", () => {
  const manifest = Manifest.parse(JSON.parse(readFileSync(new URL("../.next/server/middleware-manifest.json", import.meta.url), "utf8")));
  const { files } = manifest.middleware["/"] ?? { files: [] };
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) expect(file).toMatch(/^server\/edge\//);
});

/** The members of one of the two fields, as a parser of structured fields reads them. */
function fieldOf({ headers }: RawAnswer, name: "ratelimit" | "ratelimit-policy") {
  const value = headers[name];
  if (typeof value !== "string") return undefined;
  return Object.fromEntries(parseList(value).map(([member, params]) => [typeof member === "string" ? member : "", Object.fromEntries(params)]));
}

const Problem = z.object({ type: z.string(), title: z.string(), status: z.number(), detail: z.string() });
const left = (answer: RawAnswer, bucket: string) => fieldOf(answer, "ratelimit")?.[bucket]?.["r"];

test("every answer that draws on buckets says in readable fields what is left of each, and static files draw on none", async ({ atrium }) => {
  const cookie = cookiesOf(atrium, "owner@globex").map(({ name, value }) => `${name}=${value}`).join("; ");
  for (const [path, buckets] of [
    ["/globex/api/trpc/identity.session.me", ["minute", "hour", "user"]],
    ["/globex/api/people/imports/sample", ["minute", "hour", "user", "report"]],
    ["/globex/people", ["page"]],
    ["/acme/api/trpc/identity.session.me", ["address"]],
  ] as const) {
    const answer = await ask(atrium, path, { cookie, ...fromSomewhere() });
    const [policy, limit] = [fieldOf(answer, "ratelimit-policy"), fieldOf(answer, "ratelimit")];
    expect([path, Object.keys(policy ?? {}), Object.keys(limit ?? {})]).toEqual([path, buckets, buckets]);
    for (const bucket of buckets) {
      expect(policy?.[bucket], path).toEqual({ q: expect.any(Number), w: bucket === "hour" ? 3_600 : 60 });
      expect(limit?.[bucket], path).toEqual({ r: expect.any(Number), t: expect.any(Number) });
    }
  }
  for (const path of ["/api/health", "/icon.svg"]) expect(fieldOf(await ask(atrium, path), "ratelimit"), path).toBeUndefined();
});

test("a batch of more than ten calls is let in by no way of writing it", async ({ atrium }) => {
  const names = Array.from({ length: 11 }, () => "identity.session.me");
  for (const path of [names.join(","), names.join("%2C"), names.join("%2c").replaceAll(".", "%2E")]) {
    for (const query of ["?batch=1", "?batch=0", ""]) {
      const answer = await ask(atrium, `/globex/api/trpc/${path}${query}`, fromSomewhere());
      expect([answer.status, answer.headers["content-type"]], path).toEqual([400, "application/problem+json"]);
      expect(answer.body).toContain("limits/batch-too-large");
    }
  }
});

test("no way of writing a path makes heavy work cheaper", async ({ atrium }) => {
  const cookie = cookiesOf(atrium, "owner@globex").map(({ name, value }) => `${name}=${value}`).join("; ");
  for (const path of ["/globex/api/people/imports/sample", "/globex/api/people/imports/s%61mple", "/globex/api/people/%69mports/sample", "/globex/%61pi/people/imports/sample"]) {
    const answer = await ask(atrium, path, { cookie, ...fromSomewhere() });
    // Either it is no such door at all, or it is counted as what it is.
    if (answer.headers["content-type"]?.startsWith("text/csv") === true) expect(left(answer, "report"), path).toBeDefined();
  }
  // What the middleware leaves alone leads nowhere else.
  for (const path of ["/_next/static/../../globex/api/people/imports/sample", "/_next/static/%2e%2e/%2e%2e/globex/api/people/imports/sample", "/_next/static/..%2f..%2fglobex/api/people/imports/sample", "//globex/api/people/imports/sample"]) {
    const answer = await ask(atrium, path, { cookie, ...fromSomewhere() });
    if (answer.headers["content-type"]?.startsWith("text/csv") === true) expect(left(answer, "report"), path).toBeDefined();
  }
});

test("what a client itself says of its address chooses no bucket, and without a session nobody drains a company", async ({ atrium }) => {
  const proxy = fromSomewhere()["x-forwarded-for"];
  const path = "/globex/api/trpc/identity.session.me";
  const bucket = async (chain: string) => Number(left(await ask(atrium, path, { "x-forwarded-for": chain, "x-real-ip": "203.0.113.1", forwarded: "for=203.0.113.1" }), "address"));
  const first = await bucket(proxy);
  const later = [await bucket(`203.0.113.5, ${proxy}`), await bucket(`203.0.113.6, ${proxy}`), await bucket(`203.0.113.7,198.51.100.2, ${proxy}`)];
  expect(Math.max(...later)).toBeLessThan(first);

  const flood = Array.from({ length: 300 }, () => ask(atrium, path, { "x-forwarded-for": proxy, cookie: "atrium-session-globex=nonsense" }));
  const refused = (await Promise.all(flood)).filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  for (const answer of refused) {
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    const problem = Problem.extend({ "violated-policies": z.array(z.string()) }).parse(JSON.parse(answer.body));
    expect(problem).toMatchObject({ type: "https://iana.org/assignments/http-problem-types#quota-exceeded", status: 429, "violated-policies": ["address"] });
    expect(Number(answer.headers["retry-after"])).toBeGreaterThanOrEqual(Number(fieldOf(answer, "ratelimit")?.["address"]?.["t"]));
  }
  const cookie = cookiesOf(atrium, "owner@globex").map(({ name, value }) => `${name}=${value}`).join("; ");
  const member = await ask(atrium, path, { "x-forwarded-for": proxy, cookie });
  const [policy, limit] = [fieldOf(member, "ratelimit-policy")?.["minute"], fieldOf(member, "ratelimit")?.["minute"]];
  expect(member.status).toBe(200);
  expect(Number(limit?.["r"])).toBeGreaterThan(Number(policy?.["q"]) / 2);
});

test("the house's own doors for the limits are there for nobody else", async ({ atrium }) => {
  for (const door of ["refresh", "alert"]) {
    for (const authorization of ["", "Bearer nonsense"]) {
      const answer = await fetch(`${atrium.url}/api/limits/${door}`, { method: "POST", headers: { authorization } });
      expect([door, answer.status]).toEqual([door, 404]);
    }
  }
});

test("once a company has used nine tenths of its minute, whoever looks after its plan has one mail about it", async ({ atrium }) => {
  const company = await makeOwnCompany(atrium, "free");
  const [database, tenantId, adminEmail] = [await databaseOf(atrium), company.slug.replace("-", "_"), `admin@${company.slug}.test`];
  await database.withTenant(tenantId, (db) => createMember(db, { tenantId, email: adminEmail, name: "Ravi Rao", roles: ["tenant-admin"], password: atrium.password, now: new Date() }));
  await database.close();
  // One person alone cannot use up what all have together.
  const doors = [await doorOf(atrium, company.slug, company.ownerEmail), await doorOf(atrium, company.slug, adminEmail)];
  const statuses = await Promise.all(doors.flatMap((door) => Array.from({ length: 25 }, async () => (await door.get(`/${company.slug}/api/trpc/identity.session.me`)).status())));
  expect(new Set(statuses)).toEqual(new Set([200, 429]));
  for (const email of [company.ownerEmail, adminEmail]) {
    const mails = () => textsTo(atrium, email, /close to its limit of requests within a minute/);
    await expect.poll(async () => (await mails()).length, { timeout: 30_000 }).toBe(1);
    expect((await mails())[0]).toContain(`${company.name} has used 27 of the 30 requests`);
    expect((await mails())[0]).toContain(`/${company.slug}/settings/billing`);
  }
  for (const door of doors) await door.dispose();
  await company.close();
});
