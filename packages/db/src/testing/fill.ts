import pg from "pg";
import { RowMaker } from "./rows.ts";
import { readTables } from "./tables.ts";

/** What a company has in the database. */
export interface CompanyRows {
  /** Each row of each table as JSON. */
  readonly rows: Readonly<Record<string, readonly string[]>>;
  /** Every id that occurs in them, the company's own left out. */
  readonly ids: readonly string[];
}

/**
 * Gives the company a row of every table that it has none of, with `text` in each column that takes any text: a table that
 * is added tomorrow is filled tomorrow. The superuser writes it, past all rules but the database's own.
 */
export async function fillTenant(superuserUrl: string, tenantId: string, text: (table: string, column: string) => string): Promise<void> {
  await asSuperuser(superuserUrl, async (client) => {
    const tables = (await readTables(client)).filter(({ tenantColumn }) => tenantColumn !== undefined);
    const maker = new RowMaker(client, tables, { text });
    for (const { name } of tables) await maker.ensure(name, tenantId);
  });
}

/** Everything that the company has, as the superuser sees it. */
export async function rowsOf(superuserUrl: string, tenantId: string): Promise<CompanyRows> {
  return asSuperuser(superuserUrl, async (client) => {
    const rows: Record<string, readonly string[]> = {};
    for (const { name, tenantColumn } of await readTables(client)) {
      if (tenantColumn === undefined) continue;
      const found = await client.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${name} t WHERE ${tenantColumn} = $1`, [tenantId]);
      rows[name] = found.rows.map(({ row }) => row);
    }
    const ids = new Set(Object.values(rows).flat().flatMap((row) => row.match(/\b[a-z]{3}_[0-9a-z]{22}\b/g) ?? []));
    ids.delete(tenantId);
    return { rows, ids: [...ids] };
  });
}

async function asSuperuser<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
