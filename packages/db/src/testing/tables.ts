import type pg from "pg";

/** What PostgreSQL's catalogue says of a table: enough to make a row of it, and to know what the application may do with it. */
export interface Table {
  readonly name: string;
  /** The column that names the company; undefined for a table of the platform's own. */
  readonly tenantColumn: string | undefined;
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
  readonly references: readonly Reference[];
  /** Whether the application may delete a row of it. */
  readonly isDeletable: boolean;
}

export interface Column {
  readonly name: string;
  /** As PostgreSQL writes it: `text`, `timestamp with time zone`. */
  readonly type: string;
  /** Has to be given a value: it takes no NULL and finds none by itself. */
  readonly isRequired: boolean;
  /** Computed by PostgreSQL; nobody writes it. */
  readonly isGenerated: boolean;
  /** What a CHECK lets it be; empty when there is no list. */
  readonly choices: readonly string[];
  /** What the application may do with it: SELECT, INSERT, UPDATE. */
  readonly rights: readonly string[];
}

export interface Reference {
  readonly name: string;
  readonly table: string;
  /** Column here and the column there that it must match. */
  readonly pairs: readonly (readonly [here: string, there: string])[];
}

const question = `
  SELECT c.relname AS name,
    (SELECT attname FROM pg_attribute WHERE attrelid = c.oid AND attname = CASE c.relname WHEN 'tenant' THEN 'id' ELSE 'tenant_id' END) AS "tenantColumn",
    (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, NULL),
        'isRequired', a.attnotnull AND NOT a.atthasdef AND a.attidentity = '', 'isGenerated', a.attgenerated <> '',
        'checks', (SELECT coalesce(json_agg(pg_get_constraintdef(k.oid)), '[]') FROM pg_constraint k
                   WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.conkey = ARRAY[a.attnum]),
        'rights', (SELECT coalesce(json_agg(v), '[]') FROM unnest('{SELECT,INSERT,UPDATE}'::text[]) v WHERE has_column_privilege('atrium_app', c.oid, a.attnum, v)))
      ORDER BY a.attnum)
     FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
    (SELECT coalesce(json_agg(a.attname ORDER BY at.n), '[]') FROM pg_index i, unnest(i.indkey) WITH ORDINALITY at (attnum, n)
     JOIN pg_attribute a ON a.attnum = at.attnum WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid) AS "primaryKey",
    (SELECT coalesce(json_agg(json_build_object('name', k.conname, 'table', t.relname, 'pairs', (
        SELECT json_agg(json_build_array(h.attname, o.attname)) FROM unnest(k.conkey, k.confkey) AS pair (here, there)
        JOIN pg_attribute h ON h.attrelid = k.conrelid AND h.attnum = pair.here
        JOIN pg_attribute o ON o.attrelid = k.confrelid AND o.attnum = pair.there)) ORDER BY k.conname), '[]')
     FROM pg_constraint k JOIN pg_class t ON t.oid = k.confrelid WHERE k.conrelid = c.oid AND k.contype = 'f') AS references,
    has_table_privilege('atrium_app', c.oid, 'DELETE') AS "isDeletable"
  FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  ORDER BY c.relname`;

type Found = Omit<Table, "tenantColumn" | "columns"> & {
  readonly tenantColumn: string | null;
  readonly columns: readonly (Omit<Column, "choices"> & { readonly checks: readonly string[] })[];
};

/** Every table of the house, those of Prisma's own bookkeeping included. */
export async function readTables(client: pg.Client): Promise<readonly Table[]> {
  const { rows } = await client.query<Found>(question);
  return rows.map(({ tenantColumn, columns, ...table }) => ({
    ...table,
    tenantColumn: tenantColumn ?? undefined,
    columns: columns.map(({ checks, ...column }) => ({ ...column, choices: checks.flatMap(choicesOf) })),
  }));
}

/** The values of `CHECK (x IN ('a', 'b'))`, which PostgreSQL repeats as `(x = ANY (ARRAY['a'::text, 'b'::text]))`. */
function choicesOf(check: string): readonly string[] {
  const isList = /^CHECK \(\(\w+ = (ANY \(ARRAY\[('[^']*'::text(, )?)+\]\)|'[^']*'::text)\)\)$/.test(check);
  return isList ? [...check.matchAll(/'([^']*)'::text/g)].flatMap(([, value]) => value ?? []) : [];
}
