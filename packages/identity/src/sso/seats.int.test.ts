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
const people = {
  asha: { email: "asha@seats.example", email_verified: true, name: "Asha Rao" },
  ravi: { email: "ravi@seats.example", email_verified: true, name: "Ravi Iyer" },
};

it("nobody becomes a member by a provider when no seat is left, and whoever is one comes in", async () => {
  const [database, tenant] = [await testDatabase(), await makeTenant()];
  const owner = await makeMember(database, tenant, ["owner"]);
  await using provider = await startedProvider(tenant.slug);
  const at = new Date();
  await database.withTenant(tenant.id, async (db) => {
    await db.tenant.updateMany({ where: { id: tenant.id }, data: { seats: 2 } });
    await db.tenantDomain.create({ data: { tenantId: tenant.id, id: "dom_seats", name: "seats.example", proof: "x", createdAt: at, verifiedAt: at, verifiedName: "seats.example" } });
  });
  const { issuer, clientId, clientSecret } = provider;
  const { id: connectionId } = await enter(requestAs({ database, tenant, member: owner }).request, "security:manage", {}, (ctx) =>
    addConnection(ctx, { name: "Acme ID", issuer, clientId, clientSecret, isEnabled: true, joinsByDomain: true, defaultRoles: ["employee"] }),
  );
  const entry = await findTenant(database, tenant.slug);
  if (!entry) throw new Error("The company is not in the directory.");
  const { request } = requestAs({ database, tenant, member: undefined });
  const comeIn = async (subject: keyof typeof people) => {
    const { url, question } = await askProvider(request, entry, { connectionId, purpose: "sign-in", next: `/${tenant.slug}` }, settings);
    return takeAnswer(request, entry, question, await provider.signIn(url, subject), settings);
  };

  expect(await comeIn("asha")).toMatchObject({ kind: "signed-in" });
  await expect(comeIn("ravi")).rejects.toMatchObject({ code: "member/no-seat-left" });
  expect(await comeIn("asha")).toMatchObject({ kind: "signed-in" });
  expect(await database.withTenant(tenant.id, (db) => db.member.count())).toBe(2);
});

async function startedProvider(slug: string) {
  const provider = await startProvider({ redirectUri: redirectUriOf(settings, slug), people });
  return { ...provider, [Symbol.asyncDispose]: () => provider.close() };
}
