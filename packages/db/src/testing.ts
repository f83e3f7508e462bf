import { newId, planTerms } from "@atrium/kernel";
import pg from "pg";
import { inject } from "vitest";
import { openDatabase } from "./database.ts";
import type { Database } from "./database.ts";
import { workerNumber } from "./testing/env.ts";
import { copyTemplate } from "./testing/template.ts";
import type { ServerUrls } from "./testing/template.ts";

export { fillTenant, rowsOf } from "./testing/fill.ts";
export { copyTemplate, dropDatabase, prepareTemplate } from "./testing/template.ts";

declare module "vitest" {
  /** What the global set-up provides and this file asks for. */
  interface ProvidedContext {
    superuserUrl: string;
    ownerUrl: string;
    appUrl: string;
  }
}

/** The worker's own copy of the migrated template, opened as the restricted role; its address is `appUrl`. */
export interface TestDatabase extends Database, ServerUrls {}

let opening: Promise<TestDatabase> | undefined;
let owner: pg.Pool | undefined;

/** The same one for every test of a file. Nobody closes it: its connections end with the worker. */
export function testDatabase(): Promise<TestDatabase> {
  opening ??= (async () => {
    const server = { superuserUrl: inject("superuserUrl"), ownerUrl: inject("ownerUrl"), appUrl: inject("appUrl") };
    const urls = await copyTemplate(server, `atrium_test_${workerNumber}`);
    return { ...urls, ...openDatabase({ url: urls.appUrl, poolMax: 5 }) };
  })();
  return opening;
}

export interface TestTenant {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly status: string;
  readonly timeZone: string;
}

/** A company that no other test has seen, written through the restricted role. */
export async function makeTenant(overrides: Partial<TestTenant> = {}): Promise<TestTenant> {
  const database = await testDatabase();
  const id = overrides.id ?? newId("ten", Date.now());
  const slug = id.replace("_", "-");
  const tenant = { id, slug, name: `Company ${slug}`, status: "active", timeZone: "Asia/Kolkata", ...overrides };
  // Of the largest plan, so that no test meets the end of one by accident.
  await database.withTenant(id, (db) => db.tenant.create({ data: { ...tenant, plan: "enterprise", seats: planTerms.enterprise.seats, createdAt: new Date() } }));
  return tenant;
}

/** One statement as the owner of the objects: for questions to the catalogue. The owner sees no company's rows either. */
export async function ownerQuery<Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  const { ownerUrl } = await testDatabase();
  owner ??= new pg.Pool({ connectionString: ownerUrl, max: 1 });
  return (await owner.query<Row>(sql, [...values])).rows;
}

/** Statements as the superuser, for whom no policy and no grant stands in the way: for what an intruder in the server could do. */
export async function tamper(sql: string): Promise<void> {
  await statementsAsSuperuser((await testDatabase()).superuserUrl, sql);
}

/** The same in a database that a test made for itself. */
export async function statementsAsSuperuser(superuserUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/**
 * A fingerprint of all rows of one company, by table. Two that are equal prove that nothing changed in between. The
 * superuser takes it, so that it does not lean on the policies it is used to judge.
 */
export async function checksum(tenantId: string): Promise<Readonly<Record<string, string>>> {
  const client = new pg.Client({ connectionString: (await testDatabase()).superuserUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string; key: string }>(`
      SELECT c.oid::regclass::text AS name, a.attname AS key
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
        AND a.attname = CASE WHEN c.relname = 'tenant' THEN 'id' ELSE 'tenant_id' END`);
    const parts = tables.map(({ name, key }) => `
      SELECT '${name}' AS name, count(*) || ' rows ' || md5(coalesce(string_agg(t::text, ';' ORDER BY t::text), '')) AS sum
      FROM ${name} t WHERE ${key} = $1`);
    const { rows } = await client.query<{ name: string; sum: string }>(parts.join(" UNION ALL "), [tenantId]);
    return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
  } finally {
    await client.end();
  }
}
