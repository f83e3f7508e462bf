import { inContext, makeMember, requestAs } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import { findTenant } from "@atrium/identity";
import { platformSlug } from "@atrium/kernel";
import { expect, it } from "vitest";
import { alertNotice, alertRecipients, announceNearlyUsed } from "./service.ts";
import { limitNearlyUsed } from "./contract.ts";

const now = new Date("2026-11-20T10:15:30Z");
const link = (...path: readonly string[]) => ["https://hr.example.test", ...path].join("/");

async function company() {
  const [database, tenant] = [await testDatabase(), await makeTenant()];
  return { database, tenant, context: requestAs({ database, tenant, member: undefined, now }) };
}

it("the company hears of it, and nobody of it twice in an hour", async () => {
  const { database, tenant, context: { request, sent } } = await company();
  await announceNearlyUsed(request, tenant.id, "minute");
  await announceNearlyUsed({ ...request, now: new Date(now.getTime() + 60_000) }, tenant.id, "minute");
  await announceNearlyUsed({ ...request, now: new Date(now.getTime() + 3_600_000) }, tenant.id, "minute");
  const own = sent.filter(({ data }) => data.tenantId === tenant.id);
  expect(own[0]).toMatchObject({ name: limitNearlyUsed.name, data: { slug: tenant.slug, window: "minute" } });
  // The job server starts one job for each id.
  expect(own.map(({ id }) => id)).toEqual([own[0]?.id, own[0]?.id, expect.not.stringMatching(`^${own[0]?.id ?? ""}$`)]);
  const platform = await findTenant(database, platformSlug);
  expect(sent.length - own.length).toBe(platform === undefined ? 0 : 3);
});

it("whoever looks after the plan is told, and nobody else", async () => {
  const { database, tenant } = await company();
  const [owner, admin] = [await makeMember(database, tenant, ["owner"]), await makeMember(database, tenant, ["tenant-admin", "employee"])];
  const gone = await makeMember(database, tenant, ["owner"]);
  for (const role of ["employee", "hr-admin", "payroll-manager"] as const) await makeMember(database, tenant, [role]);
  await database.withTenant(tenant.id, (db) => db.member.updateMany({ where: { tenantId: tenant.id, id: gone.id }, data: { status: "deactivated" } }));
  const { value } = await inContext(database, tenant, alertRecipients);
  expect(value.toSorted()).toEqual([owner.id, admin.id].toSorted());
});

it("the mail leads to the company's billing page, and there is none for somebody who has gone meanwhile", async () => {
  const { database, tenant } = await company();
  const owner = await makeMember(database, tenant, ["owner"]);
  const news = { tenantId: tenant.id, company: tenant.name, slug: tenant.slug, window: "minute", allowed: 60, index: 5 } as const;
  const notice = () => inContext(database, tenant, (ctx) => alertNotice(ctx, owner.id, news, link)).then(({ value }) => value);
  expect(await notice()).toMatchObject({ key: `limit-${tenant.slug}-minute-5-${owner.id}`, text: expect.stringContaining(`https://hr.example.test/${tenant.slug}/settings/billing`) });
  await database.withTenant(tenant.id, (db) => db.member.updateMany({ where: { tenantId: tenant.id, id: owner.id }, data: { status: "deactivated" } }));
  expect(await notice()).toBeUndefined();
});
