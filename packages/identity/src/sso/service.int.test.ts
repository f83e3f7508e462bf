import { createServer } from "node:http";
import type { Server } from "node:http";
import { makeMember, requestAs } from "@atrium/api/testing";
import { enter } from "@atrium/api";
import type { Ctx } from "@atrium/api";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestDatabase } from "@atrium/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { AddConnection } from "./contract.ts";
import { reach } from "./provider.ts";
import { addConnection, changeConnection, listConnections, loadProvider, myConnections, removeConnection, unlinkConnection } from "./service.ts";
import { startProvider } from "./testing/provider.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

const secret = "not-a-secret-only-for-tests";
const given: AddConnection = {
  name: "Acme ID", issuer: "https://id.acme.example", clientId: "atrium", clientSecret: secret, isEnabled: true, joinsByDomain: true, defaultRoles: ["employee"],
};

async function company(role: "owner" | "tenant-admin" = "owner") {
  const tenant = await makeTenant();
  const member = await makeMember(database, tenant, [role]);
  const { request } = requestAs({ database, tenant, member });
  const act = <T>(work: (ctx: Ctx) => Promise<T>) => enter(request, "security:manage", {}, work);
  const requireSso = () => database.withTenant(tenant.id, (db) => db.tenant.updateMany({ data: { requiresSso: true } }));
  return { tenant, member, act, requireSso };
}

describe("a connection to an identity provider", () => {
  it("keeps its secret sealed, and tells nobody but whoever asks the provider", async () => {
    const { tenant, act } = await company();
    const { id } = await act((ctx) => addConnection(ctx, given));
    const [row, trail] = await database.withTenant(tenant.id, async (db) => [await db.ssoConnection.findFirstOrThrow(), await db.auditEvent.findMany({ where: { entity: "sso-connection" } })]);
    expect(row.clientSecretSealed).not.toContain(secret);
    expect(JSON.stringify([await act(listConnections), trail.map(({ before, after }) => [before, after])])).not.toContain(secret);
    expect(trail).toMatchObject([{ action: "sso-connection.add", entityId: id, after: { name: "Acme ID", issuer: given.issuer, defaultRoles: ["employee"] } }]);
    expect(await act((ctx) => loadProvider(ctx, id))).toEqual({ issuer: given.issuer, clientId: "atrium", clientSecret: secret });
  });

  it("is changed with what it was and what it is written down, and keeps a secret that is not given anew", async () => {
    const { tenant, act } = await company();
    const { id } = await act((ctx) => addConnection(ctx, given));
    const change = { connectionId: id, name: "New name", clientId: "atrium-2", isEnabled: true, joinsByDomain: false, defaultRoles: [] };
    expect(await act((ctx) => changeConnection(ctx, change))).toMatchObject({ name: "New name", issuer: given.issuer, joinsByDomain: false });
    expect(await act((ctx) => loadProvider(ctx, id))).toMatchObject({ clientId: "atrium-2", clientSecret: secret });
    await act((ctx) => changeConnection(ctx, { ...change, clientSecret: "another-fake-secret" }));
    expect(await act((ctx) => loadProvider(ctx, id))).toMatchObject({ clientSecret: "another-fake-secret" });
    const trail = await database.withTenant(tenant.id, (db) => db.auditEvent.findMany({ where: { action: "sso-connection.change" }, orderBy: { seq: "asc" } }));
    expect(trail).toMatchObject([{ before: { name: "Acme ID", clientId: "atrium" }, after: { name: "New name", clientId: "atrium-2" } }, {}]);
  });

  it("gives new members no more than whoever sets it up could give", async () => {
    const { act } = await company("tenant-admin");
    const add = (defaultRoles: string[]) => act((ctx) => addConnection(ctx, { ...given, defaultRoles }));
    await expect(add(["payroll-manager"])).rejects.toMatchObject({ code: "sso/role-beyond-own" });
    await expect(add(["owner"])).rejects.toMatchObject({ code: "sso/role-owner" });
    await expect(add(["rol_nobody"])).rejects.toMatchObject({ code: "sso/role-unknown" });
    await expect(add([])).rejects.toMatchObject({ code: "sso/roles-missing" });
    await expect(add(["hr-admin"])).resolves.toMatchObject({ defaultRoles: ["hr-admin"] });
  });

  it("stays while everybody has to come in by it, unless another one is left", async () => {
    const { act, requireSso } = await company();
    const first = await act((ctx) => addConnection(ctx, given));
    await requireSso();
    const off = { connectionId: first.id, name: "Acme ID", clientId: "atrium", isEnabled: false, joinsByDomain: false, defaultRoles: [] };
    await expect(act((ctx) => changeConnection(ctx, off))).rejects.toMatchObject({ code: "sso/required" });
    await expect(act((ctx) => removeConnection(ctx, { connectionId: first.id }))).rejects.toMatchObject({ code: "sso/required" });
    await act((ctx) => addConnection(ctx, { ...given, name: "Second" }));
    await act((ctx) => removeConnection(ctx, { connectionId: first.id }));
    expect(await act(listConnections)).toMatchObject([{ name: "Second" }]);
  });

  it("is out of another company's reach", async () => {
    const [ours, theirs] = [await company(), await company()];
    const { id } = await ours.act((ctx) => addConnection(ctx, given));
    for (const act of [(ctx: Ctx) => loadProvider(ctx, id), (ctx: Ctx) => removeConnection(ctx, { connectionId: id })]) {
      await expect(theirs.act<unknown>(act)).rejects.toMatchObject({ code: "sso/connection-not-found" });
    }
    expect(await theirs.act(listConnections)).toEqual([]);
  });
});

describe("one's own link", () => {
  it("is taken away, unless it is the last way in", async () => {
    const { tenant, member, act, requireSso } = await company();
    const { id } = await act((ctx) => addConnection(ctx, given));
    await database.withTenant(tenant.id, (db) => db.ssoIdentity.create({ data: { tenantId: tenant.id, connectionId: id, subject: "s", memberId: member.id, createdAt: new Date() } }));
    expect(await act(myConnections)).toEqual([{ id, name: "Acme ID", isLinked: true }]);
    // This member has no password.
    await expect(act((ctx) => unlinkConnection(ctx, { connectionId: id }))).rejects.toMatchObject({ code: "sso/last-way-in" });
    await database.withTenant(tenant.id, (db) => db.member.updateMany({ data: { passwordHash: "x" } }));
    await requireSso();
    await expect(act((ctx) => unlinkConnection(ctx, { connectionId: id }))).rejects.toMatchObject({ code: "sso/last-way-in" });
    await database.withTenant(tenant.id, (db) => db.tenant.updateMany({ data: { requiresSso: false } }));
    await act((ctx) => unlinkConnection(ctx, { connectionId: id }));
    expect(await act(myConnections)).toMatchObject([{ isLinked: false }]);
  });
});

describe("reaching a provider", () => {
  const servers: Server[] = [];
  afterAll(() => {
    for (const server of servers) server.close();
  });
  const settings = { publicUrl: "http://atrium.test", insideHosts: ["127.0.0.1"] };
  const reachAt = (issuer: string, insideHosts = settings.insideHosts) => reach({ issuer, clientId: "atrium", clientSecret: secret }, { ...settings, insideHosts });
  const serving = (status: number, type: string, body: string): Promise<string> =>
    new Promise((resolve) => {
      const server = createServer((_request, response) => response.writeHead(status, { "content-type": type }).end(body));
      servers.push(server);
      server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${z.object({ port: z.number() }).parse(server.address()).port}`));
    });

  it("finds a real one", async () => {
    const provider = await startProvider({ redirectUri: "http://atrium.test/x", people: {} });
    expect((await reachAt(provider.issuer)).serverMetadata().issuer).toBe(provider.issuer);
    await provider.close();
    await expect(reachAt(provider.issuer)).rejects.toMatchObject({ code: "sso/issuer-unreachable", detail: { field: "issuer" } });
  });

  it.each([
    ["another page", 404, "text/html", "not here", "sso/issuer-no-provider"],
    ["text that is no JSON", 200, "application/json", "{", "sso/issuer-no-provider"],
    ["a redirect", 302, "text/html", "", "sso/issuer-no-provider"],
    ["a provider that calls itself something else", 200, "application/json", JSON.stringify({ issuer: "https://other.example" }), "sso/issuer-mismatch"],
  ])("says what is wrong with %s", async (_what, status, type, body, code) => {
    await expect(reachAt(await serving(status, type, body))).rejects.toMatchObject({ code });
  });

  it("says when a provider lacks what a sign-in needs", async () => {
    const issuer = await new Promise<string>((resolve) => {
      const server = createServer((request, response) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ issuer: `http://${request.headers.host ?? ""}` })));
      servers.push(server);
      server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${z.object({ port: z.number() }).parse(server.address()).port}`));
    });
    await expect(reachAt(issuer)).rejects.toMatchObject({ code: "sso/issuer-incomplete" });
  });

  it("asks nobody inside our own network, whatever a company names", async () => {
    for (const issuer of ["https://127.0.0.1", "https://localhost", "https://[::1]:8443", "https://169.254.169.254", "https://10.0.0.1"]) {
      await expect(reachAt(issuer, [])).rejects.toMatchObject({ code: "sso/issuer-inside" });
    }
    await expect(reachAt("http://127.0.0.1:9", [])).rejects.toMatchObject({ code: "sso/issuer-not-https" });
  });
});
