import { makeMember } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import { startProvider } from "@atrium/identity/sso-testing";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as callback } from "../app/[tenant]/api/sso/callback/route.ts";
import { GET as start } from "../app/[tenant]/api/sso/start/route.ts";
import { callProcedure, cookieFor, openTestRuntime } from "./testing/doors.ts";

let close: () => void;
beforeAll(async () => {
  close = await openTestRuntime();
});
afterAll(() => close());

type Handler = typeof start;

/** One request of a browser with these cookies; answers where it is led and the cookies it is given, by name. */
async function visit(handler: Handler, slug: string, query: string, cookies: Readonly<Record<string, string>> = {}) {
  const headers = { host: "localhost", cookie: Object.entries(cookies).map(([name, value]) => `${name}=${value}`).join("; ") };
  const answer = await handler(new NextRequest(`http://localhost/${slug}/api/sso?${query}`, { headers }), { params: Promise.resolve({ tenant: slug }) });
  const given = answer.headers.getSetCookie();
  const jar: Record<string, string> = {};
  for (const line of given) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    jar[name] = value;
  }
  return { status: answer.status, location: answer.headers.get("location") ?? "", given, jar };
}

async function company() {
  const [database, tenant] = [await testDatabase(), await makeTenant()];
  const owner = await makeMember(database, tenant, ["owner"]);
  const people = { asha: { email: "asha@acme.example", email_verified: true, name: "Asha Rao" } };
  const provider = await startProvider({ redirectUri: `http://localhost/${tenant.slug}/api/sso/callback`, people });
  const { issuer, clientId, clientSecret } = provider;
  const cookie = await cookieFor({ sessionId: owner.sessionId, epoch: 0, tenantId: tenant.id, tenantSlug: tenant.slug });
  const input = { name: "Acme ID", issuer, clientId, clientSecret, isEnabled: true, joinsByDomain: false, defaultRoles: [] };
  const added = await callProcedure({ path: "identity.sso.add", type: "mutation" }, input, { slug: tenant.slug, cookie });
  expect(added.code).toBeUndefined();
  expect(added.bytes).not.toContain(clientSecret);
  const connection = { id: /sso_[0-9a-z]+/.exec(added.bytes)?.[0] ?? "" };
  await database.withTenant(tenant.id, (db) => db.ssoIdentity.create({ data: { tenantId: tenant.id, connectionId: connection.id, subject: "asha", memberId: owner.id, createdAt: new Date() } }));
  return { database, tenant, owner, provider, connection };
}

describe("the way through a company's provider", () => {
  it("leads there and back to a session of the person, and to the page they wanted", async () => {
    const { tenant, provider, connection } = await company();
    const begun = await visit(start, tenant.slug, `connection=${connection.id}&next=/${tenant.slug}/people`);
    expect(begun.status).toBe(303);
    expect(begun.given.join()).toMatch(/atrium-sso-[^;]+; Path=\/; .*Max-Age=600; HttpOnly; SameSite=lax/i);
    const answer = await provider.signIn(new URL(begun.location), "asha");
    const done = await visit(callback, tenant.slug, answer.toString(), begun.jar);
    expect(done).toMatchObject({ status: 303, location: `/${tenant.slug}/people` });
    const session = done.given.find((line) => line.startsWith(`atrium-session-${tenant.slug}=`)) ?? "";
    expect(session).toMatch(/Max-Age=43200; HttpOnly; SameSite=lax/i);
    expect((await callProcedure({ path: "identity.session.me", type: "query" }, undefined, { slug: tenant.slug, cookie: session.split(";")[0] ?? "" })).status).toBe(200);
    // The question is forgotten, and a copy of it is worth nothing.
    expect(done.jar[`atrium-sso-${tenant.slug}`]).toBe("");
    const again = await visit(callback, tenant.slug, answer.toString(), begun.jar);
    expect(again.location).toContain(`/${tenant.slug}/sign-in?error=sso%2Fanswer-used`);
    expect(again.given.join()).not.toContain("atrium-session-");
    await provider.close();
  });

  it("gives no session to another browser, whatever answer it brings", async () => {
    const { tenant, provider, connection } = await company();
    const begun = await visit(start, tenant.slug, `connection=${connection.id}`);
    const answer = await provider.signIn(new URL(begun.location), "asha");
    const sealedElsewhere = { [`atrium-sso-${tenant.slug}`]: "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..x.y.z" };
    for (const cookies of [{}, sealedElsewhere]) {
      const refused = await visit(callback, tenant.slug, answer.toString(), cookies);
      expect(refused.location).toContain(`/${tenant.slug}/sign-in?error=sso%2Fanswer-stale`);
      expect(refused.given.join()).not.toContain("atrium-session-");
    }
    await provider.close();
  });

  it("takes a question for no session, and a session for no question", async () => {
    const { tenant, owner, provider, connection } = await company();
    const begun = await visit(start, tenant.slug, `connection=${connection.id}`);
    const question = begun.jar[`atrium-sso-${tenant.slug}`] ?? "";
    expect((await callProcedure({ path: "identity.session.me", type: "query" }, undefined, { slug: tenant.slug, cookie: `atrium-session-${tenant.slug}=${question}` })).code).toBe("session/missing");
    const session = (await cookieFor({ sessionId: owner.sessionId, epoch: 0, tenantId: tenant.id, tenantSlug: tenant.slug })).split("=")[1] ?? "";
    const refused = await visit(callback, tenant.slug, "state=x", { [`atrium-sso-${tenant.slug}`]: session });
    expect(refused.location).toContain("sso%2Fanswer-stale");
    await provider.close();
  });

  it.each(["https://evil.test", "//evil.test", "/globex/people", "/\\evil.test"])("leads nowhere else than into the company: %s", async (next) => {
    const { tenant, provider, connection } = await company();
    const begun = await visit(start, tenant.slug, new URLSearchParams({ connection: connection.id, next }).toString());
    const answer = await provider.signIn(new URL(begun.location), "asha");
    expect((await visit(callback, tenant.slug, answer.toString(), begun.jar)).location).toBe(`/${tenant.slug}`);
    await provider.close();
  });

  it.each([
    ["an unknown provider", "connection=sso_nobody00"],
    ["none", ""],
  ])("is refused on the sign-in page for %s", async (_what, query) => {
    const { tenant, provider } = await company();
    expect((await visit(start, tenant.slug, query)).location).toContain(`/${tenant.slug}/sign-in?error=sso%2Fconnection-not-found`);
    await provider.close();
  });

  it("is refused for what is no id at all, and for a company that is not there", async () => {
    const { tenant, provider } = await company();
    expect((await visit(start, tenant.slug, "connection=%27%3B--")).location).toContain("error=request%2Finvalid");
    expect((await visit(start, "no-such-company", "connection=sso_nobody00")).location).toContain("error=tenant_not_found");
    await provider.close();
  });

  it("sends somebody who is not signed in to do that before they link or step up", async () => {
    const { tenant, provider } = await company();
    for (const purpose of ["step-up", "link"]) {
      expect((await visit(start, tenant.slug, `for=${purpose}&next=/${tenant.slug}/account/security`)).location).toContain(`/${tenant.slug}/sign-in?error=session%2Fmissing`);
    }
    await provider.close();
  });

  it("is asked from the address that the provider knows, whichever name people came by", async () => {
    const { tenant, provider, connection } = await company();
    const request = new NextRequest(`http://localhost:3000/${tenant.slug}/api/sso/start?connection=${connection.id}`, { headers: { host: "127.0.0.1" } });
    const answer = await start(request, { params: Promise.resolve({ tenant: tenant.slug }) });
    expect(answer.headers.get("location")).toBe(`http://localhost/${tenant.slug}/api/sso/start?connection=${connection.id}`);
    expect(answer.headers.getSetCookie()).toEqual([]);
    await provider.close();
  });

  it("makes the proof of a session new, and says so where the person was", async () => {
    const { database, tenant, owner, provider } = await company();
    const cookie = await cookieFor({ sessionId: owner.sessionId, epoch: 0, tenantId: tenant.id, tenantSlug: tenant.slug });
    await database.withTenant(tenant.id, (db) => db.session.updateMany({ where: { id: owner.sessionId }, data: { verifiedAt: new Date("2020-01-01") } }));
    const [name = "", value = ""] = cookie.split("=");
    const signedIn = { [name]: value };
    const begun = await visit(start, tenant.slug, `for=step-up&next=/${tenant.slug}/pay?x=1`, signedIn);
    const answer = await provider.signIn(new URL(begun.location), "asha");
    const done = await visit(callback, tenant.slug, answer.toString(), { ...begun.jar, ...signedIn });
    expect(done.location).toBe(`/${tenant.slug}/pay?x=1&sso=stepped-up`);
    const { verifiedAt } = await database.withTenant(tenant.id, (db) => db.session.findFirstOrThrow({ where: { id: owner.sessionId } }));
    expect(Date.now() - verifiedAt.getTime()).toBeLessThan(60_000);
    await provider.close();
  });
});
