import { Readable } from "node:stream";
import type { Transact } from "@atrium/api";
import { readTenantRows, tenantTables } from "@atrium/db";
import type { TenantRows, TenantTable } from "@atrium/db";
import { ZipFile } from "yazl";
import { finishExport } from "./service.ts";

/** So many rows lie in memory at once; the next are read when the reader has taken these. */
const rowsAtOnce = 1_000;

/**
 * All that a company has, as the bytes of a ZIP file: JSON lines for each table, and `company.json`, which says what is in
 * it. A body that streams must not hold a transaction, so there are many. When the last byte is taken the export is noted
 * down. The tables are read one after the other while people work, so a row that was written meanwhile may be in one and what
 * belongs to it not yet in another.
 */
export async function* archiveOf(transact: Transact): AsyncGenerator<Uint8Array, void> {
  const { tables, company, now } = await transact(async ({ db, tenant, now: at }) => {
    const { id, slug, name } = tenant;
    return { tables: await tenantTables(db), company: { id, slug, name }, now: at };
  });
  const rows: Record<string, number> = {};
  const parts = new Map<string, () => AsyncGenerator<string, void>>(tables.map((table) => [`${table.name}.jsonl`, () => linesOf(table, transact, rows)]));
  parts.set("company.json", async function* () {
    yield `${JSON.stringify({ company, exportedAt: now.toISOString(), rows }, null, 2)}\n`;
  });
  yield* zipped(parts, now);
  await transact(async (ctx) => finishExport(ctx, rows));
}

async function* linesOf(table: TenantTable, transact: Transact, rows: Record<string, number>): AsyncGenerator<string, void> {
  let after: TenantRows["next"];
  let count = 0;
  do {
    const page = await transact(({ db }) => readTenantRows(db, table, after, rowsAtOnce));
    count += page.lines.length;
    if (page.lines.length > 0) yield `${page.lines.join("\n")}\n`;
    after = page.next;
  } while (after);
  rows[table.name] = count;
}

/** The bytes of a ZIP file with these parts, each begun when the one before has been taken. Throws what a part throws. */
async function* zipped(parts: ReadonlyMap<string, () => AsyncGenerator<string, void>>, now: Date): AsyncGenerator<Uint8Array, void> {
  const zip = new ZipFile();
  const { outputStream: out } = zip;
  if (!(out instanceof Readable)) throw new TypeError("The ZIP library gave a stream of another kind.");
  zip.once("error", (error: Error) => out.destroy(error));
  for (const [name, open] of parts) {
    zip.addReadStreamLazy(name, { mtime: now }, (take) => take(null, Readable.from(open()).once("error", (error) => out.destroy(error))));
  }
  zip.end();
  for await (const piece of out) {
    if (!(piece instanceof Uint8Array)) throw new TypeError("The ZIP library gave something else than bytes.");
    yield piece;
  }
}
