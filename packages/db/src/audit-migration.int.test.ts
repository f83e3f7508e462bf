import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { expect, inject, test } from "vitest";
import { verifyAudit } from "./audit-verify.ts";
import { openDatabase } from "./database.ts";
import { migrate, migrationNames } from "./migrate.ts";
import { workerNumber } from "./testing/env.ts";
import { createEmpty, dropDatabase } from "./testing/template.ts";

const migrations = fileURLToPath(new URL("../../../prisma/migrations/", import.meta.url));
const name = `atrium_audit_migration_${workerNumber}`;

test("rows from before the chain are chained by the migration, and row-level security is forced again", async () => {
  const superuserUrl = inject("superuserUrl");
  const ownerUrl = await createEmpty({ superuserUrl, ownerUrl: inject("ownerUrl") }, name);
  const folder = await mkdtemp(path.join(tmpdir(), "atrium-before-the-chain-"));
  const appUrl = new URL(inject("appUrl"));
  appUrl.pathname = `/${name}`;
  const database = openDatabase({ url: appUrl.href, poolMax: 1 });
  const superuser = new pg.Client({ connectionString: Object.assign(new URL(superuserUrl), { pathname: `/${name}` }).href });
  try {
    const earlier = (await migrationNames()).filter((migration) => migration < "20261120000500_audit_chain");
    for (const migration of earlier) await cp(path.join(migrations, migration), path.join(folder, migration), { recursive: true });
    await migrate({ ownerUrl, folder });
    await superuser.connect();
    await superuser.query(`
      INSERT INTO tenant (id, slug, name, created_at) SELECT 'ten_' || n, 'acme-' || n, 'Acme', now() FROM generate_series(1, 3) n;
      INSERT INTO audit_event (tenant_id, id, at, actor_kind, actor_member_id, action, entity, entity_id, after, request_id)
      SELECT 'ten_' || n % 2 + 1, 'aud_' || lpad(n::text, 3, '0'), now(), CASE WHEN n < 3 THEN 'system' ELSE 'member' END, 'mem_1', 'a.b', 'a', 'x', '{"n": null}', 'req'
      FROM generate_series(1, 20) n`);
    await migrate({ ownerUrl });
    for (const [tenantId, count] of [["ten_1", 10n], ["ten_2", 10n], ["ten_3", 0n]] as const) {
      const verdict = await verifyAudit((work) => database.withTenant(tenantId, work), tenantId);
      expect(verdict).toEqual({ verifiedTo: count, fault: undefined });
    }
    const [byJob] = (await superuser.query("SELECT actor_member_id, on_behalf_of FROM audit_event WHERE id = 'aud_002'")).rows;
    expect(byJob).toEqual({ actor_member_id: null, on_behalf_of: "mem_1" });
    const open = await superuser.query("SELECT relname FROM pg_class WHERE relname IN ('tenant', 'audit_event', 'audit_head') AND NOT (relrowsecurity AND relforcerowsecurity)");
    expect(open.rows).toEqual([]);
  } finally {
    await superuser.end();
    await database.close();
    await dropDatabase(superuserUrl, name);
    await rm(folder, { recursive: true });
  }
});
