import pg from "pg";

const question = `
  SELECT r.rolsuper AS "isSuperuser", r.rolbypassrls AS "bypassesRls",
         EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relowner = r.oid) AS "ownsTables"
  FROM pg_roles r WHERE r.rolname = current_user`;

/**
 * What is wrong with the role behind this address, as a sentence; undefined when it is as restricted as it must be.
 * A superuser, a role that bypasses row-level security or one that owns the tables would see every company's rows.
 */
export async function faultOfRole(url: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ isSuperuser: boolean; bypassesRls: boolean; ownsTables: boolean }>(question);
    const role = rows[0];
    if (role?.isSuperuser) return "it signs in as a superuser, who sees every company's rows";
    if (role?.bypassesRls) return "its role has BYPASSRLS and sees every company's rows";
    if (role?.ownsTables) return "its role owns the tables and can switch their protection off";
    return undefined;
  } finally {
    await client.end();
  }
}
