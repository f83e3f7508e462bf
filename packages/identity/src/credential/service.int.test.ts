import { callAs, makeSession, requestAs } from "@atrium/api/testing";
import type { Message } from "@atrium/api";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestDatabase } from "@atrium/db/testing";
import { hash } from "@node-rs/argon2";
import { beforeAll, describe, expect, it } from "vitest";
import { mailsAfter, secretIn } from "../link/testing.ts";
import { sessionRouter } from "../session/router.ts";
import { signIn } from "../sign-in/service.ts";
import { createMember, hashPassword } from "../testing.ts";
import { credentialRouter } from "./router.ts";
import { askReset } from "./service.ts";

const password = "a quiet courtyard";
const another = "तीन बगुले नदी किनारे";
const start = new Date("2026-11-20T09:30:00Z");
const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

let database: TestDatabase;
let passwordHash: string;
beforeAll(async () => {
  [database, passwordHash] = await Promise.all([testDatabase(), hashPassword(password)]);
});

const email = "asha.rao@acme.test";

async function company({ status = "active", kept = passwordHash }: { readonly status?: "active" | "deactivated"; readonly kept?: string } = {}) {
  const tenant = { ...(await makeTenant()), timeZone: "Asia/Kolkata" };
  const memberId = await database.withTenant(tenant.id, (db) =>
    createMember(db, { tenantId: tenant.id, email, name: "Asha Rao", roles: ["employee"], passwordHash: kept, status, now: start }),
  );
  const guest = (now = start) => callAs(credentialRouter, { database, tenant, member: undefined, now });
  /** Asks for a reset and reads the mail. */
  const mailFor = async (typed = email, now = start): Promise<readonly Message[]> => {
    const { call, sent } = guest(now);
    await call.askReset({ email: typed });
    return mailsAfter(database, tenant, sent, now);
  };
  const signInWith = (typed: string, now = start) => signIn(requestAs({ database, tenant, member: undefined, now }).request, { email, password: typed });
  return { tenant, memberId, guest, mailFor, signInWith };
}

type Company = Awaited<ReturnType<typeof company>>;

const over = { message: "link/over" };
const trailOf = (tenantId: string) => database.withTenant(tenantId, (db) => db.auditEvent.findMany({ where: { entity: "member" }, orderBy: { seq: "asc" } }));

/** Another session of the member, and a call from it. */
async function sessionOf({ tenant, memberId }: Company, verifiedAt?: Date) {
  const sessionId = await database.withTenant(tenant.id, (db) => makeSession(db, tenant.id, memberId, verifiedAt && { verifiedAt }));
  const as = { database, tenant, member: { sessionId, epoch: 0 }, now: start };
  return { ...callAs(credentialRouter, as), me: () => callAs(sessionRouter, as).call.me() };
}

describe("a forgotten password", () => {
  it("is replaced by the link in the mail: the new one opens, the old one does not", async () => {
    const { guest, mailFor, signInWith } = await company();
    const [mail] = await mailFor();
    expect(mail).toMatchObject({ to: email, subject: expect.stringContaining("Choose a new password") });
    expect(await guest().call.reset({ secret: secretIn(mail), password: another })).toEqual({ name: "Asha Rao", email });
    await expect(signInWith(password)).rejects.toMatchObject({ code: "session/wrong-credentials" });
    expect(await signInWith(another)).toMatchObject({ epoch: 1 });
  });

  it("ends every session, tells the member, and writes it down", async () => {
    const one = await company();
    const [here, there] = [await sessionOf(one), await sessionOf(one)];
    const { call, sent } = one.guest();
    await call.reset({ secret: secretIn((await one.mailFor())[0]), password: another });
    await expect(here.me()).rejects.toMatchObject({ message: "session/ended" });
    await expect(there.me()).rejects.toMatchObject({ message: "session/ended" });
    expect(await mailsAfter(database, one.tenant, sent, start)).toMatchObject([{ to: email, subject: expect.stringContaining("was changed") }]);
    const trail = await trailOf(one.tenant.id);
    expect(trail).toMatchObject([{ action: "member.ask-reset" }, { action: "member.reset-password", entityId: one.memberId, actorMemberId: one.memberId }]);
    expect(JSON.stringify(trail, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value))).not.toContain("argon2");
  });

  it("asks for the second factor as before", async () => {
    const one = await company();
    await database.withTenant(one.tenant.id, (db) =>
      db.totp.create({ data: { tenantId: one.tenant.id, memberId: one.memberId, seedSealed: "sealed", createdAt: start, confirmedAt: start } }),
    );
    await one.guest().call.reset({ secret: secretIn((await one.mailFor())[0]), password: another });
    await expect(one.signInWith(another)).rejects.toMatchObject({ code: "session/second-factor-needed" });
  });

  it("gives one answer for an address that somebody has and one that nobody has, and mails nobody about the second", async () => {
    const { mailFor } = await company();
    expect(await mailFor()).toHaveLength(1);
    expect(await mailFor("nobody@acme.test")).toEqual([]);
    expect(await mailFor("ASHA.RAO@acme.test")).toHaveLength(1);
  });

  it("does the same for an address that nobody has: whether somebody does is the job's to find out", async () => {
    const { guest } = await company();
    const ask = async (typed: string) => {
      const { call, sent } = guest();
      await call.askReset({ email: typed });
      return sent.map(({ name, data }) => [name, Object.keys(data).sort()]);
    };
    expect(await ask("nobody@acme.test")).toEqual(await ask(email));
  });

  it("tells no secret to the job server, and keeps none", async () => {
    const { guest, tenant } = await company();
    const { call, sent } = guest();
    await call.askReset({ email });
    expect(JSON.stringify(sent)).not.toContain("acme.test");
    const secret = secretIn((await mailsAfter(database, tenant, sent, start))[0]);
    expect(secret).toHaveLength(43);
    const rows = await database.withTenant(tenant.id, (db) => Promise.all([db.memberToken.findMany(), db.outboxEvent.findMany()]));
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it("makes whoever asks again and again wait, known or not", async () => {
    const { guest } = await company();
    for (const typed of [email, "nobody@acme.test"]) {
      for (let time = 0; time < 5; time += 1) await guest().call.askReset({ email: typed });
      await expect(guest().call.askReset({ email: typed })).rejects.toMatchObject({ message: "session/too-many-tries" });
    }
  });

  it("floods no mailbox, however many addresses ask", async () => {
    const { tenant } = await company();
    for (let place = 0; place < 8; place += 1) {
      const { request, sent } = requestAs({ database, tenant, member: undefined, now: start });
      await askReset({ ...request, address: `192.0.2.${place}` }, { email });
      await mailsAfter(database, tenant, sent, start);
    }
    expect(await database.withTenant(tenant.id, (db) => db.memberToken.count())).toBe(5);
  });

  it("is a way in at once for whoever has tried the old one too often", async () => {
    const { guest, mailFor, signInWith } = await company();
    for (let guess = 0; guess < 5; guess += 1) await signInWith("a wrong guess").catch(() => undefined);
    await expect(signInWith(password)).rejects.toMatchObject({ code: "session/too-many-tries" });
    await guest().call.reset({ secret: secretIn((await mailFor())[0]), password: another });
    expect(await signInWith(another)).toMatchObject({ epoch: 1 });
  });

  it("is nothing to a member whose access was taken away", async () => {
    expect(await (await company({ status: "deactivated" })).mailFor()).toEqual([]);
  });
});

describe("the link of a reset", () => {
  it("opens once, and of several at the same moment for one", async () => {
    const { guest, mailFor } = await company();
    const secret = secretIn((await mailFor())[0]);
    const answers = await Promise.allSettled(Array.from({ length: 6 }, () => guest().call.reset({ secret, password: another })));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(guest().call.reset({ secret, password: another })).rejects.toMatchObject(over);
  });

  it("opens for thirty minutes", async () => {
    const { guest, mailFor } = await company();
    const secret = secretIn((await mailFor())[0]);
    await expect(guest(after(30)).call.reset({ secret, password: another })).rejects.toMatchObject(over);
    expect(await guest(after(29)).call.openLink({ purpose: "password-reset", secret })).toEqual({ name: "Asha Rao", email });
  });

  it("is replaced by a newer one", async () => {
    const { guest, mailFor } = await company();
    const [older, newer] = [secretIn((await mailFor())[0]), secretIn((await mailFor())[0])];
    await expect(guest().call.reset({ secret: older, password: another })).rejects.toMatchObject(over);
    await guest().call.reset({ secret: newer, password: another });
  });

  it("does not open in another company, nor for another purpose, and neither does anything that was never sent", async () => {
    const [ours, theirs] = [await company(), await company()];
    const secret = secretIn((await ours.mailFor())[0]);
    await expect(theirs.guest().call.reset({ secret, password: another })).rejects.toMatchObject(over);
    await expect(ours.guest().call.acceptInvitation({ secret, password: another })).rejects.toMatchObject(over);
    await expect(ours.guest().call.confirmEmail({ secret })).rejects.toMatchObject(over);
    for (const odd of ["", "x", "\u0000", "ü".repeat(200), secret.slice(1), `${secret} `]) {
      await expect(ours.guest().call.reset({ secret: odd, password: another })).rejects.toMatchObject(over);
    }
    await ours.guest().call.reset({ secret, password: another });
  });

  it("stays good while the chosen password is refused, which is said at its field", async () => {
    const { guest, mailFor } = await company();
    const secret = secretIn((await mailFor())[0]);
    const refused = async (typed: string, code: string) =>
      expect(guest().call.reset({ secret, password: typed })).rejects.toMatchObject({ message: code, cause: { detail: { field: "password" } } });
    await refused("short", "password/too-short");
    await refused("password1234", "password/breached");
    await refused("asha.rao.2026", "password/personal");
    await refused("qwertyuiopas", "password/monotonous");
    await guest().call.reset({ secret, password: another });
  });

  it("does not open any more once the password was changed in another way, or the access taken away", async () => {
    const one = await company();
    const secret = secretIn((await one.mailFor())[0]);
    await (await sessionOf(one)).call.changePassword({ password: "a heron over the mill" });
    await expect(one.guest().call.reset({ secret, password: another })).rejects.toMatchObject(over);
    const next = secretIn((await one.mailFor())[0]);
    await database.withTenant(one.tenant.id, (db) => db.member.updateMany({ where: { id: one.memberId }, data: { status: "deactivated" } }));
    await expect(one.guest().call.reset({ secret: next, password: another })).rejects.toMatchObject(over);
  });
});

describe("changing one's password", () => {
  it("ends the other sessions and leaves this one", async () => {
    const one = await company();
    const [here, there] = [await sessionOf(one), await sessionOf(one)];
    await here.call.changePassword({ password: another });
    expect(await here.me()).toMatchObject({ member: { email } });
    await expect(there.me()).rejects.toMatchObject({ message: "session/ended" });
    expect(await one.signInWith(another)).toMatchObject({ tenantId: one.tenant.id });
    expect(await mailsAfter(database, one.tenant, here.sent, start)).toMatchObject([{ to: email }]);
  });

  it("asks for a fresh proof of who one is", async () => {
    const { call } = await sessionOf(await company(), after(-11));
    await expect(call.changePassword({ password: another })).rejects.toMatchObject({ message: "session/step-up-required" });
    await expect(call.askEmailChange({ email: "asha@new.test" })).rejects.toMatchObject({ message: "session/step-up-required" });
  });

  it("keeps to the same rules", async () => {
    const one = await company();
    await expect((await sessionOf(one)).call.changePassword({ password: "Password2026!" })).rejects.toMatchObject({ message: "password/breached" });
    expect(await one.signInWith(password)).toMatchObject({ epoch: 0 });
  });
});

describe("a sign-in", () => {
  it("hashes the password anew when it was kept at another cost", async () => {
    const one = await company({ kept: await hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 }) });
    await one.signInWith(password);
    const [member] = await database.withTenant(one.tenant.id, (db) => db.member.findMany());
    expect(member?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
    await one.signInWith(password);
  });

  it("is made to wait after five wrong passwords from one address, without saying whether the sixth is right", async () => {
    const one = await company();
    const answers = await Promise.allSettled(Array.from({ length: 100 }, () => one.signInWith("a wrong guess")));
    const codes = answers.map((answer) => (answer.status === "rejected" && answer.reason instanceof Error ? answer.reason.message : "in"));
    expect(codes.filter((code) => code === "session/wrong-credentials")).toHaveLength(5);
    expect(codes.filter((code) => code === "session/too-many-tries")).toHaveLength(95);
    await expect(one.signInWith(password)).rejects.toMatchObject({ code: "session/too-many-tries", detail: { params: { seconds: 1 } } });
    const elsewhere = { ...requestAs({ database, tenant: one.tenant, member: undefined, now: start }).request, address: "192.0.2.9" };
    expect(await signIn(elsewhere, { email, password })).toMatchObject({ tenantId: one.tenant.id });
    expect(await one.signInWith(password, after(1))).toMatchObject({ tenantId: one.tenant.id });
  });
});

describe("a new address", () => {
  it("takes the old one's place once its link was opened; the old one is told before the link leaves", async () => {
    const one = await company();
    const { call, sent, me } = await sessionOf(one);
    await call.askEmailChange({ email: "Asha@new.test" });
    const mails = await mailsAfter(database, one.tenant, sent, start);
    expect(mails.map(({ to }) => to)).toEqual([email, "Asha@new.test"]);
    expect(mails[0]?.text).toContain("Asha@new.test");
    expect(secretIn(mails[0])).toBe("");
    expect(await me()).toMatchObject({ member: { email } });
    const secret = secretIn(mails[1]);
    expect(await one.guest().call.openLink({ purpose: "email-change", secret })).toEqual({ name: "Asha Rao", email: "Asha@new.test" });
    await one.guest().call.confirmEmail({ secret });
    expect(await me()).toMatchObject({ member: { email: "Asha@new.test" } });
    await expect(one.guest().call.confirmEmail({ secret })).rejects.toMatchObject(over);
    expect((await trailOf(one.tenant.id)).at(-1)).toMatchObject({ action: "member.change-email", before: { email }, after: { email: "Asha@new.test" } });
  });

  it("leaves whoever still reads the old mailbox no reset that was on its way there", async () => {
    const one = await company();
    const reset = secretIn((await one.mailFor()).at(-1));
    const { call, sent } = await sessionOf(one);
    await call.askEmailChange({ email: "asha@new.test" });
    await one.guest().call.confirmEmail({ secret: secretIn((await mailsAfter(database, one.tenant, sent, start)).at(-1)) });
    await expect(one.guest().call.reset({ secret: reset, password: another })).rejects.toMatchObject(over);
  });

  it("is not somebody else's, neither when it is asked for nor when its link is opened", async () => {
    const one = await company();
    const { call, sent } = await sessionOf(one);
    await call.askEmailChange({ email: "ravi@acme.test" });
    await database.withTenant(one.tenant.id, (db) => createMember(db, { tenantId: one.tenant.id, email: "RAVI@acme.test", name: "Ravi", roles: ["employee"], now: start }));
    const secret = secretIn((await mailsAfter(database, one.tenant, sent, start)).at(-1));
    await expect(one.guest().call.confirmEmail({ secret })).rejects.toMatchObject({ message: "member/email-taken" });
    await expect(call.askEmailChange({ email: "ravi@acme.test" })).rejects.toMatchObject({ message: "member/email-taken" });
  });
});
