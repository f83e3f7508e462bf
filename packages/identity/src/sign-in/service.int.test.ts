import { createCallerFactory } from "@atrium/api";
import type { Site } from "@atrium/api";
import { callAs, makeMember, makeSession, requestAs } from "@atrium/api/testing";
import type { TestMember } from "@atrium/api/testing";
import type { Database } from "@atrium/db";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestDatabase } from "@atrium/db/testing";
import { Secret, TOTP } from "otpauth";
import { beforeAll, describe, expect, it } from "vitest";
import { mfaRouter } from "../mfa/router.ts";
import { passkeyRouter } from "../passkey/router.ts";
import { softwareAuthenticator } from "../passkey/testing.ts";
import { hashPassword } from "../testing.ts";
import { signIn } from "./service.ts";
import { signInRouter } from "./router.ts";
import type { StepUp } from "./contract.ts";

const password = "a quiet courtyard";
const now = new Date("2026-11-20T09:30:00Z");
const site: Site = { origin: "https://hr.example.test", isOwnDomain: false };
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

let database: TestDatabase;
let passwordHash: string;
beforeAll(async () => {
  [database, passwordHash] = await Promise.all([testDatabase(), hashPassword(password)]);
});

/** Somebody with a password, whose only session was last confirmed a quarter of an hour ago. */
async function person({ hasPassword = true } = {}) {
  const tenant = await makeTenant();
  const made = await makeMember(database, tenant, ["employee"]);
  const sessionId = await database.withTenant(tenant.id, async (db) => {
    if (hasPassword) await db.member.updateMany({ where: { id: made.id }, data: { passwordHash } });
    return makeSession(db, tenant.id, made.id, { verifiedAt: minutesAgo(15), isStrong: false });
  });
  const member: TestMember = { ...made, sessionId };
  const context = { ...requestAs({ database, tenant, member, now }).request, site };
  const { stepUp } = createCallerFactory(signInRouter)(context);
  const session = () => database.withTenant(tenant.id, (db) => db.session.findFirstOrThrow({ where: { id: sessionId }, select: { verifiedAt: true, isStrong: true } }));
  return { tenant, member, made, stepUp: (typed: StepUp) => stepUp(typed), session, passkeys: createCallerFactory(passkeyRouter)(context) };
}

type Person = Awaited<ReturnType<typeof person>>;

/** Sets up an app in another session, and answers its codes. */
async function withApp({ tenant, made }: Person) {
  const { call } = callAs(mfaRouter, { database, tenant, member: made, now: minutesAgo(20) });
  const { key } = await call.offerAuthenticator();
  const secret = Secret.fromBase32(key.replaceAll(" ", ""));
  const codeAt = (moment: Date) => TOTP.generate({ secret, digits: 6, period: 30, timestamp: moment.getTime() });
  await call.confirmAuthenticator({ code: codeAt(minutesAgo(20)) });
  return codeAt;
}

const revive = ({ tenant, member }: Person) => database.withTenant(tenant.id, (db) => db.session.updateMany({ where: { id: member.sessionId }, data: { endedAt: null, endedBecause: null } }));

describe("a step-up", () => {
  it("opens for ten minutes what asks for it, to the second", async () => {
    const one = await person();
    const offer = (at: Date) => callAs(mfaRouter, { database, tenant: one.tenant, member: one.member, now: at }).call.offerAuthenticator();
    await expect(offer(now)).rejects.toMatchObject({ message: "session/step-up-required" });
    await one.stepUp({ password });
    await expect(offer(new Date(now.getTime() + 600_000))).resolves.toMatchObject({ uri: expect.stringContaining("otpauth://") });
    await expect(offer(new Date(now.getTime() + 600_001))).rejects.toMatchObject({ message: "session/step-up-required" });
  });

  it("notes when it was, that it happened, and no second factor where there was none", async () => {
    const one = await person();
    await one.stepUp({ password });
    expect(await one.session()).toEqual({ verifiedAt: now, isStrong: false });
    const trail = await database.withTenant(one.tenant.id, (db) => db.auditEvent.findMany({ select: { action: true, entityId: true } }));
    expect(trail).toContainEqual({ action: "session.step-up", entityId: one.member.sessionId });
  });

  it.each<StepUp>([{}, { password: "another" }, { code: "123456" }])("is refused without the right password: %j", async (typed) => {
    const one = await person();
    await expect(one.stepUp(typed)).rejects.toMatchObject({ message: "session/wrong-password" });
    expect(await one.session()).toEqual({ verifiedAt: minutesAgo(15), isStrong: false });
  });

  it("asks for the second factor too, where there is one, and makes the session strong with it", async () => {
    const one = await person();
    const codeAt = await withApp(one);
    await revive(one);
    await expect(one.stepUp({ password })).rejects.toMatchObject({ message: "session/second-factor-needed" });
    await expect(one.stepUp({ password, code: "000000" })).rejects.toMatchObject({ message: "session/wrong-code" });
    expect(await one.session()).toEqual({ verifiedAt: minutesAgo(15), isStrong: false });
    await one.stepUp({ password, code: codeAt(now) });
    expect(await one.session()).toEqual({ verifiedAt: now, isStrong: true });
    await expect(one.stepUp({ password, code: codeAt(now) })).rejects.toMatchObject({ message: "session/wrong-code" });
  });

  it("takes a passkey alone, and only the person's own, and only once", async () => {
    const [one, other] = [await person(), await person()];
    const [device, others] = [softwareAuthenticator(site.origin), softwareAuthenticator(site.origin)];
    await one.stepUp({ password });
    await one.passkeys.register(device.make(await one.passkeys.offer(), "Laptop"));
    await other.stepUp({ password });
    await other.passkeys.register(others.make(await other.passkeys.offer(), "Laptop"));
    const question = await one.passkeys.ask();
    expect(question.options.allowCredentials).toHaveLength(1);
    await expect(one.stepUp({ passkey: others.answer(question) })).rejects.toMatchObject({ message: "session/wrong-passkey" });
    const passkey = device.answer(await one.passkeys.ask());
    await one.stepUp({ passkey });
    expect(await one.session()).toEqual({ verifiedAt: now, isStrong: true });
    await expect(one.stepUp({ passkey })).rejects.toMatchObject({ message: "session/wrong-passkey" });
  });

  it("makes whoever guesses the password of an open session wait", async () => {
    const one = await person();
    for (let tries = 0; tries < 5; tries += 1) await expect(one.stepUp({ password: "a guess" })).rejects.toMatchObject({ message: "session/wrong-password" });
    await expect(one.stepUp({ password })).rejects.toMatchObject({ message: "session/too-many-tries" });
  });

  it("takes no password from somebody who has none", async () => {
    const one = await person({ hasPassword: false });
    await expect(one.stepUp({ password: "" })).rejects.toThrow();
    await expect(one.stepUp({ password })).rejects.toMatchObject({ message: "session/wrong-password" });
  });

  it("is of no use to a session that has ended", async () => {
    const one = await person();
    await database.withTenant(one.tenant.id, (db) => db.session.updateMany({ data: { endedAt: now, endedBecause: "signed-out" } }));
    await expect(one.stepUp({ password })).rejects.toMatchObject({ message: "session/ended" });
  });
});

describe("a sign-in that is under way", () => {
  /** Signs in with what is right when it is looked at; the change happens before the session is opened. */
  async function overtakenBy(one: Person, change: () => Promise<unknown>): Promise<unknown> {
    await database.withTenant(one.tenant.id, (db) => db.member.updateMany({ where: { id: one.made.id }, data: { email: "asha@acme.test" } }));
    let turn = 0;
    const slow: Database = {
      ...database,
      withTenant: async (tenantId, work, limits) => {
        turn += 1;
        // The fifth transaction opens the session; what was proved was proved in those before it.
        if (turn === 5) await change();
        return database.withTenant(tenantId, work, limits);
      },
    };
    const { request } = requestAs({ database: slow, tenant: one.tenant, member: undefined, now });
    const outcome = await signIn(request, { email: "asha@acme.test", password }).catch((error: unknown) => error);
    expect(turn).toBe(5);
    return outcome;
  }

  const openSessions = ({ tenant, member }: Person) => database.withTenant(tenant.id, (db) => db.session.count({ where: { memberId: member.id, endedAt: null, startedAt: now } }));

  it("comes in when nothing has changed", async () => {
    const one = await person();
    expect(await overtakenBy(one, async () => undefined)).toMatchObject({ tenantSlug: one.tenant.slug });
  });

  it("does not come in by a password that became another one meanwhile", async () => {
    const one = await person();
    const change = () => database.withTenant(one.tenant.id, (db) => db.member.updateMany({ where: { id: one.made.id }, data: { passwordHash: "another", passwordChangedAt: now } }));
    expect(await overtakenBy(one, change)).toMatchObject({ code: "session/wrong-credentials" });
    expect(await openSessions(one)).toBe(0);
  });

  it("does not come in without the second factor that was set up meanwhile", async () => {
    const one = await person();
    expect(await overtakenBy(one, () => withApp(one))).toMatchObject({ code: "session/wrong-credentials" });
    expect(await openSessions(one)).toBe(0);
  });
});
