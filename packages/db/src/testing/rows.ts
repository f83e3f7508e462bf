import { newId } from "@atrium/kernel";
import type pg from "pg";
import { rowFixtures } from "./row-fixtures.ts";
import type { Column, Reference, Table } from "./tables.ts";

/** A row's values by column, as they are sent. */
export type Row = Readonly<Record<string, unknown>>;

export interface RowMakerOptions {
  /** The text for a column that takes any; `x` unless told. */
  readonly text?: (table: string, column: string) => string;
}

/**
 * Makes rows of any table from what the catalogue says of it, and the rows that those refer to: where a company has a row of
 * a table already, that one is taken.
 */
export class RowMaker {
  readonly #client: pg.Client;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #text: (table: string, column: string) => string;
  readonly #made = new Map<string, Promise<Row>>();

  /** @param client speaks as the superuser: it lays what the restricted role is then tried on */
  constructor(client: pg.Client, tables: readonly Table[], { text = () => "x" }: RowMakerOptions = {}) {
    this.#client = client;
    this.#tables = new Map(tables.map((table) => [table.name, table]));
    this.#text = text;
  }

  /** The first row of this company, written unless there is one, with all its columns as text. */
  ensure(name: string, tenantId: string): Promise<Row> {
    const key = `${name} ${tenantId}`;
    const made = this.#made.get(key) ?? this.#findOrInsert(name, tenantId);
    this.#made.set(key, made);
    return made;
  }

  /** A row that could be written; what it refers to is. */
  async draft(name: string, tenantId: string): Promise<Row> {
    const table = this.#table(name);
    const { values = {}, fill = [] } = rowFixtures[name] ?? {};
    const row: Record<string, unknown> = {};
    for (const column of table.columns) {
      if (column.isGenerated) continue;
      if (column.name === table.tenantColumn) row[column.name] = tenantId;
      else if (Object.hasOwn(values, column.name)) row[column.name] = values[column.name];
      else if (column.isRequired) row[column.name] = this.#valueOf(table, column, tenantId);
    }
    for (const reference of table.references) {
      const isNeeded = fill.includes(reference.name) || reference.pairs.every(([here]) => Object.hasOwn(row, here));
      if (isNeeded && reference.table !== "tenant") Object.assign(row, await this.pointer(reference, tenantId));
    }
    return row;
  }

  /** The columns that make a reference point to that company's row. */
  async pointer({ table, pairs }: Reference, tenantId: string): Promise<Row> {
    const there = await this.ensure(table, tenantId);
    return Object.fromEntries(pairs.map(([here, column]) => [here, there[column]]));
  }

  /**
   * A row of the one company whose reference points to the other's, with all else in order: a write of it must fail for that
   * reference alone.
   */
  async crossing(name: string, reference: Reference, { from, to }: { readonly from: string; readonly to: string }): Promise<Row> {
    const empty = rowFixtures[name]?.instead?.[reference.name] ?? [];
    const row = { ...(await this.draft(name, from)), ...(await this.pointer(reference, to)), ...Object.fromEntries(empty.map((column) => [column, null])) };
    return Object.hasOwn(row, "tenant_id") ? { ...row, tenant_id: from } : row;
  }

  async #findOrInsert(name: string, tenantId: string): Promise<Row> {
    const { tenantColumn = "", primaryKey } = this.#table(name);
    const text = `SELECT * FROM ${name} WHERE ${tenantColumn} = $1 ORDER BY ${primaryKey.join(", ")} LIMIT 1`;
    const { rows } = await this.#client.query<Row>({ text, values: [tenantId], types: asText });
    return rows[0] ?? this.#insert(name, tenantId);
  }

  async #insert(name: string, tenantId: string): Promise<Row> {
    if (name !== "tenant") await this.ensure("tenant", tenantId);
    const row = await this.draft(name, tenantId);
    const { text, values } = insertion(name, row);
    const { rows } = await this.#client.query<Row>({ text: `${text} RETURNING *`, values, types: asText });
    return rows[0] ?? {};
  }

  #table(name: string): Table {
    const table = this.#tables.get(name);
    if (!table) throw new RangeError(`There is no table called ${name}.`);
    return table;
  }

  #valueOf(table: Table, { name, type, choices }: Column, tenantId: string): unknown {
    if (choices[0] !== undefined) return choices[0];
    if (table.name === "tenant" && name === "slug") return tenantId.replace("_", "-");
    if (name === "id") return newId(rowFixtures[table.name]?.prefix ?? "row", Date.now());
    if (type !== "text") return plainValues[type] ?? null;
    return this.#text(table.name, name);
  }
}

const plainValues: Readonly<Record<string, unknown>> = {
  "text[]": [],
  "timestamp with time zone": "2026-11-20T06:00:00Z",
  bigint: 1,
  boolean: false,
  bytea: Buffer.alloc(32, 7),
  date: "2026-11-20",
  integer: 1,
  jsonb: {},
  smallint: 1,
};

/** Every column as PostgreSQL writes it, so that what was read can be written again unchanged. */
const asText = { getTypeParser: () => (value: unknown) => value };

/** The statement that writes this row. */
export function insertion(table: string, row: Row): { readonly text: string; readonly values: unknown[] } {
  const columns = Object.keys(row);
  return {
    text: `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map((_, i) => `$${i + 1}`).join(", ")})`,
    values: Object.values(row),
  };
}
