import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { MigrationList, SchemaFilter } from "@prisma/schema-engine-wasm";
import pg from "pg";
import { ScriptRefused, withSchemaEngine } from "./schema-engine.ts";
import type { SchemaEngine } from "./schema-engine.ts";

/* The `_prisma_migrations` table is the ordinary one: any other Prisma tool reads it. */

const prismaFolder = fileURLToPath(new URL("../../../prisma/", import.meta.url));
const migrationsFolder = path.join(prismaFolder, "migrations");
const everything: SchemaFilter = { externalTables: [], externalEnums: [] };

export interface MigrateOptions {
  /** The address of the role that owns the objects. */
  readonly ownerUrl: string;
  /** Where the migrations lie; the platform's own unless a test brings others. */
  readonly folder?: string;
}

/** A migration was refused and nothing of it remains. Once the file is mended, migrating again applies it. */
export class MigrationFailed extends Error {
  readonly migration: string;

  constructor(migration: string, cause: unknown) {
    const said = cause instanceof Error ? cause.message : String(cause);
    super(`The migration ${migration} was not applied, and nothing of it remains: ${said}.`, { cause });
    this.name = "MigrationFailed";
    this.migration = migration;
  }
}

/** Applies what is pending, as the owner. Two at once wait for each other. Throws MigrationFailed. */
export async function migrate({ ownerUrl, folder = migrationsFolder }: MigrateOptions): Promise<{ readonly applied: readonly string[] }> {
  const migrationsList = await readMigrations(folder);
  await using _turn = await waitForTurn(ownerUrl);
  try {
    return await withSchemaEngine(ownerUrl, async (engine) => {
      await clearFailed(engine, migrationsList);
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: everything });
      return { applied: appliedMigrationNames };
    });
  } catch (error) {
    const name = error instanceof ScriptRefused ? nameOf(error.script, migrationsList) : undefined;
    throw name !== undefined && error instanceof Error ? new MigrationFailed(name, error.cause) : error;
  }
}

/** The SQL that would take a migrated database to what the schema files say; empty when they agree. */
export async function driftFromSchema({ ownerUrl }: { readonly ownerUrl: string }): Promise<string> {
  const files = await readSchema();
  const { exitCode, stdout } = await withSchemaEngine(ownerUrl, (engine) =>
    engine.diff({
      from: { tag: "schemaDatasource", files, configDir: prismaFolder },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: true,
      filters: everything,
    }),
  );
  return exitCode === 0 ? "" : (stdout ?? "");
}

/** The migrations in a folder, oldest first. */
export async function migrationNames(folder = migrationsFolder): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
}

/** The engine's own lock covers the applying alone and gives up after ten seconds; this one covers the clearing as well. */
async function waitForTurn(ownerUrl: string): Promise<AsyncDisposable> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query("SELECT pg_advisory_lock(hashtext('atrium migrate'))");
  return { [Symbol.asyncDispose]: () => client.end() };
}

/** A migration that failed left nothing behind, so its row must not stand in the way of the mended file. */
async function clearFailed(engine: SchemaEngine, migrationsList: MigrationList): Promise<void> {
  const history = await engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters: everything });
  for (const migrationName of history.failedMigrationNames) await engine.markMigrationRolledBack({ migrationName });
}

function nameOf(script: string, { migrationDirectories }: MigrationList): string | undefined {
  return migrationDirectories.find(({ migrationFile: { content } }) => content.tag === "ok" && content.value === script)?.path;
}

async function readMigrations(baseDir: string): Promise<MigrationList> {
  const names = await migrationNames(baseDir);
  return {
    baseDir,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
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
