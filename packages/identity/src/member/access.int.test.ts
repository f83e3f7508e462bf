import { callAs, makeMember, makeSession, requestAs } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestDatabase } from "@atrium/db/testing";
import type { Role } from "@atrium/kernel";
import { beforeAll, describe, expect, it } from "vitest";
import { credentialRouter } from "../credential/router.ts";
import { mailsAfter, secretIn } from "../link/testing.ts";
import { signIn } from "../sign-in/service.ts";
import { memberRouter } from "./router.ts";

const start = new Date("2026-11-20T09:30:00Z");
const after = (days: number) => new Date(start.getTime() + days * 86_400_000);
const password = "तीन बगुले नदी किनारे";
const email = "Ravi.Iyer@acme.test";
const ravi = { email, name: "Ravi  Iyer\n", roles: ["employee" as const] };

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

async function company(...roles: Role[]) {
  const tenant = { ...(await makeTenant()), timeZone: "Asia/Kolkata" };
  const member = await makeMember(database, tenant, roles);
  const add = (...held: Role[]) => makeMember(database, tenant, held);
  const { call, sent } = callAs(memberRouter, { database, tenant, member, now: start });
  const guest = (now = start) => callAs(credentialRouter, { database, tenant, member: undefined, now }).call;
  /** The secret of the link that was sent last. */
  const lastSecret = async () => secretIn((await mailsAfter(database, tenant, sent.slice(-1), start)).at(-1));
  return { tenant, member, add, call, sent, guest, lastSecret };
}

const over = { message: "link/over" };
const trailOf = (tenantId: string) => database.withTenant(tenantId, (db) => db.auditEvent.findMany({ where: { entity: "member" }, orderBy: { seq: "asc" } }));

describe("an invitation", () => {
  it("makes a member who comes in once they have chosen a password by the link in their mail", async () => {
    const { tenant, call, sent, guest, lastSecret } = await company("owner");
    expect(await call.invite(ravi)).toMatchObject({ name: "Ravi Iyer", email, status: "invited", roles: ["employee"], lastSignInAt: null, hasSecondFactor: false });
    const [mail] = await mailsAfter(database, tenant, sent, start);
    expect(mail).toMatchObject({ to: email, subject: expect.stringContaining(tenant.name) });
    const secret = await lastSecret();
    expect(await guest().openLink({ purpose: "invitation", secret })).toEqual({ name: "Ravi Iyer", email });
    expect(await guest().acceptInvitation({ secret, password })).toEqual({ name: "Ravi Iyer", email });
    const typed = { email: email.toUpperCase(), password: password.normalize("NFD") };
    expect(await signIn(requestAs({ database, tenant, member: undefined, now: start }).request, typed)).toMatchObject({ tenantId: tenant.id });
    expect((await call.list({ search: "ravi" })).rows).toMatchObject([{ status: "active" }]);
    expect((await trailOf(tenant.id)).map(({ action }) => action)).toEqual(["member.invite", "member.accept"]);
    const kept = await database.withTenant(tenant.id, (db) => db.member.findFirstOrThrow({ where: { name: "Ravi Iyer" } }));
    expect(kept.emailVerifiedAt).toEqual(start);
  });

  it("lets nobody in before it is accepted", async () => {
    const { tenant, call } = await company("owner");
    await call.invite(ravi);
    await expect(signIn(requestAs({ database, tenant, member: undefined, now: start }).request, { email, password: "" })).rejects.toMatchObject({ code: "session/wrong-credentials" });
  });

  it("opens once, for seven days, in its own company, and for no other purpose", async () => {
    const [{ call, guest, lastSecret }, theirs] = [await company("owner"), await company("owner")];
    await call.invite(ravi);
    const secret = await lastSecret();
    await expect(guest(after(7)).acceptInvitation({ secret, password })).rejects.toMatchObject(over);
    await expect(theirs.guest().acceptInvitation({ secret, password })).rejects.toMatchObject(over);
    await expect(guest().reset({ secret, password })).rejects.toMatchObject(over);
    await guest(after(6.9)).acceptInvitation({ secret, password });
    await expect(guest().acceptInvitation({ secret, password })).rejects.toMatchObject(over);
    await expect(guest().openLink({ purpose: "invitation", secret })).rejects.toMatchObject(over);
  });

  it("keeps to the rules of passwords, the person's own name among them", async () => {
    const { call, guest, lastSecret } = await company("owner");
    await call.invite(ravi);
    const secret = await lastSecret();
    await expect(guest().acceptInvitation({ secret, password: "Ravi.Iyer.2026" })).rejects.toMatchObject({ message: "password/personal" });
    await guest().acceptInvitation({ secret, password });
  });

  it("is replaced when it is sent again", async () => {
    const { call, guest, lastSecret } = await company("owner");
    const { id: memberId } = await call.invite(ravi);
    const first = await lastSecret();
    await call.resendInvitation({ memberId });
    const second = await lastSecret();
    await expect(guest().acceptInvitation({ secret: first, password })).rejects.toMatchObject(over);
    await guest().acceptInvitation({ secret: second, password });
    await expect(call.resendInvitation({ memberId })).rejects.toMatchObject({ message: "member/status-changed" });
  });

  it("is sent again to whoever says they forgot the password they never had", async () => {
    const { tenant, call, guest } = await company("owner");
    await call.invite(ravi);
    const { call: anybody, sent } = callAs(credentialRouter, { database, tenant, member: undefined, now: start });
    await anybody.askReset({ email });
    const [mail] = await mailsAfter(database, tenant, sent, start);
    await guest().acceptInvitation({ secret: secretIn(mail), password });
  });

  it("can be withdrawn, and given anew", async () => {
    const { call, guest, lastSecret } = await company("owner");
    const { id: memberId } = await call.invite(ravi);
    const secret = await lastSecret();
    expect(await call.withdrawInvitation({ memberId })).toMatchObject({ status: "deactivated" });
    await expect(guest().acceptInvitation({ secret, password })).rejects.toMatchObject(over);
    await expect(call.withdrawInvitation({ memberId })).rejects.toMatchObject({ message: "member/status-changed" });
    expect(await call.reactivate({ memberId })).toMatchObject({ status: "invited" });
    await guest().acceptInvitation({ secret: await lastSecret(), password });
  });

  it("goes to nobody who is a member already, however the address is written", async () => {
    const { call, sent } = await company("owner");
    await call.invite(ravi);
    await expect(call.invite({ ...ravi, email: email.toLowerCase() })).rejects.toMatchObject({ message: "member/email-taken", cause: { detail: { field: "email" } } });
    expect(sent).toHaveLength(1);
  });

  it("gives no role beyond the giver's own, and none that does not exist", async () => {
    const { call } = await company("tenant-admin");
    await expect(call.invite({ ...ravi, roles: ["payroll-manager"] })).rejects.toMatchObject({ message: "member/role-beyond-own" });
    await expect(call.invite({ ...ravi, roles: ["owner"] })).rejects.toMatchObject({ message: "member/role-beyond-own" });
    await expect(call.invite({ ...ravi, roles: ["rol_0000"] })).rejects.toMatchObject({ message: "member/role-unknown" });
    expect(await call.invite({ ...ravi, roles: ["employee", "hr-admin"] })).toMatchObject({ roles: ["hr-admin", "employee"] });
  });

  it("refuses what is no address, no name and no role", async () => {
    const { call } = await company("owner");
    for (const odd of [{ ...ravi, email: "ravi" }, { ...ravi, email: `${"r".repeat(260)}@acme.test` }, { ...ravi, name: " \u202e\n" }, { ...ravi, name: "R".repeat(121) }, { ...ravi, roles: [] }]) {
      await expect(call.invite(odd)).rejects.toMatchObject({ code: "BAD_REQUEST" });
    }
  });

  it("links no employee who does not exist, and none who is a member already", async () => {
    const { call } = await company("owner");
    await expect(call.invite({ ...ravi, employeeId: "emp_0000" })).rejects.toMatchObject({ message: "member/employee-unknown" });
  });

  it("is closed to whoever may only read, and to a session that was not confirmed lately", async () => {
    const [reader, { tenant, member }] = [await company("hr-admin"), await company("owner")];
    await expect(reader.call.invite(ravi)).rejects.toMatchObject({ message: "permission/missing" });
    const sessionId = await database.withTenant(tenant.id, (db) => makeSession(db, tenant.id, member.id, { verifiedAt: new Date(start.getTime() - 601_000) }));
    await expect(callAs(memberRouter, { database, tenant, member: { sessionId, epoch: 0 }, now: start }).call.invite(ravi)).rejects.toMatchObject({ message: "session/step-up-required" });
  });
});

describe("taking access away", () => {
  it("ends the member's sessions at their next call, and sign-in is refused like a wrong password", async () => {
    const { tenant, call, guest, add, lastSecret } = await company("owner");
    const { id: memberId } = await call.invite(ravi);
    await guest().acceptInvitation({ secret: await lastSecret(), password });
    const other = await add("owner");
    expect((await callAs(memberRouter, { database, tenant, member: other }).call.list({})).total).toBe(3);
    await call.deactivate({ memberId: other.id });
    await expect(callAs(memberRouter, { database, tenant, member: other }).call.list({})).rejects.toMatchObject({ message: "session/ended" });
    await call.deactivate({ memberId });
    const again = () => signIn(requestAs({ database, tenant, member: undefined, now: start }).request, { email, password });
    await expect(again()).rejects.toMatchObject({ code: "session/wrong-credentials" });
    expect(await call.reactivate({ memberId })).toMatchObject({ status: "active" });
    expect(await again()).toMatchObject({ epoch: 1 });
  });

  it("is refused for oneself, and for the last owner", async () => {
    const { call, member, add } = await company("owner");
    await expect(call.deactivate({ memberId: member.id })).rejects.toMatchObject({ message: "member/is-self" });
    const other = await add("owner");
    await call.deactivate({ memberId: other.id });
    await expect(call.deactivate({ memberId: other.id })).rejects.toMatchObject({ message: "member/status-changed" });
  });

  it("leaves one owner when two do it to each other in the same moment", async () => {
    const { tenant, call, member, add } = await company("owner");
    const other = await add("owner");
    const others = callAs(memberRouter, { database, tenant, member: other, now: start }).call;
    await Promise.allSettled([call.deactivate({ memberId: other.id }), others.deactivate({ memberId: member.id })]);
    const rows = await database.withTenant(tenant.id, (db) => db.member.findMany({ where: { status: "active" } }));
    expect(rows).toHaveLength(1);
  });

  it("is refused for somebody who may do what the caller may not, and so is giving it back", async () => {
    const { tenant, call, add } = await company("tenant-admin");
    const payroll = await add("payroll-manager");
    await expect(call.deactivate({ memberId: payroll.id })).rejects.toMatchObject({ message: "member/beyond-own" });
    await database.withTenant(tenant.id, (db) => db.member.updateMany({ where: { id: payroll.id }, data: { status: "deactivated" } }));
    await expect(call.reactivate({ memberId: payroll.id })).rejects.toMatchObject({ message: "member/beyond-own" });
    expect(await call.deactivate({ memberId: (await add("hr-admin")).id })).toMatchObject({ status: "deactivated" });
  });

  it("does not find a member of another company", async () => {
    const [ours, theirs] = [await company("owner"), await company("owner")];
    for (const act of [ours.call.deactivate, ours.call.reactivate, ours.call.resendInvitation, ours.call.withdrawInvitation]) {
      await expect(act({ memberId: theirs.member.id })).rejects.toMatchObject({ message: "member/not-found", code: "NOT_FOUND" });
    }
  });
});

it("shows in the list who has a second factor", async () => {
  const { tenant, member, call, add } = await company("owner");
  const [offered, keyed] = [await add("employee"), await add("employee")];
  await database.withTenant(tenant.id, async (db) => {
    const app = { tenantId: tenant.id, seedSealed: "sealed", createdAt: start };
    await db.totp.createMany({ data: [{ ...app, memberId: member.id, confirmedAt: start }, { ...app, memberId: offered.id }] });
    const key = { credentialId: "c", publicKey: "p", counter: 0, transports: [], isBackedUp: false, createdAt: start };
    await db.passkey.create({ data: { tenantId: tenant.id, id: "pky_0001", memberId: keyed.id, name: "Phone", ...key } });
  });
  const shown = new Map((await call.list({})).rows.map(({ id, hasSecondFactor }) => [id, hasSecondFactor]));
  expect([member.id, offered.id, keyed.id].map((id) => shown.get(id))).toEqual([true, false, true]);
});
