import pg from "pg";

/** A company whose thirty days are over. */
export interface PurgeableTenant {
  readonly id: string;
  readonly slug: string;
  readonly deletedAt: Date;
}

/** @param ownerUrl the address of the role that owns the tables. Row-level security shows it these companies and no other. */
export async function purgeableTenants(ownerUrl: string): Promise<readonly PurgeableTenant[]> {
  return asOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<PurgeableTenant>(`SELECT id, slug, deleted_at AS "deletedAt" FROM tenant ORDER BY deleted_at, id`);
    return rows;
  });
}

/**
 * Removes every row of a company whose thirty days are over, audit trail and all; of any other it finds none. Answers how
 * many rows went, by table. A new table needs no word here: the catalogue knows which rows are a company's.
 */
export async function purgeTenant(ownerUrl: string, tenantId: string): Promise<Readonly<Record<string, number>>> {
  return asOwner(ownerUrl, async (client) => {
    const { rows: tables } = await client.query<{ name: string; key: string }>(`
      SELECT c.relname AS name, a.attname AS key
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
        AND a.attname = CASE WHEN c.relname = 'tenant' THEN 'id' ELSE 'tenant_id' END
      ORDER BY c.relname`);
    // Foreign keys are checked when a statement ends, so in one statement no table has to go before another.
    const parts = tables.map(({ name, key }, i) => `t${i} AS (DELETE FROM ${pg.escapeIdentifier(name)} WHERE ${key} = $1 RETURNING 1)`);
    const counts = tables.map(({ name }, i) => `SELECT ${pg.escapeLiteral(name)} AS name, (SELECT count(*) FROM t${i})::int AS rows`);
    const { rows } = await client.query<{ name: string; rows: number }>(`WITH ${parts.join(", ")} ${counts.join(" UNION ALL ")}`, [tenantId]);
    return Object.fromEntries(rows.map((row) => [row.name, row.rows]));
  });
}

async function asOwner<T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
