import { enter } from "@atrium/api";
import { makeMember, requestAs } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import { expect, it } from "vitest";
import { findTenant } from "../session/service.ts";
import { askProvider, takeAnswer } from "./flow.ts";
import { redirectUriOf } from "./provider.ts";
import { addConnection } from "./service.ts";
import { startProvider } from "./testing/provider.ts";

const settings = { publicUrl: "http://atrium.test", insideHosts: ["127.0.0.1"] };
const peopleAt = (domain: string) => ({
  asha: { email: `asha@${domain}`, email_verified: true, name: "Asha Rao" },
  ravi: { email: `ravi@${domain}`, email_verified: true, name: "Ravi Iyer" },
});

/** A company with an owner and a provider by which the people of its domain join. */
async function companyWithProvider(change: { readonly seats?: number; readonly subscriptionUntil?: Date }) {
  const [database, tenant] = [await testDatabase(), await makeTenant()];
  const owner = await makeMember(database, tenant, ["owner"]);
  const domain = `${tenant.slug}.example`;
  const provider = await startProvider({ redirectUri: redirectUriOf(settings, tenant.slug), people: peopleAt(domain) });
  const at = new Date();
  await database.withTenant(tenant.id, (db) =>
    db.tenantDomain.create({ data: { tenantId: tenant.id, id: "dom_seats", name: domain, proof: "x", createdAt: at, verifiedAt: at, verifiedName: domain } }),
  );
  const { issuer, clientId, clientSecret } = provider;
  const { id: connectionId } = await enter(requestAs({ database, tenant, member: owner }).request, "security:manage", {}, (ctx) =>
    addConnection(ctx, { name: "Acme ID", issuer, clientId, clientSecret, isEnabled: true, joinsByDomain: true, defaultRoles: ["employee"] }),
  );
  await database.withTenant(tenant.id, (db) => db.tenant.updateMany({ where: { id: tenant.id }, data: change }));
  const entry = await findTenant(database, tenant.slug);
  if (!entry) throw new Error("The company is not in the directory.");
  const { request } = requestAs({ database, tenant, member: undefined });
  const comeIn = async (subject: keyof ReturnType<typeof peopleAt>) => {
    const { url, question } = await askProvider(request, entry, { connectionId, purpose: "sign-in", next: `/${tenant.slug}` }, settings);
    return takeAnswer(request, entry, question, await provider.signIn(url, subject), settings);
  };

  const members = () => database.withTenant(tenant.id, (db) => db.member.count());
  return { comeIn, members, [Symbol.asyncDispose]: () => provider.close() };
}

it("nobody becomes a member by a provider when no seat is left, and whoever is one comes in", async () => {
  await using company = await companyWithProvider({ seats: 2 });
  expect(await company.comeIn("asha")).toMatchObject({ kind: "signed-in" });
  await expect(company.comeIn("ravi")).rejects.toMatchObject({ code: "member/no-seat-left" });
  expect(await company.comeIn("asha")).toMatchObject({ kind: "signed-in" });
  expect(await company.members()).toBe(2);
});

it.each([8, 40])("nobody becomes a member by a provider %i days after the subscription's end", async (days) => {
  await using company = await companyWithProvider({ subscriptionUntil: new Date(Date.now() - days * 86_400_000) });
  await expect(company.comeIn("asha")).rejects.toMatchObject({ code: "subscription_expired", kind: "payment-required" });
  expect(await company.members()).toBe(1);
});
