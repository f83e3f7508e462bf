import { callAs, makeMember } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import { expect, it } from "vitest";
import { sessionRouter } from "../session/router.ts";
import { subscriptionRouter } from "./router.ts";

const now = new Date("2026-11-20T09:30:00Z");

async function companyWhose(subscriptionUntil: Date | null, role: "owner" | "employee" = "owner") {
  const [database, tenant] = [await testDatabase(), await makeTenant()];
  await database.withTenant(tenant.id, (db) => db.tenant.updateMany({ where: { id: tenant.id }, data: { subscriptionUntil, plan: "professional" } }));
  const options = { database, tenant, member: await makeMember(database, tenant, [role]), now };
  return { subscription: callAs(subscriptionRouter, options).call, session: callAs(sessionRouter, options).call };
}

it("a subscription is told with its plan and its end, if it has one", async () => {
  const [endless, running] = [await companyWhose(null), await companyWhose(new Date("2026-12-01T00:00:00Z"))];
  expect(await endless.subscription.get()).toEqual({ plan: "professional", until: null, isOver: false });
  expect(await running.subscription.get()).toEqual({ plan: "professional", until: "2026-12-01T00:00:00.000Z", isOver: false });
});

it("one that is over is told too, to those who may see it, and the frame knows it", async () => {
  const over = await companyWhose(now);
  expect(await over.subscription.get()).toMatchObject({ isOver: true });
  expect(await over.session.me()).toMatchObject({ obstacle: "expired" });
});

it("is nothing that an employee sees", async () => {
  await expect((await companyWhose(now, "employee")).subscription.get()).rejects.toMatchObject({ message: "permission/missing" });
});
