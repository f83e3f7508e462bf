import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createLogger, openFiles } from "@atrium/api";
import { inContext } from "@atrium/api/testing";
import { makeTenant, tamper, testDatabase } from "@atrium/db/testing";
import type { TestDatabase, TestTenant } from "@atrium/db/testing";
import { testKeyring } from "@atrium/vault/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anchorTrail, auditedCompany, throughCompanies, verifyNewest, verifyTrail } from "./service.ts";

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(path.join(tmpdir(), "atrium-anchors-"));
});
afterAll(() => rm(folder, { recursive: true }));

const now = new Date("2026-11-20T06:30:00Z");
const surroundings = async () => ({ database, keyring: testKeyring(), files: await openFiles({ FILES_DIR: folder }) });
const write = (tenant: TestTenant, count: number) =>
  inContext(database, tenant, async (ctx) => ctx.audit(...Array.from({ length: count }, () => ({ action: "a.b", entityId: "x" }) as const)));
const anchorsOf = async ({ id }: TestTenant) => (await readdir(path.join(folder, id, "audit-anchors")).catch(() => [])).sort();

async function anchored(count: number) {
  const tenant = await makeTenant();
  await write(tenant, count);
  const company = auditedCompany(await surroundings(), tenant.id);
  await anchorTrail(company, now);
  return { tenant, company };
}
const tamperWith = (tenant: TestTenant, sql: string) => tamper(sql.replaceAll("$1", `'${tenant.id}'`));
const rewrite = `
  DO $$ DECLARE e audit_event; h text := repeat('0', 64); BEGIN
    FOR e IN SELECT * FROM audit_event WHERE tenant_id = $1 ORDER BY seq LOOP
      e.prev_hash := h; h := app.audit_digest(e);
      UPDATE audit_event SET prev_hash = e.prev_hash, hash = h WHERE tenant_id = $1 AND id = e.id;
    END LOOP;
    UPDATE audit_head SET (seq, hash) = (SELECT seq, hash FROM audit_event WHERE tenant_id = $1 ORDER BY seq DESC LIMIT 1) WHERE tenant_id = $1;
  END $$;`;

describe("an anchor", () => {
  test("says where the chain stood, in a file of its own each time something was added", async () => {
    const { tenant, company } = await anchored(3);
    expect(await verifyTrail(company)).toEqual({ verifiedTo: 3, fault: null, anchor: { seq: 3, at: now.toISOString() }, forgedAnchors: [] });
    await anchorTrail(company, now);
    expect(await anchorsOf(tenant)).toEqual(["000000000000003.json"]);
    await write(tenant, 9);
    await anchorTrail(company, now);
    expect(await anchorsOf(tenant)).toEqual(["000000000000003.json", "000000000000012.json"]);
  });

  test("is not written for a company without a trail", async () => {
    const tenant = await makeTenant();
    const company = auditedCompany(await surroundings(), tenant.id);
    expect(await anchorTrail(company, now)).toEqual({ verifiedTo: 0, fault: null, anchor: null, forgedAnchors: [] });
    expect(await verifyTrail(company)).toMatchObject({ fault: null, anchor: null });
    expect(await anchorsOf(tenant)).toEqual([]);
  });

  test("lets the newest rows be verified alone", async () => {
    const { tenant, company } = await anchored(3);
    await write(tenant, 2);
    expect(await verifyNewest(company)).toEqual({ verifiedTo: 5, fault: null, anchor: { seq: 3, at: now.toISOString() }, forgedAnchors: [] });
    expect(await anchorsOf(tenant)).toEqual(["000000000000003.json"]);
    await tamperWith(tenant, "UPDATE audit_event SET reason = 'x' WHERE tenant_id = $1 AND seq = 4");
    expect((await verifyNewest(company)).fault).toMatchObject({ kind: "changed", seq: 4 });
  });

  test("finds who rewrote the table and its head, and is not followed by one of the new chain", async () => {
    const { tenant, company } = await anchored(3);
    await tamperWith(tenant, `UPDATE audit_event SET reason = 'x' WHERE tenant_id = $1 AND seq = 2; ${rewrite}`);
    await write(tenant, 2);
    expect((await anchorTrail(company, now)).fault).toMatchObject({ kind: "changed", seq: 3 });
    expect((await verifyTrail(company)).fault).toMatchObject({ kind: "changed", seq: 3 });
    expect(await anchorsOf(tenant)).toEqual(["000000000000003.json"]);
  });

  test("finds a tail that was cut off together with its head", async () => {
    const { tenant, company } = await anchored(5);
    await tamperWith(tenant, `DELETE FROM audit_event WHERE tenant_id = $1 AND seq > 3; ${rewrite}`);
    expect((await verifyTrail(company)).fault).toEqual({ kind: "truncated", seq: 4, id: null });
  });

  test("that somebody else wrote, changed or put in from another company is named, and believed in nothing", async () => {
    const [mine, other] = [await anchored(3), await anchored(4)];
    const place = path.join(folder, mine.tenant.id, "audit-anchors");
    const [own, others] = [path.join(place, "000000000000003.json"), path.join(folder, other.tenant.id, "audit-anchors", "000000000000004.json")];
    const honest = await readFile(own, "utf8");
    for (const forged of [honest.replace(/"hash":"./, '"hash":"_'), honest.replace('"seq":3', '"seq":2'), "{}", "", await readFile(others, "utf8")]) {
      await writeFile(own, forged);
      expect(await verifyTrail(mine.company)).toEqual({ verifiedTo: 3, fault: null, anchor: null, forgedAnchors: [`${mine.tenant.id}/audit-anchors/000000000000003.json`] });
      expect((await anchorTrail(mine.company, now)).forgedAnchors).toHaveLength(1);
    }
    await writeFile(own, honest);
    expect((await verifyTrail(mine.company)).forgedAnchors).toEqual([]);
  });
});

test("a round through all companies goes on past one that is not well, and says how many are", async () => {
  const [bad, good] = [await anchored(3), await anchored(3)];
  await tamperWith(bad.tenant, "UPDATE audit_event SET reason = 'x' WHERE tenant_id = $1 AND seq = 2");
  const seen: string[] = [];
  const round = await throughCompanies({ ...(await surroundings()), log: createLogger("silent") }, async (company) => {
    seen.push(company.tenantId);
    if (company.tenantId === bad.tenant.id) return verifyTrail(company);
    if (company.tenantId === good.tenant.id) throw new Error("the disk is away");
    return { verifiedTo: 0, fault: null, anchor: null, forgedAnchors: [] };
  });
  expect(seen).toEqual(expect.arrayContaining([bad.tenant.id, good.tenant.id]));
  expect(round).toEqual({ sound: seen.length - 2, alarming: 2 });
});
