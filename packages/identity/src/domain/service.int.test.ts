import { makeMember, requestAs } from "@atrium/api/testing";
import { enter } from "@atrium/api";
import type { Transact } from "@atrium/api";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestDatabase } from "@atrium/db/testing";
import dns2 from "dns2";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { AddDomain } from "./contract.ts";
import { askDns } from "./dns.ts";
import { addDomain, findTenantByHost, listDomains, removeDomain, verifyDomain } from "./service.ts";

/** What our DNS server says, by name: records, one of them perhaps in pieces. A name that is not here does not exist. */
const zone = new Map<string, readonly (string | string[])[]>();

/** Its encoder takes a text in pieces; its types know one in one piece alone. */
const record = z.custom<dns2.Packet["answers"][number]>(() => true);

const server = dns2.createServer({
  udp: true,
  handle: (request, send) => {
    const response = dns2.Packet.createResponseFromRequest(request);
    const name = request.questions[0]?.name ?? "";
    const texts = zone.get(name.toLowerCase());
    if (!texts) response.header.rcode = dns2.Packet.RCODE.NXDOMAIN;
    for (const data of texts ?? []) response.answers.push(record.parse({ name, type: dns2.Packet.TYPE.TXT, class: dns2.Packet.CLASS.IN, ttl: 1, data }));
    void send(response);
  },
});

let database: TestDatabase;
let ask: ReturnType<typeof askDns>;
beforeAll(async () => {
  database = await testDatabase();
  const { udp } = z.object({ udp: z.object({ port: z.number() }) }).parse(await server.listen({ udp: { port: 0, address: "127.0.0.1" } }));
  ask = askDns([`127.0.0.1:${udp.port}`]);
});
afterAll(() => server.close());

async function company() {
  const tenant = await makeTenant();
  const member = await makeMember(database, tenant, ["owner"]);
  const { request } = requestAs({ database, tenant, member });
  const transact: Transact = (work) => enter(request, "security:manage", {}, work);
  return {
    tenant,
    add: (name: string) => transact((ctx) => addDomain(ctx, AddDomain.parse({ name }), ["atrium.example"])),
    verify: (domainId: string) => verifyDomain(transact, { domainId }, ask),
    remove: (domainId: string) => transact((ctx) => removeDomain(ctx, { domainId })),
    list: () => transact(listDomains),
    trail: () => database.withTenant(tenant.id, (db) => db.auditEvent.findMany({ where: { entity: "domain" }, orderBy: { seq: "asc" } })),
  };
}

const unique = (() => {
  let count = 0;
  return () => `acme-${Date.now().toString(36)}-${(count += 1)}.example`;
})();

describe("a domain of a company's own", () => {
  it("is proved by a TXT record that says what it was given, and leads to the company from then on", async () => {
    const { tenant, add, verify, list, trail } = await company();
    const name = unique();
    const domain = await add(name.toUpperCase());
    expect(domain).toMatchObject({ name, recordName: `_atrium.${name}`, verifiedAt: null });
    expect(domain.recordValue).toMatch(/^atrium-domain-proof=[0-9a-f]{40}$/);
    expect(await findTenantByHost(database, name)).toBeUndefined();

    zone.set(domain.recordName, ["something else", domain.recordValue]);
    expect((await verify(domain.id)).verifiedAt).not.toBeNull();
    expect(await findTenantByHost(database, name.toUpperCase())).toBe(tenant.slug);
    expect(await list()).toMatchObject([{ name, verifiedAt: expect.any(String) }]);
    expect(await trail()).toMatchObject([
      { action: "domain.add", entityId: domain.id, after: { name } },
      { action: "domain.verify", entityId: domain.id, after: { name, verified: true } },
    ]);
  });

  it("proves itself with a text that DNS sends in pieces", async () => {
    const { add, verify } = await company();
    const domain = await add(unique());
    zone.set(domain.recordName, [[domain.recordValue.slice(0, 30), domain.recordValue.slice(30)]]);
    await expect(verify(domain.id)).resolves.toMatchObject({ id: domain.id });
    // A second time it is proved already and nothing is written.
    await expect(verify(domain.id)).resolves.toMatchObject({ id: domain.id });
  });

  it("is not proved by a missing record, a wrong one, or another company's", async () => {
    const [ours, theirs] = [await company(), await company()];
    const name = unique();
    const [mine, other] = [await ours.add(name), await theirs.add(name)];
    await expect(ours.verify(mine.id)).rejects.toMatchObject({ code: "domain/proof-missing" });
    zone.set(mine.recordName, ["atrium-domain-proof=0000"]);
    await expect(ours.verify(mine.id)).rejects.toMatchObject({ code: "domain/proof-wrong", detail: { params: { name: `_atrium.${name}` } } });
    zone.set(mine.recordName, [other.recordValue]);
    await expect(ours.verify(mine.id)).rejects.toMatchObject({ code: "domain/proof-wrong" });
    expect(await ours.list()).toMatchObject([{ verifiedAt: null }]);
  });

  it("stays as it is when no name server answers", async () => {
    const { add, tenant } = await company();
    const domain = await add(unique());
    // Nobody listens on this port.
    const silent = askDns(["127.0.0.1:9"]);
    const transact: Transact = async (work) => {
      const member = await makeMember(database, tenant, ["owner"]);
      return enter(requestAs({ database, tenant, member }).request, "security:manage", {}, work);
    };
    await expect(verifyDomain(transact, { domainId: domain.id }, silent)).rejects.toMatchObject({ code: "domain/dns-silent", kind: "unavailable" });
  });

  it("belongs to one company: the second is told so, and only with its own proof", async () => {
    const [ours, theirs] = [await company(), await company()];
    const name = unique();
    const [mine, other] = [await ours.add(name), await theirs.add(name)];
    zone.set(mine.recordName, [mine.recordValue]);
    await ours.verify(mine.id);
    // Without a proof the other company learns nothing.
    await expect(theirs.verify(other.id)).rejects.toMatchObject({ code: "domain/proof-wrong" });
    zone.set(mine.recordName, [mine.recordValue, other.recordValue]);
    await expect(theirs.verify(other.id)).rejects.toMatchObject({ code: "domain/taken", kind: "conflict" });
    expect(await findTenantByHost(database, name)).toBe(ours.tenant.slug);

    await ours.remove(mine.id);
    expect(await findTenantByHost(database, name)).toBeUndefined();
    await theirs.verify(other.id);
    expect(await findTenantByHost(database, name)).toBe(theirs.tenant.slug);
  });

  it("is added once, and never one of ours", async () => {
    const { add } = await company();
    const name = unique();
    await add(name);
    await expect(add(`${name}.`)).rejects.toMatchObject({ code: "domain/already-added" });
    for (const ours of ["atrium.example", "acme.atrium.example"]) await expect(add(ours)).rejects.toMatchObject({ code: "domain/reserved" });
  });

  it("is refused beyond the twentieth", async () => {
    const { add } = await company();
    for (let count = 0; count < 20; count += 1) await add(unique());
    await expect(add(unique())).rejects.toMatchObject({ code: "domain/too-many" });
  });

  it("is out of another company's reach", async () => {
    const [ours, theirs] = [await company(), await company()];
    const domain = await ours.add(unique());
    await expect(theirs.verify(domain.id)).rejects.toMatchObject({ code: "domain/not-found" });
    await expect(theirs.remove(domain.id)).rejects.toMatchObject({ code: "domain/not-found" });
    expect(await theirs.list()).toEqual([]);
  });

  it("leads nowhere when the company was deleted", async () => {
    const { tenant, add, verify } = await company();
    const name = unique();
    const domain = await add(name);
    zone.set(domain.recordName, [domain.recordValue]);
    await verify(domain.id);
    await database.withTenant(tenant.id, (db) => db.tenant.updateMany({ data: { status: "deleted", deletedAt: new Date() } }));
    expect(await findTenantByHost(database, name)).toBeUndefined();
  });
});
