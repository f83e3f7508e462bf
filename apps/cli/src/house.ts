import { join, resolve } from "node:path";
import type { Files } from "@atrium/api";
import type { Database } from "@atrium/db";
import { loadSecrets, openHome } from "@atrium/stack";
import type { Home } from "@atrium/stack";
import type { Keyring } from "@atrium/vault";
import { demoPasswordOf, readCliEnv, startedIn } from "./env.ts";
import type { CliEnv } from "./env.ts";
import type { Lifetime } from "./lifetime.ts";
import { findDatabase, freshClient } from "./offline.ts";

/** What a command needs to look into companies: the same three that the application has. */
export interface House {
  readonly database: Database;
  readonly keyring: Keyring;
  readonly files: Files;
}

/** The same for one command, which may also speak as the owner of the tables where that address is known. */
export interface OwnHouse extends House {
  readonly ownerUrl: string | undefined;
}

/** Opens them for one command, whether or not Atrium is running. Nothing is migrated. */
export async function openHouse(dataDir: string, lifetime: Lifetime): Promise<OwnHouse> {
  const env = readCliEnv();
  await freshClient(lifetime);
  const home = await openHome(dataDir);
  const secrets = loadSecrets(home.dataDir, demoPasswordOf(env));
  const { appUrl, ownerUrl } = await findDatabase({ home, secrets, env, lifetime, port: 0 });
  const house = await houseAt(appUrl, env, home);
  lifetime.add("the database's connections", house.database.close);
  return { ...house, ownerUrl };
}

/** Loaded late: the domains' database client may have been generated a moment ago. */
export async function houseAt(appUrl: string, env: CliEnv, home: Pick<Home, "dataDir">): Promise<House> {
  const [{ openDatabase }, { openKeyring }, { openFiles }] = await Promise.all([import("@atrium/db"), import("@atrium/vault"), import("@atrium/api")]);
  return {
    database: openDatabase({ url: appUrl, poolMax: 2 }),
    keyring: openKeyring(keysOf(env, home)),
    files: await openFiles({ ...env, FILES_DIR: join(home.dataDir, "files") }),
  };
}

/** The keys that were named, or those of the data folder. None are made: a new file in the place of a lost one would hide the loss. */
export function keysOf(env: CliEnv, home: Pick<Home, "dataDir">): { readonly ATRIUM_KEYS_FILE?: string; readonly ATRIUM_KEYS?: string } {
  if (env.ATRIUM_KEYS !== undefined) return { ATRIUM_KEYS: env.ATRIUM_KEYS };
  return { ATRIUM_KEYS_FILE: env.ATRIUM_KEYS_FILE === undefined ? join(home.dataDir, "keys.json") : resolve(startedIn(), env.ATRIUM_KEYS_FILE) };
}
