import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { logFile, serviceFolder } from "./home.ts";
import type { Home } from "./home.ts";
import { freePort } from "./ports.ts";
import { findPostgresBinaries, POSTGRES_ENV } from "./postgres-binaries.ts";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import { APP_DATABASE, ensureRoles, JOBS_DATABASE } from "./postgres-roles.ts";
import type { PostgresPasswords } from "./postgres-roles.ts";
import { commandLine, lastLogLine, run, startService, stopLeftover, tellingLine } from "./processes.ts";
import type { Service } from "./processes.ts";
import { explainDisk, StackError } from "./stack-error.ts";
import { waitUntil } from "./wait-until.ts";

export type PostgresOptions = {
  readonly home: Home;
  readonly passwords: PostgresPasswords;
  /** false lets tests skip every wait for the disk; a crash may then lose the database. */
  readonly isDurable?: boolean;
};

/** How each role reaches its database. */
export type PostgresAddresses = {
  readonly superuserUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly jobsUrl: string;
};

export type Postgres = PostgresAddresses & {
  readonly port: number;
  /** Settles, with a word on how, when the server is gone without having been asked. */
  readonly exited: Promise<string>;
  readonly stop: () => Promise<void>;
};

const MAJOR = "18";
/** Replaying the log after a crash takes as long as it takes; two minutes is far beyond any demo. */
const READY_TIMEOUT_MS = 120_000;

/** Starts PostgreSQL on a free port of 127.0.0.1 with its data under the home, making cluster, roles and databases first. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { home, passwords } = options;
  const folder = serviceFolder(home, "postgres");
  const data = join(folder, "data");
  try {
    const binaries = await findPostgresBinaries(home.user);
    await stopLeftoverPostmaster(data);
    if (!existsSync(join(data, "PG_VERSION"))) await initialise(options, binaries, folder, data);
    refuseOtherVersion(data);
    const { service, port } = await startOnFreePort(options, binaries, data);
    const addresses = addressesOf(port, passwords);
    await ensureRoles(addresses.superuserUrl, passwords).catch(async (error: unknown) => {
      await service.stop();
      throw error;
    });
    return { ...addresses, port, exited: service.exited, stop: service.stop };
  } catch (error) {
    throw explainDisk(error, folder);
  }
}

/** The addresses of the server that another launcher has running on this home; undefined when none is. */
export async function findRunningPostgres(home: Home, passwords: PostgresPasswords): Promise<PostgresAddresses | undefined> {
  const data = join(home.serviceDir, "postgres", "data");
  const [pid, , , port] = postmasterLines(data);
  const command = await commandLine(Number(pid));
  return command?.includes(` -D ${data} `) === true ? addressesOf(Number(port), passwords) : undefined;
}

function addressesOf(port: number, passwords: PostgresPasswords): PostgresAddresses {
  const url = (role: string, password: string, database: string) =>
    `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
  return {
    superuserUrl: url("postgres", passwords.postgresPassword, "postgres"),
    ownerUrl: url("atrium_owner", passwords.ownerPassword, APP_DATABASE),
    appUrl: url("atrium_app", passwords.appPassword, APP_DATABASE),
    jobsUrl: url("atrium_jobs", passwords.jobsPassword, JOBS_DATABASE),
  };
}

/** Made beside and renamed: a start that was killed or ran out of disk half-way leaves nothing that looks like a cluster. */
async function initialise(options: PostgresOptions, binaries: PostgresBinaries, folder: string, data: string): Promise<void> {
  const { user } = options.home;
  const half = `${data}.new`;
  const passwordFile = join(folder, "password");
  rmSync(half, { recursive: true, force: true });
  try {
    writeFileSync(passwordFile, options.passwords.postgresPassword, { mode: 0o600 });
    if (user !== undefined) chownSync(passwordFile, user.uid, user.gid);
    const args = ["--pgdata", half, "--username", "postgres", "--auth", "scram-sha-256", "--pwfile", passwordFile];
    const locale = ["--encoding", "UTF8", "--no-locale", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"];
    const sync = options.isDurable === false ? ["--no-sync"] : [];
    const made = await run(binaries.initdb, [...args, ...locale, ...sync], { user, env: POSTGRES_ENV, cwd: folder });
    if (made.code !== 0) throw notStarting(tellingLine(made.stderr), folder);
    renameSync(half, data);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    throw explainDisk(error, folder);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** A free port can be taken by another program before PostgreSQL opens it, so a refused one is answered with the next. */
async function startOnFreePort(
  options: PostgresOptions,
  binaries: PostgresBinaries,
  data: string,
): Promise<{ service: Service; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const service = await startService({
      command: binaries.postgres,
      args: serverArguments(data, port, options.isDurable ?? true),
      env: POSTGRES_ENV,
      cwd: data,
      user: options.home.user,
      logFile: logFile(options.home, "postgres"),
      // The fast shutdown: open transactions are rolled back, everything committed is kept.
      stopSignal: "SIGINT",
      graceMs: 20_000,
    });
    const isReady = await waitUntil(() => !service.isRunning() || isAccepting(data, service.pid), READY_TIMEOUT_MS);
    if (isReady && service.isRunning()) return { service, port };
    await service.stop();
    const line = lastLogLine(logFile(options.home, "postgres"));
    if (attempt === 3 || !/could not (bind|create any TCP)/i.test(line)) throw notStarting(line, data);
  }
}

function serverArguments(data: string, port: number, isDurable: boolean): string[] {
  const settings = [
    `port=${String(port)}`,
    "listen_addresses=127.0.0.1",
    // Only the password-protected loopback port is a way in; a socket in /tmp would be one more, and could clash.
    "unix_socket_directories=",
    "max_connections=100",
    "timezone=UTC",
    "log_timezone=UTC",
    ...(isDurable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]),
  ];
  return ["-D", data, ...settings.flatMap((setting) => ["-c", setting])];
}

/** PostgreSQL writes its id into the first line and its state into the eighth line of postmaster.pid. */
function postmasterLines(data: string): string[] {
  const file = join(data, "postmaster.pid");
  return existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
}

function isAccepting(data: string, pid: number): boolean {
  const lines = postmasterLines(data);
  return Number(lines[0]) === pid && lines[7]?.trim() === "ready";
}

/** Stops the server that a killed launcher left behind under this home, if there is one. */
export async function stopLeftoverPostgres(home: Home): Promise<void> {
  await stopLeftoverPostmaster(join(home.serviceDir, "postgres", "data"));
}

/** After `kill -9` of a launcher its server may still be there: it is asked to leave, never started over. */
async function stopLeftoverPostmaster(data: string): Promise<void> {
  const pid = Number(postmasterLines(data)[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  const isOurs = (command: string) => command.includes("postgres") && command.includes(` -D ${data} `);
  if (!(await stopLeftover(pid, isOurs, "SIGINT"))) {
    throw new StackError(
      "stack/postgres-not-starting",
      `An earlier PostgreSQL (process ${String(pid)}) still holds ${data} and does not stop. End that process, then start again.`,
    );
  }
  // The id may belong to a stranger by now, which PostgreSQL would take for a living server.
  rmSync(join(data, "postmaster.pid"), { force: true });
}

function refuseOtherVersion(data: string): void {
  const version = readFileSync(join(data, "PG_VERSION"), "utf8").trim();
  if (version === MAJOR) return;
  throw new StackError(
    "stack/postgres-version",
    `${data} was made by PostgreSQL ${version} and this is PostgreSQL ${MAJOR}. ` +
      "Keep that data with the version of Atrium that made it, choose another folder with --data DIR, or start afresh with --reset.",
  );
}

function notStarting(line: string, folder: string): unknown {
  const explained = explainDisk(new Error(line), folder);
  if (explained instanceof StackError) return explained;
  return new StackError(
    "stack/postgres-not-starting",
    `PostgreSQL did not come up. It said: "${line}". Mend what it names; if the data may be thrown away, start afresh with --reset.`,
  );
}
