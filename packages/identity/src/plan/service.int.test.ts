import { callAs, inContext, makeMember } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { Plan } from "@atrium/kernel";
import { describe, expect, it } from "vitest";
import { addDomain } from "../domain/service.ts";
import { memberRouter } from "../member/router.ts";
import { createRole } from "../role/service.ts";
import { addConnection, reachAndAdd } from "../sso/service.ts";

const now = new Date("2026-11-20T09:30:00Z");
const tomorrow = new Date(now.getTime() + 86_400_000);
const database = await testDatabase();

/** A company with an owner, of this plan with so many seats. */
async function company(change: { readonly plan?: Plan; readonly seats?: number; readonly nextPlan?: Plan; readonly nextSeats?: number; readonly nextPlanAt?: Date }) {
  const tenant = await makeTenant();
  await database.withTenant(tenant.id, (db) => db.tenant.updateMany({ where: { id: tenant.id }, data: change }));
  const owner = await makeMember(database, tenant, ["owner"]);
  const { call } = callAs(memberRouter, { database, tenant, member: owner, now });
  const invite = (name: string) => call.invite({ name, email: `${name.toLowerCase()}@acme.test`, roles: ["employee"] });
  return { tenant, owner, call, invite };
}

const noSeat = { message: "member/no-seat-left", code: "PAYMENT_REQUIRED" };

describe("a seat", () => {
  it("is taken by who may sign in, and by who has yet to accept", async () => {
    const { invite } = await company({ seats: 3 });
    await invite("Asha");
    await invite("Ravi");
    await expect(invite("Mira")).rejects.toMatchObject(noSeat);
  });

  it("is free again when access is taken away, and has to be there when it is given back", async () => {
    const { call, invite } = await company({ seats: 2 });
    const { id } = await invite("Asha");
    await call.withdrawInvitation({ memberId: id });
    await invite("Ravi");
    await expect(call.reactivate({ memberId: id })).rejects.toMatchObject(noSeat);
    expect((await call.list({})).rows.find((member) => member.id === id)?.status).toBe("deactivated");
  });

  it("that is the last one is taken by one of several who are invited at the same moment", async () => {
    const { call, invite } = await company({ seats: 3 });
    const asked = await Promise.allSettled(["Asha", "Ravi", "Mira", "Dev"].map(invite));
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    expect((await call.list({})).total).toBe(3);
  });

  it("is counted by the plan that the clock has brought: whoever has one keeps it, and nobody else gets one", async () => {
    const { call, invite } = await company({ seats: 3, nextPlan: "free", nextSeats: 1, nextPlanAt: now });
    await expect(invite("Asha")).rejects.toMatchObject(noSeat);
    expect((await call.list({})).total).toBe(1);
  });

  it("is not given that a plan to come will not have: what fits on the day it was chosen fits when it begins", async () => {
    const { invite, call } = await company({ seats: 3, nextPlan: "free", nextSeats: 2, nextPlanAt: tomorrow });
    const { id } = await invite("Asha");
    await expect(invite("Ravi")).rejects.toMatchObject(noSeat);
    await call.withdrawInvitation({ memberId: id });
    await invite("Ravi");
    await expect(call.reactivate({ memberId: id })).rejects.toMatchObject(noSeat);
  });
});

describe("a part of the house", () => {
  const role = { name: "Recruiter", description: "", grants: { "people:read": "tenant" } } as const;
  const provider = { name: "Acme ID", issuer: "https://id.acme.test", clientId: "atrium", clientSecret: "not-a-real-secret", isEnabled: true, joinsByDomain: false, defaultRoles: [] };

  it("that the plan does not hold cannot be set up, and the refusal names the plan", async () => {
    const { tenant, owner } = await company({ plan: "starter" });
    const within = { actor: { kind: "member", memberId: owner.id }, now } as const;
    await expect(inContext(database, tenant, (ctx) => createRole(ctx, role), within)).rejects.toMatchObject({ code: "plan/without-custom-roles", kind: "payment-required", detail: { params: { plan: "starter" } } });
    await expect(inContext(database, tenant, (ctx) => addDomain(ctx, { name: "acme.example" }, []), within)).rejects.toMatchObject({ code: "plan/without-own-domain" });
    await expect(inContext(database, tenant, (ctx) => addConnection(ctx, provider), within)).rejects.toMatchObject({ code: "plan/without-sso" });
  });

  it("that the plan to come does not hold cannot be set up any more", async () => {
    const { tenant, owner } = await company({ plan: "professional", nextPlan: "free", nextSeats: 5, nextPlanAt: tomorrow });
    const within = { actor: { kind: "member", memberId: owner.id }, now } as const;
    await expect(inContext(database, tenant, (ctx) => createRole(ctx, role), within)).rejects.toMatchObject({ code: "plan/without-custom-roles", detail: { params: { plan: "free" } } });
  });

  it("is refused before a provider is asked", async () => {
    const { tenant } = await company({ plan: "free" });
    const nowhere = { ...provider, issuer: "https://nothing-answers-here.test" };
    const adding = reachAndAdd(async (work) => (await inContext(database, tenant, work, { now })).value, nowhere);
    await expect(adding).rejects.toMatchObject({ code: "plan/without-sso" });
  });

  it("that it holds can", async () => {
    const { tenant, owner } = await company({ plan: "professional" });
    const grants = { "people:read": ["tenant"] } as const;
    const { value } = await inContext(database, tenant, (ctx) => createRole(ctx, role), { actor: { kind: "member", memberId: owner.id, grants }, now });
    expect(value).toMatchObject({ name: "Recruiter" });
  });
});
