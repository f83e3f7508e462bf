import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import * as engineModule from "@prisma/schema-engine-wasm/schema_engine_bg";
import type { MigrationList, SchemaFilter } from "@prisma/schema-engine-wasm";

/*
 * Migrations run in Prisma's own engine, compiled to WebAssembly and speaking through node-postgres, so that no binary has
 * to be downloaded. The `_prisma_migrations` table is the ordinary one: any other Prisma tool reads it.
 */

const prismaFolder = fileURLToPath(new URL("../../../prisma/", import.meta.url));
const everything: SchemaFilter = { externalTables: [], externalEnums: [] };

/** Applies what is pending, as the owner. Two at once wait for each other (the engine takes an advisory lock). */
export async function migrate({ ownerUrl }: { readonly ownerUrl: string }): Promise<{ readonly applied: readonly string[] }> {
  const migrationsList = await readMigrations();
  const { appliedMigrationNames } = await withEngine(ownerUrl, (engine) => engine.applyMigrations({ migrationsList, filters: everything }));
  return { applied: appliedMigrationNames };
}

/** The SQL that would take a database with all migrations to what the schema files say; empty when they agree. */
export async function driftFromSchema({ ownerUrl }: { readonly ownerUrl: string }): Promise<string> {
  const files = await readSchema();
  const { stdout } = await withEngine(ownerUrl, (engine) =>
    engine.diff({
      from: { tag: "schemaDatasource", files, configDir: prismaFolder },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: null,
      filters: everything,
    }),
  );
  return stdout ?? "";
}

/** The migrations in `prisma/migrations`, oldest first. */
export async function migrationNames(): Promise<readonly string[]> {
  const entries = await readdir(path.join(prismaFolder, "migrations"), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
}

async function readMigrations(): Promise<MigrationList> {
  const baseDir = path.join(prismaFolder, "migrations");
  const names = await migrationNames();
  return {
    baseDir,
    lockfile: { path: "migration_lock.toml", content: await readFile(path.join(baseDir, "migration_lock.toml"), "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: "migration.sql",
          content: { tag: "ok", value: await readFile(path.join(baseDir, name, "migration.sql"), "utf8") } as const,
        },
      })),
    ),
  };
}

async function readSchema(): Promise<{ path: string; content: string }[]> {
  const folder = path.join(prismaFolder, "schema");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".prisma")).sort();
  return Promise.all(names.map(async (name) => ({ path: name, content: await readFile(path.join(folder, name), "utf8") })));
}

// The engine reads columns of PostgreSQL's internal type "char", which the adapter refuses to hand over.
const internalChar = /constr\.contype AS|(?<=[\s,])(\w+\.(?:attidentity|attgenerated|confdeltype|confupdtype|relkind|prokind|provolatile)) as/gi;
const asText = (sql: string): string => sql.replace(internalChar, (found) => found.replace(/ as$/i, "::text AS"));

/**
 * The adapter's own `executeScript` cuts a script at every semicolon, function bodies and comments included, and may run
 * the pieces on several connections. Sent whole, a migration is one implicit transaction: all of it or none.
 */
class WholeScripts extends PrismaPg {
  readonly #adapters: SqlDriverAdapter[] = [];

  override async connect(): ReturnType<PrismaPg["connect"]> {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(script);
    };
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = (query) => queryRaw({ ...query, sql: asText(query.sql) });
    this.#adapters.push(adapter);
    return adapter;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#adapters.map((adapter) => adapter.dispose()));
  }
}

async function withEngine<T>(url: string, work: (engine: engineModule.SchemaEngine) => Promise<T>): Promise<T> {
  await loadEngine();
  const connections = new WholeScripts(url, { schema: "public" });
  const discardLog = (): undefined => undefined;
  const adapter = bindMigrationAwareSqlAdapterFactory(connections);
  const engine = await engineModule.SchemaEngine.new({ datamodels: undefined }, discardLog, adapter);
  try {
    return await work(engine);
  } finally {
    engine.free();
    await connections.dispose();
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
    if (typeof start === "function") start();
  })();
  return loading;
}
