import type { Database } from "@atrium/db";

/**
 * The address name of the company whose own, proved domain this is; undefined when it is nobody's. A request comes to a
 * name before anybody has signed in, so it reads as the system role, which sees proved names alone.
 */
export async function findTenantByHost(database: Database, host: string): Promise<string | undefined> {
  const rows = await database.withSystem(
    (db) => db.$queryRaw<{ slug: string }[]>`
      SELECT t.slug FROM tenant_domain d JOIN tenant t ON t.id = d.tenant_id
      WHERE d.verified_name = ${host.toLowerCase()} AND t.status <> 'deleted'`,
  );
  return rows[0]?.slug;
}
