import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import type { SqlDriverAdapter, SqlQuery, SqlResultSet } from "@prisma/driver-adapter-utils";
import * as engineModule from "@prisma/schema-engine-wasm/schema_engine_bg";

/*
 * Prisma's own migration engine, compiled to WebAssembly and speaking through node-postgres, so that no binary has to be
 * downloaded.
 */

export type SchemaEngine = engineModule.SchemaEngine;

/** PostgreSQL refused a script. The cause is what it said; the engine's own error no longer knows. */
export class ScriptRefused extends Error {
  readonly script: string;

  constructor(script: string, cause: unknown) {
    super("PostgreSQL refused a script.", { cause });
    this.name = "ScriptRefused";
    this.script = script;
  }
}

/** Runs `work` with an engine on the database at this address, and closes its connections afterwards. */
export async function withSchemaEngine<T>(url: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  await loadEngine();
  const connections = new EngineConnections(url, { schema: "public" });
  const discardLog = (): undefined => undefined;
  const engine = await engineModule.SchemaEngine.new({ datamodels: undefined }, discardLog, bindMigrationAwareSqlAdapterFactory(connections));
  try {
    return await work(engine);
  } catch (error) {
    throw connections.refused ?? error;
  } finally {
    engine.free();
    await connections.dispose();
  }
}

// When it compares, the engine reads flags of PostgreSQL's internal type "char", for which the adapter has no word.
const flagColumns = /constr\.contype(?= AS)|con\.conf(?:del|upd)type(?=,)/g;
const flagNames = new Set(["constraint_type", "confdeltype", "confupdtype"]);

function withFlagsAsText(query: SqlQuery): SqlQuery {
  return { ...query, sql: query.sql.replace(flagColumns, "$&::text") };
}

function withFlagsAsCharacters({ columnNames, columnTypes, ...rest }: SqlResultSet): SqlResultSet {
  const types = columnNames.map((name, i) => (flagNames.has(name) ? ColumnTypeEnum.Character : columnTypes[i]));
  return { ...rest, columnNames, columnTypes: types.filter((type) => type !== undefined) };
}

// The engine notes the end of a migration after its commit; killed in between, it would apply it again. So the note goes along.
const finishTheRow = `UPDATE "_prisma_migrations" SET finished_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL`;

class EngineConnections extends PrismaPg {
  refused: ScriptRefused | undefined;
  readonly #adapters: SqlDriverAdapter[] = [];

  override async connect(): ReturnType<PrismaPg["connect"]> {
    const adapter = await super.connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => withFlagsAsCharacters(await queryRaw(withFlagsAsText(query)));
    // The adapter's own way cuts a script at every semicolon, function bodies and comments included, and may run the
    // pieces on several connections. Sent whole, a script is one implicit transaction: all of it or none.
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(`${script}\n;${finishTheRow}`).catch((error: unknown) => {
        this.refused = new ScriptRefused(script, error);
        throw this.refused;
      });
    };
    this.#adapters.push(adapter);
    return adapter;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#adapters.map((adapter) => adapter.dispose()));
  }
}

let loading: Promise<void> | undefined;

function loadEngine(): Promise<void> {
  loading ??= (async () => {
    const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm");
    const bytes = new Uint8Array(await readFile(path.join(path.dirname(entry), "schema_engine_bg.wasm")));
    const module = await WebAssembly.compile(bytes);
    const instance = await WebAssembly.instantiate(module, { "./schema_engine_bg.js": { ...engineModule } });
    engineModule.__wbg_set_wasm(instance.exports);
    // Sets up the table through which the module holds JavaScript values; without it the first call is lost.
    const start = instance.exports["__wbindgen_start"];
    if (typeof start === "function") Reflect.apply(start, undefined, []);
    // A panic of the engine tells its story here and nowhere else.
    Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: throwPanic } });
  })();
  return loading;
}

function throwPanic(message: string): never {
  throw new Error(`Prisma's schema engine gave up: ${message}`);
}
