import { findRunningPostgres, loadSecrets, openHome } from "@atrium/stack";
import { bringUpToDate } from "./database.ts";
import { demoPasswordOf, readCliEnv } from "./env.ts";
import { generateClient, isClientStale } from "./generate.ts";
import { takeDataFolder } from "./instance.ts";
import type { Lifetime } from "./lifetime.ts";
import { say, step } from "./report.ts";
import { listScenarios, seedScenario } from "./seed.ts";
import { databaseAddresses, keyVariables, openPostgres } from "./services.ts";
import type { DatabaseAddresses, Surroundings } from "./services.ts";
import { during } from "./start.ts";

// Commands that need the database and nothing else, whether or not Atrium is running on it.

/** `atrium migrate`. @returns the exit code */
export function migrateOnly(dataDir: string): Promise<number> {
  return during(async (lifetime) => {
    await withDatabase(dataDir, lifetime);
  });
}

/** `atrium seed NAME`, or `list`. @returns the exit code */
export function seedOnly(dataDir: string, name: string): Promise<number> {
  return during(async (lifetime) => {
    await freshClient(lifetime);
    if (name === "list") {
      say((await listScenarios()).join("\n"));
      return;
    }
    const { addresses, demoPassword, keys } = await withDatabase(dataDir, lifetime);
    await step(name, () => seedScenario(name, { appUrl: addresses.appUrl, password: demoPassword, keys }), (said) => said);
    say(`  The accounts' password is ${demoPassword}`);
  });
}

/** Finds the database (named, running, or started for this command alone) and migrates it. */
async function withDatabase(dataDir: string, lifetime: Lifetime): Promise<{ addresses: DatabaseAddresses; demoPassword: string; keys: ReturnType<typeof keyVariables> }> {
  const env = readCliEnv();
  await freshClient(lifetime);
  const home = await openHome(dataDir);
  const secrets = loadSecrets(home.dataDir, demoPasswordOf(env));
  const addresses = await findDatabase({ home, secrets, env, lifetime, port: 0 });
  await step("migrations", () => bringUpToDate(addresses), (said) => said);
  return { addresses, demoPassword: secrets.demoPassword, keys: keyVariables(env, home) };
}

/** The database that was named, the one that runs, or one started for this command alone. */
export async function findDatabase(around: Surroundings): Promise<DatabaseAddresses> {
  const { home, secrets, env, lifetime } = around;
  if (env.DATABASE_URL !== undefined) return databaseAddresses(env, undefined);
  const running = await findRunningPostgres(home, secrets);
  if (running !== undefined) return { ...running, isEmbedded: true };
  lifetime.add("the data folder", await takeDataFolder(home.dataDir, "for one command"));
  return databaseAddresses(env, await openPostgres(around));
}

export async function freshClient(lifetime: Lifetime): Promise<void> {
  if (isClientStale()) await step("database client", () => generateClient(lifetime.signal));
}
