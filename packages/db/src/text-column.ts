import { Prisma } from "./generated/client.ts";
import type { TenantDb } from "./database.ts";

/*
 * A column of text that is named by data, for work that is the same in many tables. The names become part of the statement,
 * so they are names of this schema's own and nothing that came from outside.
 */

export interface TextColumn {
  readonly table: string;
  readonly column: string;
  /** The columns that name a row within its company; its id is their texts with a colon between. */
  readonly rowId: readonly string[];
}

export interface TextInRow {
  readonly rowId: string;
  readonly text: string;
}

function name(text: string): Prisma.Sql {
  if (!/^[a-z][a-z0-9_]*$/.test(text)) throw new RangeError(`${JSON.stringify(text)} is no name of a table or column.`);
  return Prisma.raw(`"${text}"`);
}

const idOf = (rowId: readonly string[]): Prisma.Sql =>
  rowId.length === 1 ? Prisma.sql`${name(rowId[0] ?? "")}` : Prisma.sql`concat_ws(':', ${Prisma.join(rowId.map(name))})`;

/** Some of the texts that do not begin with `prefix`, in the order of their rows behind `after`, held until the commit. */
export async function textsWithout(
  db: TenantDb, tenantId: string, { table, column, rowId }: TextColumn, search: { readonly prefix: string; readonly after: string; readonly limit: number },
): Promise<TextInRow[]> {
  const [id, text] = [idOf(rowId), name(column)];
  return db.$queryRaw<TextInRow[]>`
    SELECT ${id} AS "rowId", ${text} AS text FROM ${name(table)}
    WHERE tenant_id = ${tenantId} AND ${id} > ${search.after} AND ${text} IS NOT NULL AND NOT starts_with(${text}, ${search.prefix})
    ORDER BY ${id} LIMIT ${search.limit} FOR UPDATE`;
}

/** Puts these texts in the place of those in their rows, in one statement. */
export async function replaceTexts(db: TenantDb, tenantId: string, { table, column, rowId }: TextColumn, texts: readonly TextInRow[]): Promise<void> {
  const json = JSON.stringify(texts.map((row) => ({ row_id: row.rowId, new_text: row.text })));
  await db.$executeRaw`
    UPDATE ${name(table)} SET ${name(column)} = given.new_text
    FROM jsonb_to_recordset(${json}::jsonb) AS given(row_id text, new_text text)
    WHERE tenant_id = ${tenantId} AND ${idOf(rowId)} = given.row_id`;
}

/** How many of the column's texts begin with each of the prefixes of this length. */
export async function countByPrefix(db: TenantDb, tenantId: string, { table, column }: TextColumn, length: number): Promise<ReadonlyMap<string, number>> {
  const text = name(column);
  const rows = await db.$queryRaw<{ prefix: string; count: number }[]>`
    SELECT left(${text}, ${length}::int) AS prefix, count(*)::int AS count FROM ${name(table)}
    WHERE tenant_id = ${tenantId} AND ${text} IS NOT NULL GROUP BY 1`;
  return new Map(rows.map(({ prefix, count }) => [prefix, count]));
}
