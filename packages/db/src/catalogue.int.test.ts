import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "./testing.ts";
import { faultsOfCatalogue } from "./catalogue.ts";
import { catalogueRules, questionOf } from "./catalogue-rules.ts";

let superuser: pg.Client;
beforeAll(async () => {
  superuser = new pg.Client({ connectionString: (await testDatabase()).superuserUrl });
  await superuser.connect();
});
afterAll(() => superuser.end());

const offendersOf = async (question: string) => (await superuser.query<{ offender: string }>(question)).rows.map(({ offender }) => offender);

describe("in the migrated database", () => {
  test.each(catalogueRules)("$name", async (rule) => {
    expect(await offendersOf(questionOf(rule))).toEqual([]);
  });

  test("the application's role may ask all of it, and is told the same", async () => {
    expect(await faultsOfCatalogue((await testDatabase()).appUrl)).toEqual([]);
  });

  test("there are tables to judge", async () => {
    const [row] = (await superuser.query<{ count: number }>("SELECT count(*)::int FROM pg_policy")).rows;
    expect(row?.count).toBeGreaterThan(5);
  });
});

const sound = `
  CREATE TABLE sound (tenant_id text NOT NULL REFERENCES tenant (id), id text NOT NULL,
    status text NOT NULL CHECK (status IN ('a', 'b')), pay_minor bigint, PRIMARY KEY (tenant_id, id));
  CALL app.protect_tenant_table('sound');`;
const policy = "tenant_id = (SELECT app.tenant_id())";

/** For each rule, what breaks it and whom it then names. */
const faults: readonly (readonly [rule: string, sql: string, ...offenders: string[]])[] = [
  ["row-level security is enabled and forced", "CREATE TABLE open (tenant_id text, id text)", "open"],
  ["row-level security is enabled and forced", "ALTER TABLE sound NO FORCE ROW LEVEL SECURITY", "sound"],
  ["the application's one policy compares the tenant, for reading and for writing", "DROP POLICY tenant ON sound", "sound"],
  ["the application's one policy compares the tenant, for reading and for writing", "CREATE POLICY second ON sound USING (true)", "sound"],
  [
    "the application's one policy compares the tenant, for reading and for writing",
    `DROP POLICY tenant ON sound; CREATE POLICY tenant ON sound TO atrium_app USING (${policy})`,
    "sound",
  ],
  [
    "the application's one policy compares the tenant, for reading and for writing",
    `DROP POLICY tenant ON sound; CREATE POLICY tenant ON sound TO atrium_app USING (${policy} OR id = 'x') WITH CHECK (${policy})`,
    "sound",
  ],
  ["the owner of a table sees there what is due to be removed, and nothing else", "DROP POLICY purge ON sound", "sound"],
  ["the owner of a table sees there what is due to be removed, and nothing else", "CREATE POLICY look ON sound TO CURRENT_USER USING (true)", "sound"],
  ["every row belongs to a tenant, and the primary key begins with it", "CREATE TABLE nobodys (id text PRIMARY KEY)", "nobodys"],
  [
    "every row belongs to a tenant, and the primary key begins with it",
    "ALTER TABLE sound DROP CONSTRAINT sound_pkey; ALTER TABLE sound ADD PRIMARY KEY (id, tenant_id)",
    "sound",
  ],
  ["every index begins with the tenant", "CREATE INDEX by_status ON sound (status)", "by_status"],
  ["every index begins with the tenant", "CREATE UNIQUE INDEX by_lower ON sound (lower(id), tenant_id)", "by_lower"],
  [
    "every foreign key carries the tenant on both sides",
    `CREATE UNIQUE INDEX by_id ON sound (id);
     ALTER TABLE sound ADD up_id text, ADD CONSTRAINT simple_fkey FOREIGN KEY (up_id) REFERENCES sound (id)`,
    "simple_fkey",
  ],
  [
    "every foreign key's columns are the first of some index",
    "ALTER TABLE sound ADD up_id text, ADD CONSTRAINT bare_fkey FOREIGN KEY (tenant_id, up_id) REFERENCES sound (tenant_id, id)",
    "bare_fkey",
  ],
  [
    "no column has a type that an index cannot serve under row-level security, or that loses paise",
    "CREATE TYPE mood AS ENUM ('a'); ALTER TABLE sound ADD m mood, ADD n numeric, ADD f real, ADD pay2_minor int",
    "sound.f",
    "sound.m",
    "sound.n",
    "sound.pay2_minor",
  ],
  ["every status is one of a list", "ALTER TABLE sound ADD pay_status text CHECK (pay_status <> '')", "sound.pay_status"],
  ["the application's role is bound by row-level security", "ALTER ROLE atrium_app BYPASSRLS", "atrium_app"],
  ["the application's role is bound by row-level security", "ALTER ROLE atrium_app INHERIT", "atrium_app"],
  ["the application's role owns nothing, and belongs to the system role alone, without its rights", "ALTER TABLE sound OWNER TO atrium_app", "sound"],
  ["the application's role owns nothing, and belongs to the system role alone, without its rights", "GRANT atrium_owner TO atrium_app", "atrium_owner"],
  ["the application reads and writes rows and does nothing else to a table", "GRANT TRUNCATE, REFERENCES, TRIGGER ON sound TO atrium_app", "sound REFERENCES", "sound TRIGGER", "sound TRUNCATE"],
  ["the application reads and writes rows and does nothing else to a table", "GRANT SELECT ON sound TO PUBLIC", "sound SELECT"],
  ["the application reads and writes rows and does nothing else to a table", "GRANT CREATE ON SCHEMA public TO atrium_app", "schema public"],
  ["what was written into the audit trail stays there", "GRANT UPDATE, DELETE ON audit_event TO atrium_app", "audit_event DELETE", "audit_event UPDATE"],
  ["what was written into the audit trail stays there", "GRANT UPDATE (reason) ON audit_event TO atrium_app", "audit_event.reason UPDATE"],
  ["what was written into the audit trail stays there", "GRANT DELETE ON audit_head TO atrium_app", "audit_head DELETE"],
  ["what a tenant is stays as it was made", "GRANT UPDATE (kind) ON tenant TO atrium_app", "tenant.kind"],
  ["the system role sees what stands on its list, no more and no less", "GRANT SELECT ON sound TO atrium_system", "sound SELECT"],
  ["the system role sees what stands on its list, no more and no less", "GRANT UPDATE (name) ON tenant TO atrium_system", "tenant.name UPDATE"],
  ["the system role sees what stands on its list, no more and no less", "CREATE POLICY peep ON sound TO atrium_system USING (true)", "sound.peep for more than SELECT"],
  ["the system role sees what stands on its list, no more and no less", "REVOKE SELECT ON tenant FROM atrium_system", "not granted: tenant SELECT"],
  ["no view and no function looks past row-level security", "CREATE VIEW everyone AS SELECT * FROM member", "everyone"],
  ["no view and no function looks past row-level security", "CREATE MATERIALIZED VIEW kept AS SELECT * FROM member", "kept"],
  [
    "no view and no function looks past row-level security",
    "CREATE FUNCTION peep() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM member'",
    "peep",
  ],
];

describe("each rule bites", () => {
  test.each(faults)("%s: %s", async (name, sql, ...offenders) => {
    const rule = catalogueRules.find((candidate) => candidate.name === name);
    if (!rule) throw new Error(`There is no rule "${name}".`);
    await superuser.query("BEGIN");
    try {
      await superuser.query(sound);
      expect(await offendersOf(questionOf(rule)), "a sound table passes").toEqual([]);
      await superuser.query(sql);
      expect(await offendersOf(questionOf(rule))).toEqual(offenders);
    } finally {
      await superuser.query("ROLLBACK");
    }
  });

  test("and none is left out", () => {
    expect(new Set(faults.map(([name]) => name))).toEqual(new Set(catalogueRules.map(({ name }) => name)));
  });

  test("a view that asks as its user is allowed", async () => {
    await superuser.query("BEGIN");
    await superuser.query("CREATE VIEW mine WITH (security_invoker = true) AS SELECT * FROM member");
    const named: string[] = [];
    for (const rule of catalogueRules) named.push(...(await offendersOf(questionOf(rule))));
    await superuser.query("ROLLBACK");
    expect(named).toEqual([]);
  });
});
