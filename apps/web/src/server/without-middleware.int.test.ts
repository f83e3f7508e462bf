import { makeMember } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestTenant } from "@atrium/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callProcedure, cookieFor, openTestRuntime, procedures } from "./testing/doors.ts";
import type { Visit } from "./testing/doors.ts";
import { callRoute, guardedRoutes } from "./testing/routes.ts";

/*
 * The app with its middleware removed: the handlers are called as they stand in the folders, and nothing before them has
 * dropped a header, looked at a host or opened a token. The middleware is the first fence and never the boundary.
 */

let close: () => void;
let ours: TestTenant;
let theirs: TestTenant;
beforeAll(async () => {
  close = await openTestRuntime();
  [ours, theirs] = [await makeTenant(), await makeTenant()];
});
afterAll(() => close());

/** Everything by which the middleware, a framework or a proxy could say where a request belongs and whose it is. */
const forgedFor = ({ id, slug }: TestTenant, cookie = ""): Readonly<Record<string, string>> => ({
  host: `${slug}.localhost`,
  "x-forwarded-host": `${slug}.localhost`,
  "x-forwarded-for": "127.0.0.1",
  "x-tenant-claimed": slug,
  "x-tenant-id": id,
  "x-atrium-path": `/${slug}`,
  "x-middleware-set-cookie": cookie,
  "x-middleware-rewrite": `/${slug}`,
  "x-middleware-subrequest": "src/middleware:src/middleware:src/middleware:src/middleware:src/middleware",
  authorization: `Bearer ${cookie.replace(/^[^=]*=/, "")}`,
});

/** A session of our owner that has just begun, as its cookie, under this company's name. */
async function ownersCookie(shownAt = ours.slug): Promise<string> {
  const { sessionId, epoch } = await makeMember(await testDatabase(), ours, ["owner"]);
  return cookieFor({ sessionId, tenantId: ours.id, tenantSlug: ours.slug, epoch }, shownAt);
}

const guarded = procedures.filter(({ permission }) => permission !== undefined);
const ids = ["emp_none", "mem_none", "psl_none", "prn_none", "dep_none", "imp_none", "inv_none"];

/** What every door there is answers to the same visit: each outcome once. */
async function outcomes(visit: () => Promise<Visit>): Promise<readonly string[]> {
  const seen = new Set<string>();
  for (const procedure of guarded) seen.add((await callProcedure(procedure, undefined, await visit())).code ?? `${procedure.path} answered`);
  for (const route of Object.keys(guardedRoutes)) seen.add((await callRoute(route, ids, await visit())).code ?? `${route} answered`);
  return [...seen];
}

describe("without the middleware every door", () => {
  it("is closed to nobody in particular, whatever they say of themselves", async () => {
    const stolen = await ownersCookie();
    expect(await outcomes(async () => ({ slug: theirs.slug, headers: forgedFor(theirs) }))).toEqual(["session/missing"]);
    // A session counts as the cookie of its company, and as nothing else.
    expect(await outcomes(async () => ({ slug: ours.slug, headers: forgedFor(ours, stolen) }))).toEqual(["session/missing"]);
  }, 60_000);

  it("is closed at one company's path to the owner of another, whatever the headers say", async () => {
    const cookie = await ownersCookie();
    expect(await outcomes(async () => ({ slug: theirs.slug, cookie, headers: forgedFor(ours) }))).toEqual(["session/missing"]);
    expect(await outcomes(async () => ({ slug: theirs.slug, cookie: await ownersCookie(theirs.slug), headers: forgedFor(ours) }))).toEqual(["tenant_mismatch"]);
  }, 60_000);

  it("is nobody's where there is no such company", async () => {
    expect(await outcomes(async () => ({ slug: "no-such-company", headers: forgedFor(ours) }))).toEqual(["tenant_not_found"]);
  }, 60_000);
});

it("without the middleware the path says whose company it is, and no header does", async () => {
  const cookie = await ownersCookie();
  const me = procedures.find(({ path }) => path === "identity.session.me");
  const { status, bytes } = await callProcedure(me ?? { path: "", type: "query" }, undefined, { slug: ours.slug, cookie, headers: forgedFor(theirs) });
  expect(status).toBe(200);
  expect(bytes).toContain(ours.name);
  expect(bytes).not.toContain(theirs.slug);
});
