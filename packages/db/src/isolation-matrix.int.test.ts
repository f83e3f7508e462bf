import { newId } from "@atrium/kernel";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checksum, testDatabase } from "./testing.ts";
import { rowFixtures } from "./testing/row-fixtures.ts";
import { insertion, RowMaker } from "./testing/rows.ts";
import type { Row } from "./testing/rows.ts";
import { readTables } from "./testing/tables.ts";
import type { Table } from "./testing/tables.ts";

/*
 * Every table of the catalogue × what one can do to a row × whose company the transaction is, as the restricted role. What
 * must come out follows from the rights that the table's migration granted: a right that was not granted is refused in the
 * right company too, and one that was granted ends at the company's border. A new table is tried the moment its migration
 * exists; when no row of it can be made, its tests say so.
 */

const { superuserUrl, appUrl } = await testDatabase();
const superuser = new pg.Client({ connectionString: superuserUrl });
const app = new pg.Client({ connectionString: appUrl });
await Promise.all([superuser.connect(), app.connect()]);
afterAll(() => Promise.all([superuser.end(), app.end()]));

const tables = await readTables(superuser);
const ofTenants = tables.filter(({ tenantColumn }) => tenantColumn !== undefined);
const ofThePlatform = tables.filter(({ tenantColumn }) => tenantColumn === undefined);

interface Statement {
  readonly text: string;
  readonly values?: unknown[];
}

interface Circumstances {
  readonly tenantId: string | undefined;
  readonly ending: "COMMIT" | "ROLLBACK";
  readonly client?: pg.Client;
}

/** Rows seen or written in a transaction of this company, or what the statement was refused with. */
async function outcomeOf(statement: Statement, { tenantId, ending, client = app }: Circumstances): Promise<number | string> {
  await client.query("BEGIN");
  try {
    if (tenantId !== undefined) await client.query("SELECT set_config('app.tenant_id', $1, true)", [tenantId]);
    const { rowCount } = await client.query({ ...statement });
    await client.query("SET CONSTRAINTS ALL IMMEDIATE");
    await client.query(ending);
    return rowCount ?? 0;
  } catch (error) {
    await client.query("ROLLBACK");
    if (!(error instanceof pg.DatabaseError)) throw error;
    return error.code === "42501" ? "refused" : `${error.code ?? ""} ${error.constraint ?? error.message}`;
  }
}

const verbs = ["select", "insert", "update", "delete", "upsert"] as const;
type Verb = (typeof verbs)[number];

/** Two companies that have a row of the table, and one that has all that such a row refers to. */
interface Case {
  readonly table: Table;
  readonly mine: string;
  readonly theirs: string;
  readonly empty: string;
  readonly statements: Readonly<Record<Verb | "move", Statement>>;
  readonly rights: Readonly<Record<Verb, boolean>>;
  /** For each foreign key, a row of the empty company that points into the other one. */
  readonly crossings: Readonly<Record<string, Row>>;
}

async function prepare(table: Table, known = tables): Promise<Case> {
  const maker = new RowMaker(superuser, known);
  const [mine, theirs, empty] = [newId("ten", Date.now()), newId("ten", Date.now()), newId("ten", Date.now())];
  try {
    await maker.ensure(table.name, mine);
    const row = await maker.ensure(table.name, theirs);
    if (table.name !== "tenant") await maker.ensure("tenant", empty);
    const draft = await maker.draft(table.name, empty);
    const stored = Object.fromEntries(Object.keys(draft).map((column) => [column, row[column]]));
    const crossings: Record<string, Row> = {};
    for (const reference of table.references) crossings[reference.name] = await maker.crossing(table.name, reference, { from: empty, to: theirs });
    return { table, mine, theirs, empty, statements: statementsOf(table, { mine, theirs, draft, stored }), rights: rightsOf(table, draft), crossings };
  } catch (error) {
    throw new Error(`No row of ${table.name} can be made: ${String(error)}. Say what it needs in packages/db/src/testing/row-fixtures.ts.`, { cause: error });
  }
}

/** What may be set without changing the row's place: any column that the application may update, or else one it may not. */
function settable({ columns, tenantColumn, primaryKey }: Table): string {
  const plain = columns.filter(({ isGenerated, name }) => !isGenerated && name !== tenantColumn);
  const granted = plain.filter(({ rights }) => rights.includes("UPDATE"));
  return (granted.find(({ name }) => !primaryKey.includes(name)) ?? granted[0] ?? plain[0])?.name ?? "tenant_id";
}

function statementsOf(table: Table, { mine, theirs, draft, stored }: { readonly mine: string; readonly theirs: string; readonly draft: Row; readonly stored: Row }): Case["statements"] {
  const { name, tenantColumn: key = "", primaryKey } = table;
  const column = settable(table);
  const again = insertion(name, stored);
  return {
    select: { text: `SELECT ${key} FROM ${name} WHERE ${key} = $1`, values: [theirs] },
    insert: insertion(name, draft),
    update: { text: `UPDATE ${name} SET ${column} = ${column} WHERE ${key} = $1`, values: [theirs] },
    delete: { text: `DELETE FROM ${name} WHERE ${key} = $1`, values: [theirs] },
    upsert: { ...again, text: `${again.text} ON CONFLICT (${primaryKey.join(", ")}) DO UPDATE SET ${column} = excluded.${column}` },
    move: { text: `UPDATE ${name} SET ${key} = $2 WHERE ${key} = $1`, values: [mine, theirs] },
  };
}

/** Whether the application was given this right to all of these columns. */
const isGranted = ({ columns }: Table, right: string, names: readonly string[]): boolean =>
  names.every((name) => columns.some((column) => column.name === name && column.rights.includes(right)));

/** What the grants let the application do with a row that has these columns. */
function rightsOf(table: Table, draft: Row): Case["rights"] {
  const column = settable(table);
  const select = isGranted(table, "SELECT", [table.tenantColumn ?? ""]);
  const insert = isGranted(table, "INSERT", Object.keys(draft));
  const update = select && isGranted(table, "UPDATE", [column]) && isGranted(table, "SELECT", [column]);
  return { select, insert, update, delete: select && table.isDeletable, upsert: insert && update && isGranted(table, "SELECT", table.primaryKey) };
}

async function outcomesOf({ mine, theirs, empty, statements }: Case, verb: Verb) {
  // What must change nothing is committed, so that the checksum would see it; what may change something is taken back.
  return {
    "no tenant": await outcomeOf(statements[verb], { tenantId: undefined, ending: "COMMIT" }),
    "wrong tenant": await outcomeOf(statements[verb], { tenantId: mine, ending: "COMMIT" }),
    "right tenant": await outcomeOf(statements[verb], { tenantId: verb === "insert" ? empty : theirs, ending: "ROLLBACK" }),
  };
}

function expectedOf({ rights }: Case, verb: Verb) {
  if (!rights[verb]) return { "no tenant": "refused", "wrong tenant": "refused", "right tenant": "refused" };
  const across = verb === "insert" || verb === "upsert" ? "refused" : 0;
  return { "no tenant": across, "wrong tenant": across, "right tenant": 1 };
}

describe.each(ofTenants.map((table) => [table.name, table] as const))("%s", (_name, table) => {
  let prepared: Case;
  let before: unknown;
  const sums = async () => [await checksum(prepared.theirs), await checksum(prepared.empty)];
  beforeAll(async () => {
    prepared = await prepare(table);
    before = await sums();
  });

  test.each(verbs)("lets the application %s as far as its rights go, and no further than its company", async (verb) => {
    expect(await outcomesOf(prepared, verb)).toEqual(expectedOf(prepared, verb));
  });

  test("lets nobody give a row of theirs to another company", async () => {
    expect(await outcomeOf(prepared.statements.move, { tenantId: prepared.mine, ending: "COMMIT" })).toBe("refused");
  });

  test.each(table.references.filter(({ table: other }) => other !== "tenant"))("$name cannot point into another company", async ({ name }) => {
    const row = prepared.crossings[name] ?? {};
    const client = isGranted(table, "INSERT", Object.keys(row)) ? app : superuser;
    expect(await outcomeOf(insertion(table.name, row), { tenantId: prepared.empty, ending: "ROLLBACK", client })).toBe(`23503 ${name}`);
  });

  test("has no row of a company that is not there", async () => {
    if (table.name === "tenant") return;
    const ghost = newId("ten", Date.now());
    const row = { ...(prepared.crossings[`${table.name}_tenant_fkey`] ?? {}), tenant_id: ghost };
    expect(await outcomeOf(insertion(table.name, row), { tenantId: ghost, ending: "ROLLBACK", client: superuser })).toMatch(/^23503 /);
  });

  test("has not changed in the other company after all this", async () => {
    expect(await sums()).toEqual(before);
  });
});

describe.each(ofThePlatform)("$name, which is no company's", ({ name, columns }) => {
  const column = columns[0]?.name ?? "";
  const statements = [`SELECT 1 FROM ${name}`, `INSERT INTO ${name} DEFAULT VALUES`, `UPDATE ${name} SET ${column} = NULL`, `DELETE FROM ${name}`];
  test.each([undefined, newId("ten", Date.now())])("is closed to the application, whoever it speaks for (%s)", async (tenantId) => {
    for (const text of statements) expect(await outcomeOf({ text }, { tenantId, ending: "ROLLBACK" }), text).toBe("refused");
  });
});

describe("the matrix itself", () => {
  /** A table that nobody protected, as it would be found in the catalogue. */
  const withTable = async (column: string, work: (table: Table, known: readonly Table[]) => Promise<void>) => {
    await superuser.query(`CREATE TABLE leaky (tenant_id text NOT NULL REFERENCES tenant (id), ${column}, PRIMARY KEY (tenant_id, id)); GRANT ALL ON leaky TO atrium_app`);
    try {
      const known = await readTables(superuser);
      for (const table of known.filter(({ name }) => name === "leaky")) await work(table, known);
    } finally {
      await superuser.query("DROP TABLE leaky");
    }
  };

  test("sees every way into a table that stands open", async () => {
    expect.hasAssertions();
    await withTable("id text NOT NULL", async (table, known) => {
      const prepared = await prepare(table, known);
      for (const verb of verbs) expect(await outcomesOf(prepared, verb), verb).not.toEqual(expectedOf(prepared, verb));
      expect(await outcomeOf(prepared.statements.move, { tenantId: prepared.mine, ending: "ROLLBACK" })).not.toBe("refused");
    });
  });

  test("names a table of which it can make no row", async () => {
    expect.hasAssertions();
    await withTable("id text NOT NULL CHECK (id ~ '^z')", async (table, known) => {
      await expect(prepare(table, known)).rejects.toThrow(/^No row of leaky can be made: .*Say what it needs in/);
    });
  });

  test("has no fixture of a table that is gone", () => {
    expect(Object.keys(rowFixtures).filter((name) => !tables.some((table) => table.name === name))).toEqual([]);
  });
});
