import { callAs, inContext, makeMember, makeSession, requestAs } from "@atrium/api/testing";
import type { TestMember } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestDatabase } from "@atrium/db/testing";
import { Secret, TOTP } from "otpauth";
import { beforeAll, describe, expect, it } from "vitest";
import { sessionRouter } from "../session/router.ts";
import { signIn } from "../sign-in/service.ts";
import { hashPassword } from "../testing.ts";
import { mfaRouter } from "./router.ts";
import { spendCode } from "./service.ts";

const password = "a quiet courtyard";
const start = new Date("2026-11-20T09:30:00Z");
const later = (seconds: number) => new Date(start.getTime() + seconds * 1_000);

let database: TestDatabase;
let passwordHash: string;
beforeAll(async () => {
  [database, passwordHash] = await Promise.all([testDatabase(), hashPassword(password)]);
});

interface Person {
  readonly tenant: Awaited<ReturnType<typeof makeTenant>>;
  readonly member: TestMember;
  readonly email: string;
}

async function person(): Promise<Person> {
  const tenant = await makeTenant();
  const member = await makeMember(database, tenant, ["employee"], { name: "Asha Rao" });
  const email = `${member.id}@${tenant.slug}.test`;
  await database.withTenant(tenant.id, (db) => db.member.updateMany({ where: { id: member.id }, data: { passwordHash } }));
  return { tenant, member, email };
}

const mfaOf = ({ tenant, member }: Person, now = start) => callAs(mfaRouter, { database, tenant, member, now }).call;
const meOf = ({ tenant, member }: Person, sessionId: string) => callAs(sessionRouter, { database, tenant, member: { ...member, sessionId }, now: start }).call.me();

/** Signs in anew, with whatever is given beside the right password. */
const comeIn = ({ tenant, email }: Person, factor: { readonly code?: string } = {}, now = start) =>
  signIn(requestAs({ database, tenant, member: undefined, now }).request, { email, password, ...factor });

/** An authenticator app with the key that was shown. */
function appOf(key: string) {
  const secret = Secret.fromBase32(key.replaceAll(" ", ""));
  return { codeAt: (moment: Date) => TOTP.generate({ secret, algorithm: "SHA1", digits: 6, period: 30, timestamp: moment.getTime() }) };
}

/** Somebody whose app is set up since a minute before the start. */
async function withApp() {
  const one = await person();
  const before = later(-60);
  const { key, uri } = await mfaOf(one, before).offerAuthenticator();
  const app = appOf(key);
  const { recoveryCodes } = await mfaOf(one, before).confirmAuthenticator({ code: app.codeAt(before) });
  return { one, app, key, uri, recoveryCodes };
}

const wrongCode = { code: "session/wrong-code", kind: "unauthenticated" };
const trailOf = (one: Person) => database.withTenant(one.tenant.id, (db) => db.auditEvent.findMany({ orderBy: { seq: "asc" }, select: { action: true, after: true } }));
const sessionsOf = (one: Person) => database.withTenant(one.tenant.id, (db) => db.session.findMany({ orderBy: { id: "asc" }, select: { id: true, endedBecause: true, isStrong: true } }));

describe("setting up an app", () => {
  it("shows a key of 160 bits in the form that every app reads", async () => {
    const { one, key, uri } = await withApp();
    const url = new URL(uri);
    expect(url.protocol).toBe("otpauth:");
    expect(decodeURIComponent(url.pathname)).toContain(one.email);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ secret: key.replaceAll(" ", ""), algorithm: "SHA1", digits: "6", period: "30" });
    expect(Secret.fromBase32(key.replaceAll(" ", "")).bytes).toHaveLength(20);
  });

  it("asks for nothing at sign-in until the first right code was entered", async () => {
    const one = await person();
    await mfaOf(one).offerAuthenticator();
    await expect(mfaOf(one).confirmAuthenticator({ code: "000000" })).rejects.toMatchObject({ message: "mfa/wrong-code" });
    await expect(comeIn(one)).resolves.toMatchObject({ epoch: 0 });
  });

  it("keeps the key sealed, and so that it opens nowhere else", async () => {
    const { one, key } = await withApp();
    const [row] = await database.withTenant(one.tenant.id, (db) => db.totp.findMany());
    expect(row?.seedSealed).not.toContain(key.replaceAll(" ", ""));
    const other = await makeMember(database, one.tenant, ["employee"]);
    await database.withTenant(one.tenant.id, (db) => db.totp.create({ data: { ...row, tenantId: one.tenant.id, memberId: other.id, seedSealed: row?.seedSealed ?? "", createdAt: start } }));
    await expect(mfaOf({ ...one, member: other }).confirmAuthenticator({ code: "123456" })).rejects.toThrow();
  });

  it("ends the other sessions, makes this one a strong one and is written down without the key", async () => {
    const one = await person();
    const mine = await database.withTenant(one.tenant.id, (db) => makeSession(db, one.tenant.id, one.member.id, { isStrong: false }));
    const self = { ...one, member: { ...one.member, sessionId: mine } };
    const { key } = await mfaOf(self).offerAuthenticator();
    await mfaOf(self).confirmAuthenticator({ code: appOf(key).codeAt(start) });
    expect(await sessionsOf(one)).toEqual([
      { id: one.member.sessionId, endedBecause: "mfa-changed", isStrong: true },
      { id: mine, endedBecause: null, isStrong: true },
    ]);
    await expect(meOf(one, one.member.sessionId)).rejects.toMatchObject({ message: "session/ended" });
    const trail = await trailOf(one);
    expect(trail.map(({ action }) => action)).toEqual(["totp.set-up", "session.end", "recovery-code.renew"]);
    expect(JSON.stringify(trail)).not.toContain(key.replaceAll(" ", ""));
  });

  it("is refused to somebody who has one, who has not been offered one, or whose last proof is old", async () => {
    const { one, app } = await withApp();
    await expect(mfaOf(one).offerAuthenticator()).rejects.toMatchObject({ message: "mfa/already-set-up" });
    await expect(mfaOf(one).confirmAuthenticator({ code: app.codeAt(start) })).rejects.toMatchObject({ message: "mfa/already-set-up" });
    const other = await person();
    await expect(mfaOf(other).confirmAuthenticator({ code: "123456" })).rejects.toMatchObject({ message: "mfa/not-set-up" });
    const stale = await database.withTenant(other.tenant.id, (db) => makeSession(db, other.tenant.id, other.member.id, { verifiedAt: later(-601) }));
    await expect(mfaOf({ ...other, member: { ...other.member, sessionId: stale } }).offerAuthenticator()).rejects.toMatchObject({ message: "session/step-up-required" });
  });
});

describe("signing in with a second factor", () => {
  it("asks for it only after the right password, and says which kinds there are", async () => {
    const { one } = await withApp();
    await expect(comeIn(one)).rejects.toMatchObject({ code: "session/second-factor-needed", detail: { params: { kinds: "totp recovery" } } });
    const { request } = requestAs({ database, tenant: one.tenant, member: undefined, now: start });
    await expect(signIn(request, { email: one.email, password: "another" })).rejects.toMatchObject({ code: "session/wrong-credentials" });
  });

  it("begins a strong session with the code of now", async () => {
    const { one, app } = await withApp();
    const { sessionId } = await comeIn(one, { code: app.codeAt(start) });
    expect((await sessionsOf(one)).find(({ id }) => id === sessionId)).toMatchObject({ isStrong: true });
  });

  it.each([-30, 0, 30])("takes the code of a clock that is %i seconds off", async (seconds) => {
    const { one, app } = await withApp();
    await expect(comeIn(one, { code: app.codeAt(later(seconds)) })).resolves.toMatchObject({ epoch: 0 });
  });

  it.each([-60, 60])("refuses the code of %i seconds away", async (seconds) => {
    const { one, app } = await withApp();
    await expect(comeIn(one, { code: app.codeAt(later(seconds)) }, later(0))).rejects.toMatchObject(wrongCode);
  });

  it("refuses a code that was used, and one of a step before it", async () => {
    const { one, app } = await withApp();
    await comeIn(one, { code: app.codeAt(start) });
    await expect(comeIn(one, { code: app.codeAt(start) })).rejects.toMatchObject(wrongCode);
    await expect(comeIn(one, { code: app.codeAt(later(-30)) })).rejects.toMatchObject(wrongCode);
    await expect(comeIn(one, { code: app.codeAt(later(30)) }, later(30))).resolves.toMatchObject({ epoch: 0 });
  });

  it("lets one of two uses of a code at the same moment through", async () => {
    const { one, app } = await withApp();
    const answers = await Promise.allSettled([comeIn(one, { code: app.codeAt(start) }), comeIn(one, { code: app.codeAt(start) })]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const use = () => inContext(database, one.tenant, (ctx) => spendCode(ctx, one.member.id, app.codeAt(later(30))), { now: later(30) });
    const uses = await Promise.all(Array.from({ length: 10 }, use));
    expect(uses.filter(({ value }) => value)).toHaveLength(1);
  });

  it.each(["", "12345", "abcdef", "0000-0000-0000-0000", "' OR 1=1 --", "1".repeat(40)])("refuses what is no code of theirs: %j", async (code) => {
    const { one } = await withApp();
    await expect(comeIn(one, { code })).rejects.toMatchObject(wrongCode);
  });

  it("makes whoever guesses wait, and writes each wrong code down", async () => {
    const { one, app } = await withApp();
    for (let tries = 0; tries < 5; tries += 1) await expect(comeIn(one, { code: "000000" })).rejects.toMatchObject(wrongCode);
    await expect(comeIn(one, { code: app.codeAt(start) })).rejects.toMatchObject({ code: "session/too-many-tries" });
    const trail = await trailOf(one);
    expect(trail.filter(({ action }) => action === "session.wrong-factor")).toHaveLength(5);
  });

  it("takes no code of another person", async () => {
    const [ours, theirs] = [await withApp(), await withApp()];
    await expect(comeIn(ours.one, { code: theirs.app.codeAt(start) })).rejects.toMatchObject(wrongCode);
    await expect(comeIn(ours.one, { code: theirs.recoveryCodes[0] ?? "" })).rejects.toMatchObject(wrongCode);
  });
});

describe("recovery codes", () => {
  it("are ten, all different, and kept only as what cannot be turned back", async () => {
    const { one, recoveryCodes } = await withApp();
    expect(new Set(recoveryCodes).size).toBe(10);
    const rows = await database.withTenant(one.tenant.id, (db) => db.recoveryCode.findMany());
    expect(rows).toHaveLength(10);
    for (const { codeHash } of rows) expect(codeHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("let in once each, and are counted down", async () => {
    const { one, recoveryCodes } = await withApp();
    const [code = ""] = recoveryCodes;
    await comeIn(one, { code: code.toLowerCase().replaceAll("-", " ") });
    await expect(comeIn(one, { code })).rejects.toMatchObject(wrongCode);
    expect(await mfaOf(one).mine()).toMatchObject({ recoveryCodesLeft: 9, kinds: ["totp", "recovery"] });
    expect(await trailOf(one)).toContainEqual({ action: "recovery-code.use", after: { left: 9 } });
  });

  it("let one of ten uses at the same moment through", async () => {
    const { one, recoveryCodes } = await withApp();
    const use = () => inContext(database, one.tenant, (ctx) => spendCode(ctx, one.member.id, recoveryCodes[0] ?? ""), { now: start });
    const answers = await Promise.all(Array.from({ length: 10 }, use));
    expect(answers.filter(({ value }) => value)).toHaveLength(1);
  });

  it("are void when new ones are made, and the other sessions end", async () => {
    const { one, recoveryCodes } = await withApp();
    const other = await database.withTenant(one.tenant.id, (db) => makeSession(db, one.tenant.id, one.member.id));
    const renewed = await mfaOf(one).renewRecoveryCodes();
    await expect(meOf(one, other)).rejects.toMatchObject({ message: "session/ended" });
    await expect(comeIn(one, { code: recoveryCodes[0] ?? "" })).rejects.toMatchObject(wrongCode);
    await expect(comeIn(one, { code: renewed.recoveryCodes[0] ?? "" })).resolves.toMatchObject({ epoch: 0 });
  });

  it("are made for nobody without a factor", async () => {
    await expect(mfaOf(await person()).renewRecoveryCodes()).rejects.toMatchObject({ message: "mfa/not-set-up" });
  });
});

describe("removing the app", () => {
  it("leaves no code that works, and ends the other sessions", async () => {
    const { one } = await withApp();
    const other = await database.withTenant(one.tenant.id, (db) => makeSession(db, one.tenant.id, one.member.id));
    await mfaOf(one).removeAuthenticator();
    await expect(meOf(one, other)).rejects.toMatchObject({ message: "session/ended" });
    expect(await mfaOf(one).mine()).toMatchObject({ kinds: [], authenticatorSince: null, recoveryCodesLeft: 0 });
    await expect(comeIn(one)).resolves.toMatchObject({ epoch: 0 });
    await expect(mfaOf(one).removeAuthenticator()).rejects.toMatchObject({ message: "mfa/not-set-up" });
  });

  it("is refused for the last factor where the company asks for one, and changes nothing then", async () => {
    const { one, app } = await withApp();
    await database.withTenant(one.tenant.id, (db) => db.tenant.updateMany({ data: { requiresMfa: true } }));
    await expect(mfaOf(one).removeAuthenticator()).rejects.toMatchObject({ message: "mfa/last-factor" });
    await expect(comeIn(one, { code: app.codeAt(start) })).resolves.toMatchObject({ epoch: 0 });
  });
});

describe("a company that asks for a second factor", () => {
  it("lets who has none in as far as setting one up, and then everywhere", async () => {
    const one = await person();
    await database.withTenant(one.tenant.id, (db) => db.tenant.updateMany({ data: { requiresMfa: true } }));
    const { sessionId, epoch } = await comeIn(one);
    const self = { ...one, member: { ...one.member, sessionId, epoch } };
    expect(await mfaOf(self).mine()).toMatchObject({ isRequired: true, isStrong: false, hasPassword: true, hasProvider: false });
    expect(await meOf(self, sessionId)).toMatchObject({ member: { id: one.member.id } });
    const { key } = await mfaOf(self).offerAuthenticator();
    await mfaOf(self).confirmAuthenticator({ code: appOf(key).codeAt(start) });
    expect(await mfaOf(self).mine()).toMatchObject({ isStrong: true });
  });
});
