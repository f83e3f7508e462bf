import { makeMember, requestAs } from "@atrium/api/testing";
import type { TestMember } from "@atrium/api/testing";
import type { TenantDb } from "@atrium/db";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestDatabase } from "@atrium/db/testing";
import { enter } from "@atrium/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findTenant } from "../session/service.ts";
import type { AddConnection, SsoPurpose, SsoQuestion } from "./contract.ts";
import { askProvider, takeAnswer } from "./flow.ts";
import { redirectUriOf } from "./provider.ts";
import { addConnection } from "./service.ts";
import { startProvider } from "./testing/provider.ts";
import type { Person, TestProvider } from "./testing/provider.ts";

const settings = { publicUrl: "http://atrium.test", insideHosts: ["127.0.0.1"] };
const people: Record<string, Person> = {
  asha: { email: "asha@acme.example", email_verified: true, name: "Asha Rao" },
  ravi: { email: "ravi@acme.example", email_verified: false, name: "Ravi" },
  mira: { email: "mira@elsewhere.example", email_verified: true },
  // Another person at the provider who was given Asha's address.
  impostor: { email: "asha@acme.example", email_verified: true, name: "Not Asha" },
  nameless: {},
};

let database: TestDatabase;
const running: TestProvider[] = [];
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => Promise.all(running.map((provider) => provider.close())));

let count = 0;

async function company(overrides: Partial<AddConnection> = {}, hasFatTokens = false) {
  const tenant = await makeTenant();
  const owner = await makeMember(database, tenant, ["owner"]);
  const provider = await startProvider({ redirectUri: redirectUriOf(settings, tenant.slug), people, hasFatTokens });
  running.push(provider);
  const asOwner = requestAs({ database, tenant, member: owner }).request;
  const connect = (more: Partial<AddConnection> = {}, at: TestProvider = provider) =>
    enter(asOwner, "security:manage", {}, (ctx) =>
      addConnection(ctx, {
        name: "Acme ID", issuer: at.issuer, clientId: at.clientId, clientSecret: at.clientSecret,
        isEnabled: true, joinsByDomain: true, defaultRoles: ["employee"], ...overrides, ...more,
      }),
    );
  const connection = await connect();
  const entry = await findTenant(database, tenant.slug);
  if (!entry) throw new Error("The company is not in the directory.");
  const request = (member?: TestMember) => requestAs({ database, tenant, member }).request;
  const ask = (purpose: SsoPurpose = "sign-in", member?: TestMember, connectionId = connection.id) =>
    askProvider(request(member), entry, { connectionId, purpose, next: `/${tenant.slug}` }, settings);
  const take = (question: SsoQuestion | undefined, answer: URLSearchParams, member?: TestMember) => takeAnswer(request(member), entry, question, answer, settings);
  const signInAs = async (subject: string, connectionId = connection.id, at = provider) => {
    const { url, question } = await ask("sign-in", undefined, connectionId);
    return take(question, await at.signIn(url, subject));
  };
  return {
    tenant, owner, provider, connection, connect, entry, ask, take, signInAs,
    within: <T>(work: (db: TenantDb) => Promise<T>) => database.withTenant(tenant.id, work),
  };
}

/** Takes `acme.example` for this company, from whichever test had it before. */
async function proveDomain(tenantId: string): Promise<void> {
  const name = "acme.example";
  await holder?.();
  await database.withTenant(tenantId, (db) =>
    db.tenantDomain.create({ data: { tenantId, id: `dom_test${(count += 1)}`, name, proof: "x", createdAt: new Date(), verifiedAt: new Date(), verifiedName: name } }),
  );
  holder = () => database.withTenant(tenantId, (db) => db.tenantDomain.deleteMany({ where: { name } }));
}
let holder: (() => Promise<unknown>) | undefined;

const memberOf = async (from: Awaited<ReturnType<typeof company>>, outcome: Awaited<ReturnType<typeof takeAnswer>>) => {
  if (outcome.kind !== "signed-in") throw new Error(`Expected a sign-in, got ${outcome.kind}.`);
  const { sessionId } = outcome.claims;
  return from.within((db) => db.session.findFirstOrThrow({ where: { id: sessionId }, include: { member: true } }));
};

describe("coming in by the company's own provider", () => {
  it.each([["asked for", false], ["in the ID token", true]])("makes a member of somebody with a confirmed address at a proved domain: %s", async (_how, hasFatTokens) => {
    const acme = await company({}, hasFatTokens);
    await proveDomain(acme.tenant.id);
    const session = await memberOf(acme, await acme.signInAs("asha"));
    expect(session).toMatchObject({ method: "sso", isStrong: true, member: { name: "Asha Rao", email: "asha@acme.example", roles: ["employee"], status: "active", emailVerifiedAt: expect.any(Date) } });
    const trail = await acme.within((db) => db.auditEvent.findMany({ where: { action: { in: ["member.join", "session.start"] } }, orderBy: { seq: "asc" } }));
    expect(trail.map(({ action }) => action)).toEqual(["member.join", "session.start"]);
  });

  it("leads the same subject to the same member from then on, whatever became of the address", async () => {
    const acme = await company();
    await proveDomain(acme.tenant.id);
    const first = await memberOf(acme, await acme.signInAs("asha"));
    await acme.within((db) => db.member.updateMany({ where: { id: first.memberId ?? "" }, data: { email: "renamed@acme.example" } }));
    const second = await memberOf(acme, await acme.signInAs("asha"));
    expect(second.memberId).toBe(first.memberId);
    expect(second.id).not.toBe(first.id);
  });

  it("never takes somebody for a member because of an address", async () => {
    const acme = await company();
    await proveDomain(acme.tenant.id);
    await acme.signInAs("asha");
    await expect(acme.signInAs("impostor")).rejects.toMatchObject({ code: "sso/link-first" });
  });

  it.each([["ravi", "sso/email-unverified"], ["nameless", "sso/email-unverified"], ["mira", "sso/domain-unproved"]])("refuses %s: %s", async (subject, code) => {
    const acme = await company();
    await proveDomain(acme.tenant.id);
    await expect(acme.signInAs(subject)).rejects.toMatchObject({ code });
    expect(await acme.within((db) => db.member.count())).toBe(1);
  });

  it("refuses a domain that was added and never proved", async () => {
    const acme = await company();
    await acme.within((db) => db.tenantDomain.create({ data: { tenantId: acme.tenant.id, id: "dom_unproved", name: "acme.example", proof: "x", createdAt: new Date() } }));
    await expect(acme.signInAs("asha")).rejects.toMatchObject({ code: "sso/domain-unproved" });
  });

  it("refuses whoever is nobody's member where nobody joins by themselves", async () => {
    const acme = await company({ joinsByDomain: false });
    await proveDomain(acme.tenant.id);
    await expect(acme.signInAs("asha")).rejects.toMatchObject({ code: "sso/not-linked" });
  });

  it("refuses a member whose access was taken away", async () => {
    const acme = await company();
    await proveDomain(acme.tenant.id);
    const { memberId } = await memberOf(acme, await acme.signInAs("asha"));
    await acme.within((db) => db.member.updateMany({ where: { id: memberId ?? "" }, data: { status: "deactivated" } }));
    await expect(acme.signInAs("asha")).rejects.toMatchObject({ code: "sso/member-inactive" });
  });

  it("knows the same subject at another provider for another person", async () => {
    const acme = await company();
    await proveDomain(acme.tenant.id);
    await acme.signInAs("asha");
    const other = await startProvider({ redirectUri: redirectUriOf(settings, acme.tenant.slug), people });
    running.push(other);
    const second = await acme.connect({ name: "Second" }, other);
    await expect(acme.signInAs("asha", second.id, other)).rejects.toMatchObject({ code: "sso/link-first" });
  });

  it("is closed when the connection is switched off, belongs to another company, or the company is suspended", async () => {
    const [acme, globex] = [await company({ isEnabled: false }), await company()];
    await expect(acme.ask()).rejects.toMatchObject({ code: "sso/connection-not-found" });
    await expect(acme.ask("sign-in", undefined, globex.connection.id)).rejects.toMatchObject({ code: "sso/connection-not-found" });
    await expect(askProvider(requestAs({ database, tenant: globex.tenant, member: undefined }).request, { ...globex.entry, status: "suspended" }, { connectionId: globex.connection.id, purpose: "sign-in", next: "/" }, settings)).rejects.toMatchObject({ code: "tenant_suspended" });
  });
});

it("nobody joins a company that was suspended while they were at the provider", async () => {
  const acme = await company();
  await proveDomain(acme.tenant.id);
  const { url, question } = await acme.ask();
  const answer = await acme.provider.signIn(url, "asha");
  const { request } = requestAs({ database, tenant: acme.tenant, member: undefined });
  await expect(takeAnswer(request, { ...acme.entry, status: "suspended" }, question, answer, settings)).rejects.toMatchObject({ code: "tenant_suspended" });
  expect(await acme.within((db) => db.member.count())).toBe(1);
});

describe("an answer of a provider", () => {
  it("counts once", async () => {
    const acme = await company();
    await proveDomain(acme.tenant.id);
    const { url, question } = await acme.ask();
    const answer = await acme.provider.signIn(url, "asha");
    await acme.take(question, answer);
    await expect(acme.take(question, answer)).rejects.toMatchObject({ code: "sso/answer-used" });
  });

  it("counts in the browser that asked, and nowhere else", async () => {
    const acme = await company();
    const [mine, other] = [await acme.ask(), await acme.ask()];
    const answer = await acme.provider.signIn(mine.url, "asha");
    await expect(acme.take(undefined, answer)).rejects.toMatchObject({ code: "sso/answer-stale" });
    await expect(acme.take(other.question, answer)).rejects.toMatchObject({ code: "sso/answer-stale" });
  });

  it("counts with the nonce and the code verifier that were asked with", async () => {
    const acme = await company();
    await proveDomain(acme.tenant.id);
    for (const swapped of [{ nonce: "another-nonce-of-enough-length" }, { verifier: "another-verifier-that-is-long-enough-for-the-standard" }]) {
      const { url, question } = await acme.ask();
      const answer = await acme.provider.signIn(url, "asha");
      await expect(acme.take({ ...question, ...swapped }, answer)).rejects.toMatchObject({ code: "sso/answer-wrong" });
    }
  });

  it("is refused when it names another issuer, or carries another question's code", async () => {
    const acme = await company();
    await proveDomain(acme.tenant.id);
    const [first, second] = [await acme.ask(), await acme.ask()];
    const answer = await acme.provider.signIn(first.url, "asha");
    const stolen = await acme.provider.signIn(second.url, "impostor");
    const misnamed = new URLSearchParams({ ...Object.fromEntries(answer), iss: "https://evil.example" });
    await expect(acme.take(first.question, misnamed)).rejects.toMatchObject({ code: "sso/answer-wrong" });
    const third = await acme.ask();
    const mixed = new URLSearchParams({ ...Object.fromEntries(stolen), state: third.question.state });
    await expect(acme.take(third.question, mixed)).rejects.toMatchObject({ code: "sso/answer-wrong" });
  });

  const hourAgo = () => Math.floor(Date.now() / 1000) - 3_600;
  it.each<[string, (claims: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>, string | undefined]>([
    ["is taken when everything is right", (claims) => claims, undefined],
    ["is refused from another issuer", (claims) => ({ ...claims, iss: "https://evil.example" }), "sso/answer-wrong"],
    ["is refused for another audience", (claims) => ({ ...claims, aud: "another-client" }), "sso/answer-wrong"],
    ["is refused when it has expired", (claims) => ({ ...claims, iat: hourAgo(), exp: hourAgo() + 60 }), "sso/answer-wrong"],
    ["is refused without a nonce", (claims) => ({ ...claims, nonce: undefined }), "sso/answer-wrong"],
    ["is refused without a subject", (claims) => ({ ...claims, sub: undefined }), "sso/answer-wrong"],
    ["is refused with an endless subject", (claims) => ({ ...claims, sub: "s".repeat(256) }), "sso/answer-wrong"],
    ["is refused when “verified” is a word", (claims) => ({ ...claims, email_verified: "true" }), "sso/email-unverified"],
  ])("%s", async (_name, change, code) => {
    const acme = await company();
    await proveDomain(acme.tenant.id);
    const { url, question } = await acme.ask();
    const answer = await acme.provider.signIn(url, "asha");
    acme.provider.forge(change, question.nonce, "asha");
    const taken = acme.take(question, answer);
    if (code === undefined) await expect(taken).resolves.toMatchObject({ kind: "signed-in" });
    else await expect(taken).rejects.toMatchObject({ code });
  });

  it("that somebody declined is told as such", async () => {
    const acme = await company();
    const { question } = await acme.ask();
    await expect(acme.take(question, new URLSearchParams({ error: "access_denied", state: question.state }))).rejects.toMatchObject({ code: "sso/denied" });
  });
});

describe("linking one's account", () => {
  it("lets an existing member come in by the provider", async () => {
    const acme = await company({ joinsByDomain: false });
    const { url, question } = await acme.ask("link", acme.owner);
    expect(await acme.take(question, await acme.provider.signIn(url, "asha"), acme.owner)).toEqual({ kind: "linked" });
    expect((await memberOf(acme, await acme.signInAs("asha"))).memberId).toBe(acme.owner.id);
    expect(await acme.within((db) => db.auditEvent.findFirst({ where: { action: "member.link-sso" } }))).toMatchObject({ entityId: acme.owner.id, actorMemberId: acme.owner.id });
  });

  it("refuses an identity that somebody has", async () => {
    const acme = await company();
    await proveDomain(acme.tenant.id);
    await acme.signInAs("asha");
    const { url, question } = await acme.ask("link", acme.owner);
    await expect(acme.take(question, await acme.provider.signIn(url, "asha"), acme.owner)).rejects.toMatchObject({ code: "sso/identity-taken" });
  });

  it("asks for somebody who is signed in, and for the same session at the end", async () => {
    const acme = await company();
    await expect(acme.ask("link")).rejects.toMatchObject({ code: "session/missing" });
    const { url, question } = await acme.ask("link", acme.owner);
    const answer = await acme.provider.signIn(url, "asha");
    await expect(acme.take(question, answer)).rejects.toMatchObject({ code: "session/missing" });
    const again = await acme.ask("link", acme.owner);
    const other = await makeMember(database, acme.tenant, ["employee"]);
    await expect(acme.take(again.question, await acme.provider.signIn(again.url, "asha"), other)).rejects.toMatchObject({ code: "sso/answer-stale" });
  });
});

describe("a step-up by the provider", () => {
  async function linked() {
    const acme = await company({ joinsByDomain: false });
    const { url, question } = await acme.ask("link", acme.owner);
    await acme.take(question, await acme.provider.signIn(url, "asha"), acme.owner);
    await acme.within((db) => db.session.updateMany({ where: { id: acme.owner.sessionId }, data: { verifiedAt: new Date("2020-01-01"), isStrong: false } }));
    return acme;
  }

  it("makes the session's proof new", async () => {
    const acme = await linked();
    const { url, question } = await acme.ask("step-up", acme.owner);
    expect(url.searchParams.get("prompt")).toBe("login");
    expect(await acme.take(question, await acme.provider.signIn(url, "asha"), acme.owner)).toEqual({ kind: "stepped-up" });
    const session = await acme.within((db) => db.session.findFirstOrThrow({ where: { id: acme.owner.sessionId } }));
    expect(session.isStrong).toBe(true);
    expect(Date.now() - session.verifiedAt.getTime()).toBeLessThan(60_000);
  });

  it("finds the provider that the person comes in by", async () => {
    const acme = await linked();
    const request = (member: TestMember) => requestAs({ database, tenant: acme.tenant, member }).request;
    const start = { purpose: "step-up", next: "/x" } as const;
    expect((await askProvider(request(acme.owner), acme.entry, start, settings)).question.connectionId).toBe(acme.connection.id);
    const other = await makeMember(database, acme.tenant, ["employee"]);
    await expect(askProvider(request(other), acme.entry, start, settings)).rejects.toMatchObject({ code: "sso/connection-not-found" });
  });

  it("is refused to another person at the provider, and with an old proof there", async () => {
    const acme = await linked();
    const first = await acme.ask("step-up", acme.owner);
    await expect(acme.take(first.question, await acme.provider.signIn(first.url, "impostor"), acme.owner)).rejects.toMatchObject({ code: "sso/other-person" });
    const second = await acme.ask("step-up", acme.owner);
    const answer = await acme.provider.signIn(second.url, "asha");
    acme.provider.forge((claims) => ({ ...claims, auth_time: Math.floor(Date.now() / 1000) - 3_600 }), second.question.nonce, "asha");
    await expect(acme.take(second.question, answer, acme.owner)).rejects.toMatchObject({ code: "sso/answer-wrong" });
    expect((await acme.within((db) => db.session.findFirstOrThrow({ where: { id: acme.owner.sessionId } }))).verifiedAt).toEqual(new Date("2020-01-01"));
  });
});
