import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { run } from "./processes.ts";
import type { ServiceUser } from "./processes.ts";
import { explainDisk, StackError, systemCode } from "./stack-error.ts";

/** Where the services keep their files, and as whom they run. */
export type Home = {
  /** The launcher's own folder (`.atrium`): secrets, logs, outbox, files. */
  readonly dataDir: string;
  /** The folder whose sub-folders belong to the services; the data folder itself wherever that can be reached. */
  readonly serviceDir: string;
  /** Set only when root starts the stack: the account the services run as. */
  readonly user: ServiceUser | undefined;
};

/** Root's services live here when the data folder lies where only root may enter. */
export const SYSTEM_DIR = "/var/lib/atrium";

const SERVICE_ACCOUNT = "atrium-stack";
const HomeRecord = z.object({ dataDir: z.string(), serviceDir: z.string() });

/**
 * Opens (and makes, the first time) the folders of a stack.
 *
 * PostgreSQL refuses to run as root, so root's services run as an account of their own. An account of another program
 * (`postgres`, `redis`, `nobody`) would hand these processes that program's data, so a fresh system account without
 * login is made instead. In a clone under root's home that account can enter nothing; data then goes to
 * a folder of its own below `/var/lib/atrium`, which is written down in the data folder.
 */
export async function openHome(dataDir: string): Promise<Home> {
  const folder = makeFolder(dataDir);
  const user = process.getuid?.() === 0 ? await serviceUser() : undefined;
  const recorded = recordedServiceDir(folder);
  const serviceDir = recorded ?? (await chooseServiceDir(folder, user));
  if (serviceDir !== folder) {
    makeFolder(serviceDir);
    writeFileSync(recordFile(folder), `${JSON.stringify({ dataDir: folder, serviceDir }, null, 2)}\n`);
  }
  return { dataDir: folder, serviceDir, user };
}

/** Everything the stack writes under a data folder; a folder given with --data may hold more, which is not ours to remove. */
const OURS = ["postgres", "redis", "logs", "outbox", "files", "secrets.json", "services.json", "keys.json"];

/**
 * Removes everything the stack made under a home, the services' folder elsewhere included. The services must be stopped.
 * @param keptName what stays: the keys, where the database they belong to stays as well
 */
export function removeHome(home: Home, keptName?: "keys.json"): void {
  try {
    if (home.serviceDir.startsWith(`${SYSTEM_DIR}/`)) rmSync(home.serviceDir, { recursive: true, force: true });
    for (const name of OURS.filter((ours) => ours !== keptName)) rmSync(join(home.dataDir, name), { recursive: true, force: true });
    if (readdirSync(home.dataDir).length === 0) rmdirSync(home.dataDir);
  } catch (error) {
    throw explainDisk(error, home.dataDir);
  }
}

/** A folder under the home that belongs to the services' account alone. */
export function serviceFolder(home: Home, name: string): string {
  const folder = join(home.serviceDir, name);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (home.user !== undefined) chownSync(folder, home.user.uid, home.user.gid);
    return folder;
  } catch (error) {
    throw explainDisk(error, folder);
  }
}

/** The file under the data folder that a service prints into. */
export function logFile(home: Home, service: string): string {
  const folder = join(home.dataDir, "logs");
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return join(folder, `${service}.log`);
  } catch (error) {
    throw explainDisk(error, folder);
  }
}

/** Whether the services' account may enter a folder: asked of the system itself, which alone knows every rule. */
export async function canEnter(folder: string, user: ServiceUser | undefined): Promise<boolean> {
  return (await run("test", ["-x", folder], { user })).code === 0;
}

function makeFolder(folder: string): string {
  try {
    if (!existsSync(folder)) {
      mkdirSync(folder, { recursive: true });
      // Others may pass through to their own sub-folder but not list; what is secret here has its own mode.
      chmodSync(folder, 0o711);
    }
    const probe = join(folder, ".writable");
    writeFileSync(probe, "probe\n");
    rmSync(probe, { force: true });
    return realpathSync(folder);
  } catch (error) {
    throw explainDisk(error, folder);
  }
}

function recordFile(dataDir: string): string {
  return join(dataDir, "services.json");
}

/** A copied data folder must not share the original's database; a moved one keeps it. */
function recordedServiceDir(dataDir: string): string | undefined {
  if (!existsSync(recordFile(dataDir))) return undefined;
  const record = HomeRecord.safeParse(JSON.parse(readFileSync(recordFile(dataDir), "utf8")));
  if (!record.success) return undefined;
  const isCopy = record.data.dataDir !== dataDir && existsSync(recordFile(record.data.dataDir));
  return isCopy ? undefined : record.data.serviceDir;
}

async function chooseServiceDir(dataDir: string, user: ServiceUser | undefined): Promise<string> {
  if (user === undefined || (await canEnter(dataDir, user))) return dataDir;
  // Never named after the path: a clone that was removed leaves its data here, and a new one in its place is another stack.
  return join(SYSTEM_DIR, randomBytes(8).toString("hex"));
}

async function serviceUser(): Promise<ServiceUser> {
  const existing = await lookUpUser();
  if (existing !== undefined) return existing;
  await addUser();
  const made = await lookUpUser();
  if (made !== undefined) return made;
  throw new StackError(
    "stack/no-service-user",
    `PostgreSQL does not run as root and the account ${SERVICE_ACCOUNT} could not be made. ` +
      `Make it (useradd --system ${SERVICE_ACCOUNT}) or start as an ordinary user.`,
  );
}

async function lookUpUser(): Promise<ServiceUser | undefined> {
  const [uid, gid] = await Promise.all([run("id", ["-u", SERVICE_ACCOUNT]), run("id", ["-g", SERVICE_ACCOUNT])]);
  if (uid.code !== 0 || gid.code !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

async function addUser(): Promise<void> {
  try {
    const args = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"];
    await run("useradd", [...args, "--shell", "/usr/sbin/nologin", SERVICE_ACCOUNT]);
  } catch (error) {
    // Without useradd the look-up that follows finds nothing and says what to do.
    if (systemCode(error) !== "ENOENT") throw error;
  }
}
