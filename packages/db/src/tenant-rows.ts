import { z } from "zod";
import type { TenantDb } from "./database.ts";
import { Prisma } from "./generated/client.ts";

/** A table of which a company has rows, with the columns that it may take with it. */
export interface TenantTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** The columns that name a row within the company, with their types. */
  readonly key: readonly { readonly column: string; readonly type: string }[];
}

/**
 * What stays in the house when a company takes its rows with it: whoever has the file could try passwords and codes at
 * leisure, or open what is sealed. Sealed fields are among the rows, as they are kept.
 */
export const withheldColumns: readonly string[] = [
  "member.password_hash", "member_token.token_hash", "recovery_code.code_hash", "passkey_challenge.challenge", "sign_in_failure.key", "tenant_key.wrapped",
  "sso_answer.state_hash", "sso_connection.client_secret_sealed", "totp.seed_sealed",
];

/** Every table with a tenant that the application may read: a new one is among them with its migration. */
export async function tenantTables(db: TenantDb): Promise<readonly TenantTable[]> {
  const rows = await db.$queryRaw<{ name: string; columns: string[]; key: TenantTable["key"] }[]>`
    SELECT c.relname AS name,
      (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
       WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND has_column_privilege(c.oid, a.attnum, 'SELECT')
         AND c.relname || '.' || a.attname <> ALL (${[...withheldColumns]}::text[])) AS columns,
      (SELECT json_agg(json_build_object('column', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) ORDER BY k.position)
       FROM pg_index i, unnest(i.indkey) WITH ORDINALITY k (attnum, position) JOIN pg_attribute a ON a.attnum = k.attnum
       WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid) AS key
    FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = CASE c.relname WHEN 'tenant' THEN 'id' ELSE 'tenant_id' END)
      AND has_any_column_privilege(c.oid, 'SELECT')
    ORDER BY c.relname`;
  return rows;
}

/** Some of a company's rows of one table, in the order of its key. */
export interface TenantRows {
  /** Each row as a JSON object. */
  readonly lines: readonly string[];
  /** Leads to the rows behind these; undefined when there are none. */
  readonly next: readonly string[] | undefined;
}

const keyValues = z.array(z.string());

/** The next rows, at most `limit`, behind the one whose key is `after`. Row-level security lets through the company's own. */
export async function readTenantRows(db: TenantDb, table: TenantTable, after: readonly string[] | undefined, limit: number): Promise<TenantRows> {
  const quoted = (name: string): Prisma.Sql => Prisma.raw(`"${name.replaceAll('"', '""')}"`);
  const keys = Prisma.join(table.key.map(({ column }) => quoted(column)));
  const values = table.key.map(({ type }, i) => Prisma.sql`${after?.[i] ?? ""}::text::${Prisma.raw(type)}`);
  const behind = after === undefined ? Prisma.sql`true` : Prisma.sql`(${keys}) > (${Prisma.join(values)})`;
  const fields = Prisma.join(table.columns.map((column) => Prisma.sql`${column}::text, ${quoted(column)}`));
  const position = Prisma.join(table.key.map(({ column }) => Prisma.sql`${quoted(column)}::text`));
  const rows = await db.$queryRaw<{ line: string; key: unknown }[]>`
    SELECT json_build_object(${fields})::text AS line, ARRAY[${position}] AS key
    FROM ${quoted(table.name)} WHERE ${behind} ORDER BY ${keys} LIMIT ${limit}`;
  const last = rows.length < limit ? undefined : rows.at(-1);
  return { lines: rows.map(({ line }) => line), next: last && keyValues.parse(last.key) };
}
