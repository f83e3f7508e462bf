import { enter } from "@atrium/api";
import type { Transact } from "@atrium/api";
import { makeMember, makeSession, requestAs } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestDatabase } from "@atrium/db/testing";
import { strFromU8, unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { archiveOf } from "./archive.ts";
import { beginExport } from "./service.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

async function company() {
  const tenant = await makeTenant();
  const member = await makeMember(database, tenant, ["owner"]);
  const { request } = requestAs({ database, tenant, member });
  const again: Transact = (work) => enter(request, "company:manage", {}, work);
  return { tenant, member, again };
}

async function bytesOf(archive: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of archive) pieces.push(piece);
  return Buffer.concat(pieces);
}

const exportsOf = (tenantId: string) =>
  database.withTenant(tenantId, (db) => db.auditEvent.findMany({ where: { action: "company.export" }, select: { after: true } }));
const Line = z.record(z.string(), z.unknown());

describe("a company's archive", () => {
  it("has a file for every table and says what is in it, and the trail has the same figures", async () => {
    const { tenant, again } = await company();
    const names = Array.from({ length: 2_345 }, (_, i) => `Place ${String(i)}`);
    await database.withTenant(tenant.id, (db) => db.location.createMany({ data: names.map((name, i) => ({ tenantId: tenant.id, id: `loc_${String(i).padStart(5, "0")}`, name, state: "MH" })) }));
    const files = unzipSync(await bytesOf(archiveOf(again)));
    const about = z.object({ company: z.object({ slug: z.string() }), rows: z.record(z.string(), z.number()) }).parse(JSON.parse(strFromU8(files["company.json"] ?? new Uint8Array())));
    expect(about).toMatchObject({ company: { slug: tenant.slug }, rows: { location: 2_345, member: 1, tenant: 1, payslip: 0 } });
    const places = strFromU8(files["location.jsonl"] ?? new Uint8Array()).trimEnd().split("\n").map((line) => Line.parse(JSON.parse(line))["name"]);
    expect(places).toEqual(names);
    expect(Object.keys(files).sort()).toEqual(["company.json", ...Object.keys(about.rows).map((table) => `${table}.jsonl`)].sort());
    expect(await exportsOf(tenant.id)).toEqual([{ after: { rows: about.rows } }]);
  });

  it("has no password of anybody, not even its hash", async () => {
    const { tenant, member, again } = await company();
    await database.withTenant(tenant.id, (db) => db.member.updateMany({ where: { id: member.id }, data: { passwordHash: "not-a-real-hash" } }));
    const files = unzipSync(await bytesOf(archiveOf(again)));
    expect(strFromU8(files["member.jsonl"] ?? new Uint8Array())).toContain(member.id);
    expect(Object.values(files).map((file) => strFromU8(file)).join("")).not.toContain("not-a-real-hash");
  });

  it("that nobody takes to its end counts as none", async () => {
    const { tenant, again } = await company();
    for await (const piece of archiveOf(again)) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    expect(await exportsOf(tenant.id)).toEqual([]);
  });

  it("breaks off when its person loses access on the way, and counts as none", async () => {
    const { tenant, member, again } = await company();
    let calls = 0;
    const cutOff: Transact = async (work) => {
      calls += 1;
      if (calls === 4) await database.withTenant(tenant.id, (db) => db.session.updateMany({ where: { id: member.sessionId }, data: { endedAt: new Date() } }));
      return again(work);
    };
    await expect(bytesOf(archiveOf(cutOff))).rejects.toMatchObject({ code: "session/ended" });
    expect(await exportsOf(tenant.id)).toEqual([]);
  });
});

it("an export begins with a fresh proof of who the person is", async () => {
  const { tenant, member } = await company();
  const sessionId = await database.withTenant(tenant.id, (db) => makeSession(db, tenant.id, member.id, { verifiedAt: new Date(Date.now() - 3_600_000) }));
  const { request } = requestAs({ database, tenant, member: { sessionId, epoch: 0 } });
  await expect(enter(request, "company:manage", {}, async (ctx) => beginExport(ctx))).rejects.toMatchObject({ code: "session/step-up-required" });
});
