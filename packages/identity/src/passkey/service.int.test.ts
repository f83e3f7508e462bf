import { callAs, makeMember, makeSession, requestAs } from "@atrium/api/testing";
import type { TestMember, TestTenant } from "@atrium/api/testing";
import type { Site } from "@atrium/api";
import { createCallerFactory } from "@atrium/api";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestDatabase } from "@atrium/db/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { mfaRouter } from "../mfa/router.ts";
import { sessionRouter } from "../session/router.ts";
import { signInRouter } from "../sign-in/router.ts";
import { signIn, signInByPasskey } from "../sign-in/service.ts";
import { hashPassword } from "../testing.ts";
import { passkeyRouter } from "./router.ts";
import { softwareAuthenticator } from "./testing.ts";
import type { Twists } from "./testing.ts";

const password = "a quiet courtyard";
const now = new Date("2026-11-20T09:30:00Z");
const house: Site = { origin: "https://hr.example.test", isOwnDomain: false };

let database: TestDatabase;
let passwordHash: string;
beforeAll(async () => {
  [database, passwordHash] = await Promise.all([testDatabase(), hashPassword(password)]);
});

interface Person {
  readonly tenant: TestTenant;
  readonly member: TestMember;
}

async function person(tenant?: TestTenant): Promise<Person> {
  const company = tenant ?? (await makeTenant());
  const member = await makeMember(database, company, ["employee"]);
  await database.withTenant(company.id, (db) => db.member.updateMany({ where: { id: member.id }, data: { passwordHash } }));
  return { tenant: company, member };
}

interface Where {
  readonly site?: Site | undefined;
  readonly at?: Date;
}

/** The doors as this person's browser finds them. */
function doors({ tenant, member }: Person, where: Where = {}) {
  const { at = now } = where;
  const { request } = requestAs({ database, tenant, member, now: at });
  const context = { ...request, site: "site" in where ? where.site : house };
  return { passkeys: createCallerFactory(passkeyRouter)(context), signIn: createCallerFactory(signInRouter)(context) };
}

const guest = ({ tenant }: Pick<Person, "tenant">, { at = now, site = house }: Where = {}) => ({ ...requestAs({ database, tenant, member: undefined, now: at }).request, site });
const askAsGuest = (at: Pick<Person, "tenant">, where: Where = {}) => createCallerFactory(signInRouter)(guest(at, where)).askPasskey();

async function withPasskey(tenant?: TestTenant) {
  const one = await person(tenant);
  const device = softwareAuthenticator(house.origin);
  const { recoveryCodes } = await doors(one).passkeys.register(device.make(await doors(one).passkeys.offer(), "Office laptop"));
  const [row] = (await doors(one).passkeys.list()).passkeys;
  return { one, device, recoveryCodes, id: row?.id ?? "" };
}

const trailOf = ({ tenant }: Person) => database.withTenant(tenant.id, (db) => db.auditEvent.findMany({ orderBy: { seq: "asc" }, select: { action: true } }));
const wrongPasskey = { code: "session/wrong-passkey" };

describe("keeping a passkey", () => {
  it("asks for one that finds itself and knows its person, and lists it by its name", async () => {
    const one = await person();
    const offer = await doors(one).passkeys.offer();
    expect(offer.options).toMatchObject({ rp: { id: "hr.example.test" }, attestation: "none", authenticatorSelection: { residentKey: "required", userVerification: "required" } });
    const { recoveryCodes } = await doors(one).passkeys.register(softwareAuthenticator(house.origin).make(offer, "  Office laptop "));
    expect(recoveryCodes).toHaveLength(10);
    expect(await doors(one).passkeys.list()).toMatchObject({ passkeys: [{ name: "Office laptop", createdAt: now.toISOString(), lastUsedAt: null }] });
  });

  it("ends the other sessions and makes this one a strong one", async () => {
    const one = await person();
    const mine = await database.withTenant(one.tenant.id, (db) => makeSession(db, one.tenant.id, one.member.id, { isStrong: false }));
    const self = { ...one, member: { ...one.member, sessionId: mine } };
    await doors(self).passkeys.register(softwareAuthenticator(house.origin).make(await doors(self).passkeys.offer(), "Telephone"));
    expect(await callAs(mfaRouter, { database, ...self, now }).call.mine()).toMatchObject({ isStrong: true, kinds: ["passkey", "recovery"] });
    await expect(callAs(sessionRouter, { database, ...one, now }).call.me()).rejects.toMatchObject({ message: "session/ended" });
  });

  it("needs a proof that is not older than ten minutes", async () => {
    const one = await person();
    const stale = await database.withTenant(one.tenant.id, (db) => makeSession(db, one.tenant.id, one.member.id, { verifiedAt: new Date(now.getTime() - 600_001) }));
    await expect(doors({ ...one, member: { ...one.member, sessionId: stale } }).passkeys.offer()).rejects.toMatchObject({ message: "session/step-up-required" });
  });

  const twists: readonly (readonly [string, Twists])[] = [
    ["from another website", { origin: "https://hr-example.test" }],
    ["for another name", { rpId: "example.test" }],
    ["without a finger or a PIN", { isVerified: false }],
    ["to another question", { challenge: "c29tZXRoaW5nLWVsc2U" }],
  ];
  it.each(twists)("refuses an answer %s", async (_, twist) => {
    const one = await person();
    const offer = await doors(one).passkeys.offer();
    await expect(doors(one).passkeys.register(softwareAuthenticator(house.origin).make(offer, "Laptop", twist))).rejects.toMatchObject({ message: "passkey/not-made" });
    expect(await doors(one).passkeys.list()).toEqual({ passkeys: [] });
  });

  it("takes an answer once, and a refused one uses the question up as well", async () => {
    const one = await person();
    const device = softwareAuthenticator(house.origin);
    const offer = await doors(one).passkeys.offer();
    await expect(doors(one).passkeys.register(device.make(offer, "Laptop", { isVerified: false }))).rejects.toMatchObject({ message: "passkey/not-made" });
    await expect(doors(one).passkeys.register(device.make(offer, "Laptop"))).rejects.toMatchObject({ message: "passkey/not-made" });
  });

  it("takes no answer after five minutes, nor one to a question put to somebody else", async () => {
    const [one, other] = [await person(), await person()];
    const offer = await doors(one).passkeys.offer();
    const made = softwareAuthenticator(house.origin).make(offer, "Laptop");
    await expect(doors(other).passkeys.register(made)).rejects.toMatchObject({ message: "passkey/not-made" });
    const late = new Date(now.getTime() + 300_000);
    await expect(doors(one, { at: late }).passkeys.register(made)).rejects.toMatchObject({ message: "passkey/not-made" });
  });

  it("refuses one that is kept already", async () => {
    const { one, device } = await withPasskey();
    const offer = await doors(one).passkeys.offer();
    expect(offer.options.excludeCredentials).toHaveLength(1);
    await expect(doors(one).passkeys.register(device.make(offer, "Again"))).rejects.toMatchObject({ message: "passkey/exists" });
  });

  it("is possible only under a name of the house, or a domain that the company has proved", async () => {
    const one = await person();
    const own: Site = { origin: "https://people.acme.test", isOwnDomain: true };
    await expect(doors(one, { site: undefined }).passkeys.offer()).rejects.toMatchObject({ message: "passkey/not-here" });
    await expect(doors(one, { site: own }).passkeys.offer()).rejects.toMatchObject({ message: "passkey/not-here" });
    const domain = { tenantId: one.tenant.id, id: "dom_1", name: "people.acme.test", proof: "p", createdAt: now };
    await database.withTenant(one.tenant.id, (db) => db.tenantDomain.create({ data: domain }));
    await expect(doors(one, { site: own }).passkeys.offer()).rejects.toMatchObject({ message: "passkey/not-here" });
    const verifiedName = `people-${one.tenant.slug}.test`;
    await database.withTenant(one.tenant.id, (db) => db.tenantDomain.update({ where: { tenantId_id: { tenantId: one.tenant.id, id: "dom_1" } }, data: { name: verifiedName, verifiedName, verifiedAt: now } }));
    const offer = await doors(one, { site: { ...own, origin: `https://${verifiedName}` } }).passkeys.offer();
    expect(offer.options.rp.id).toBe(verifiedName);
  });
});

describe("coming in with a passkey", () => {
  it("begins a strong session without a password, and says when it was used", async () => {
    const { one, device } = await withPasskey();
    const question = await askAsGuest(one);
    expect(question.options.allowCredentials).toBeUndefined();
    const { sessionId } = await signInByPasskey(guest(one), device.answer(question));
    const session = await database.withTenant(one.tenant.id, (db) => db.session.findFirst({ where: { id: sessionId } }));
    expect(session).toMatchObject({ memberId: one.member.id, method: "passkey", isStrong: true, verifiedAt: now });
    expect(await doors(one).passkeys.list()).toMatchObject({ passkeys: [{ lastUsedAt: now.toISOString() }] });
  });

  it("is the second factor after a password too", async () => {
    const { one, device } = await withPasskey();
    const email = `${one.member.id}@${one.tenant.slug}.test`;
    await expect(signIn(guest(one), { email, password })).rejects.toMatchObject({ detail: { params: { kinds: "passkey recovery" } } });
    const claims = await signIn(guest(one), { email, password, passkey: device.answer(await askAsGuest(one)) });
    expect(await database.withTenant(one.tenant.id, (db) => db.session.findFirst({ where: { id: claims.sessionId } }))).toMatchObject({ method: "password", isStrong: true });
  });

  it("does not prove another person's second factor", async () => {
    const { one, device } = await withPasskey();
    const { one: other } = await withPasskey(one.tenant);
    const email = `${other.member.id}@${one.tenant.slug}.test`;
    await expect(signIn(guest(one), { email, password, passkey: device.answer(await askAsGuest(one)) })).rejects.toMatchObject(wrongPasskey);
  });

  it("is possible in its own company alone", async () => {
    const [ours, theirs] = [await withPasskey(), await withPasskey()];
    await expect(signInByPasskey(guest(theirs.one), ours.device.answer(await askAsGuest(theirs.one)))).rejects.toMatchObject(wrongPasskey);
    await expect(signInByPasskey(guest(theirs.one), theirs.device.answer(await askAsGuest(ours.one)))).rejects.toMatchObject(wrongPasskey);
  });

  it("takes an answer once", async () => {
    const { one, device } = await withPasskey();
    const answer = device.answer(await askAsGuest(one));
    const tries = await Promise.allSettled([1, 2, 3, 4].map(() => signInByPasskey(guest(one), answer)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("refuses an answer after five minutes, and one to a question that was put for a step-up", async () => {
    const { one, device } = await withPasskey();
    const question = await askAsGuest(one);
    await expect(signInByPasskey(guest(one, { at: new Date(now.getTime() + 300_000) }), device.answer(question))).rejects.toMatchObject(wrongPasskey);
    await expect(signInByPasskey(guest(one), device.answer(await doors(one).passkeys.ask()))).rejects.toMatchObject(wrongPasskey);
  });

  it("refuses a counter that does not count up, and writes that down", async () => {
    const { one, device } = await withPasskey();
    await signInByPasskey(guest(one), device.answer(await askAsGuest(one), { counter: 7 }));
    for (const counter of [7, 6, 0]) {
      await expect(signInByPasskey(guest(one), device.answer(await askAsGuest(one), { counter }))).rejects.toMatchObject(wrongPasskey);
    }
    expect((await trailOf(one)).filter(({ action }) => action === "passkey.counter-regression")).toHaveLength(3);
    await expect(signInByPasskey(guest(one), device.answer(await askAsGuest(one), { counter: 8 }))).resolves.toMatchObject({ epoch: 0 });
  });

  it("takes an authenticator that does not count", async () => {
    const { one, device } = await withPasskey();
    for (let round = 0; round < 2; round += 1) await signInByPasskey(guest(one), device.answer(await askAsGuest(one), { counter: 0 }));
  });

  const twists: readonly (readonly [string, Twists])[] = [
    ["from another website", { origin: "https://hr-example.test" }],
    ["for another name", { rpId: "example.test" }],
    ["without a finger or a PIN", { isVerified: false }],
    ["to another question", { challenge: "c29tZXRoaW5nLWVsc2U" }],
    ["in another person's name", { userHandle: Buffer.from("mem_somebody").toString("base64url") }],
  ];
  it.each(twists)("refuses an answer %s", async (_, twist) => {
    const { one, device } = await withPasskey();
    await expect(signInByPasskey(guest(one), device.answer(await askAsGuest(one), twist))).rejects.toMatchObject(wrongPasskey);
  });

  it("refuses a signature of another key, and somebody whose access was taken away", async () => {
    const { one, device } = await withPasskey();
    const answer = device.answer(await askAsGuest(one));
    const forged = softwareAuthenticator(house.origin).answer(await askAsGuest(one));
    await expect(signInByPasskey(guest(one), { ...answer, response: { ...answer.response, response: { ...forged.response.response } } })).rejects.toMatchObject(wrongPasskey);
    await database.withTenant(one.tenant.id, (db) => db.member.updateMany({ data: { status: "deactivated" } }));
    await expect(signInByPasskey(guest(one), device.answer(await askAsGuest(one)))).rejects.toMatchObject(wrongPasskey);
  });
});

describe("one's passkeys", () => {
  it("get another name, and are removed; the last one takes the recovery codes with it", async () => {
    const { one, device, id } = await withPasskey();
    await doors(one).passkeys.rename({ id, name: "Old laptop" });
    expect(await doors(one).passkeys.list()).toMatchObject({ passkeys: [{ name: "Old laptop" }] });
    await doors(one).passkeys.remove({ id });
    expect(await callAs(mfaRouter, { database, ...one, now }).call.mine()).toMatchObject({ kinds: [], recoveryCodesLeft: 0 });
    await expect(signInByPasskey(guest(one), device.answer(await askAsGuest(one)))).rejects.toMatchObject(wrongPasskey);
    expect((await trailOf(one)).map(({ action }) => action)).toEqual(expect.arrayContaining(["passkey.register", "passkey.rename", "passkey.remove"]));
  });

  it("are nobody else's to rename or remove", async () => {
    const { one, id } = await withPasskey();
    const other = await person(one.tenant);
    await expect(doors(other).passkeys.rename({ id, name: "Mine" })).rejects.toMatchObject({ message: "passkey/not-found" });
    await expect(doors(other).passkeys.remove({ id })).rejects.toMatchObject({ message: "passkey/not-found" });
    expect(await doors(other).passkeys.list()).toEqual({ passkeys: [] });
  });

  it("keep the last one where the company asks for a second factor", async () => {
    const { one, id } = await withPasskey();
    await database.withTenant(one.tenant.id, (db) => db.tenant.updateMany({ data: { requiresMfa: true } }));
    await expect(doors(one).passkeys.remove({ id })).rejects.toMatchObject({ message: "mfa/last-factor" });
  });
});
