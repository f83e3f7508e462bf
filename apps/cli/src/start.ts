import { isPortTaken, loadSecrets, openHome, removeHome, stopLeftoverPostgres, stopLeftoverRedis } from "@atrium/stack";
import type { Home } from "@atrium/stack";
import { join } from "node:path";
import { buildWeb, isBuildStale } from "./build.ts";
import { bringUpToDate } from "./database.ts";
import { announce, confirmReset } from "./dialogue.ts";
import type { Stack } from "./dialogue.ts";
import { demoPasswordOf, readCliEnv } from "./env.ts";
import { generateClient, isClientStale } from "./generate.ts";
import { takeDataFolder } from "./instance.ts";
import { leaveOnSignals, Lifetime } from "./lifetime.ts";
import { complain, line, Refusal, say, step } from "./report.ts";
import { demoTenants, seedDemo } from "./seed.ts";
import { databaseAddresses, keyVariables, openInngest, openPostgres, openRedis } from "./services.ts";
import type { Surroundings, Variables } from "./services.ts";
import { registerJobs, runWeb } from "./web.ts";
import type { WebMode } from "./web.ts";

export type StartOptions = {
  readonly mode: WebMode;
  readonly port: number;
  readonly dataDir: string;
  readonly isReset: boolean;
  /** Whether the question before a reset counts as answered. */
  readonly isConfirmed: boolean;
};

/** `npm start` and `npm run dev`: brings everything up, stays until asked to leave, and takes everything down. @returns the exit code */
export async function start(options: StartOptions): Promise<number> {
  const began = performance.now();
  return during(async (lifetime) => {
    const stack = await bringUp(options, lifetime);
    say(line("ready", performance.now() - began));
    await announce(stack);
    await lifetime.whenLeaving();
  });
}

/** Runs something inside a lifetime that signals can end. Whatever came up is taken down again. @returns the exit code */
export async function during(work: (lifetime: Lifetime) => Promise<void>): Promise<number> {
  const lifetime = new Lifetime();
  leaveOnSignals(lifetime);
  try {
    await work(lifetime);
  } catch (error) {
    // What breaks off because the end was asked for is no failure of its own.
    lifetime.fail(error);
  }
  if (lifetime.failure !== undefined) complain(lifetime.failure.error);
  await lifetime.close();
  return lifetime.failure === undefined ? 0 : 1;
}

/** Starts every service, migrates, seeds, builds and serves. */
export async function bringUp(options: StartOptions, lifetime: Lifetime): Promise<Stack> {
  const env = readCliEnv();
  const { port, mode } = options;
  await refuseTakenPort(port);
  const home = await openDataFolder(options, env.DATABASE_URL !== undefined, lifetime);
  const secrets = loadSecrets(home.dataDir, demoPasswordOf(env));
  if (isClientStale()) await step("database client", () => generateClient(lifetime.signal));
  const around: Surroundings = { home, secrets, env, lifetime, port };
  const { demoPassword } = secrets;
  if (env.ATRIUM_DEMO_PASSWORD !== undefined && env.ATRIUM_DEMO_PASSWORD !== demoPassword) {
    complain(new Refusal("The demo accounts of this data folder were made with another password than ATRIUM_DEMO_PASSWORD, and keep it. --reset makes them anew."));
  }
  const [services] = await lifetime.together([openServices(around, demoPassword), build(mode, lifetime)]);
  lifetime.signal.throwIfAborted();

  const url = env.ATRIUM_URL ?? `http://localhost:${port}`;
  const variables = {
    ...services,
    ...keyVariables(env, home),
    ATRIUM_URL: url,
    NEXTAUTH_SECRET: env.NEXTAUTH_SECRET ?? secrets.nextAuthSecret,
    NEXTAUTH_URL: undefined,
    MAIL_OUTBOX_DIR: join(home.dataDir, "outbox"),
    FILES_DIR: join(home.dataDir, "files"),
  };
  await step("web", () => runWeb({ mode, port, home, lifetime, variables }));
  const { INNGEST_SIGNING_KEY: signingKey } = services;
  if (signingKey !== undefined) await step("jobs", () => registerJobs(port, signingKey));
  return { url, demoPassword, hasDemo: services.ATRIUM_DEMO_TENANTS !== undefined, dataDir: home.dataDir, databaseUrl: services.DATABASE_URL };
}

async function openDataFolder({ dataDir, isReset, isConfirmed, port }: StartOptions, hasOwnDatabase: boolean, lifetime: Lifetime): Promise<Home> {
  const home = await openHome(dataDir);
  lifetime.add("the data folder", await takeDataFolder(home.dataDir, `http://localhost:${port}`));
  if (!isReset) return home;
  await confirmReset(home.dataDir, isConfirmed);
  await Promise.all([stopLeftoverPostgres(home), stopLeftoverRedis(home)]);
  removeHome(home, hasOwnDatabase ? "keys.json" : undefined);
  return openHome(dataDir);
}

async function refuseTakenPort(port: number): Promise<void> {
  if (!(await isPortTaken(port))) return;
  throw new Refusal(
    `Port ${port} is taken by another program, so Atrium cannot answer there. ` +
      `End that program, or choose another port: npm start -- --port ${port === 3000 ? 3100 : port + 1}`,
  );
}

async function build(mode: WebMode, lifetime: Lifetime): Promise<void> {
  if (mode === "start" && isBuildStale()) await step("build", () => buildWeb(lifetime.signal));
}

/** Everything the application leans on, each part as early as what it needs is there. @returns the variables that lead to them */
async function openServices(around: Surroundings, demoPassword: string): Promise<Variables & { readonly DATABASE_URL: string }> {
  const { env, home, lifetime } = around;
  const postgres = openPostgres(around);
  const data = async () => {
    const addresses = databaseAddresses(env, await postgres);
    lifetime.signal.throwIfAborted();
    await step("migrations", () => bringUpToDate(addresses), (said) => said);
    lifetime.signal.throwIfAborted();
    // Only the embedded database gets demo accounts: everybody can read their names.
    if (!addresses.isEmbedded) return { DATABASE_URL: addresses.appUrl };
    await step("demo data", () => seedDemo({ appUrl: addresses.appUrl, password: demoPassword, keys: keyVariables(env, home) }), (said) => said);
    return { DATABASE_URL: addresses.appUrl, ATRIUM_DEMO_TENANTS: demoTenants };
  };
  const jobs = async () => openInngest(around, await postgres);
  const [redisVariables, dataVariables, jobVariables] = await lifetime.together([openRedis(around), data(), jobs()]);
  return { ...redisVariables, ...jobVariables, ...dataVariables };
}
