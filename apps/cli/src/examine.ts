import { existsSync, statSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { faultsOf } from "./audit.ts";
import { pendingMigrations } from "./database.ts";
import type { House } from "./house.ts";

/** Where to find what the doctor looks at. What is missing is not running, or was not named. */
export interface Patient {
  /** The data folder, and where the services keep theirs when that is elsewhere. */
  readonly folders: readonly string[];
  readonly appUrl: string | undefined;
  /** The file of keys, when they lie in one. */
  readonly keysFile: string | undefined;
  readonly house: House | undefined;
  /** The address of the Redis that was named, and what it asks for. */
  readonly redis: { readonly url: string; readonly token: string } | undefined;
  readonly jobsUrl: string | undefined;
  /** The running application, which knows the services of its own stack. */
  readonly webUrl: string | undefined;
}

/** One line of the doctor's. */
export interface Diagnosis {
  readonly name: string;
  readonly isWell: boolean;
  /** A word on it; when it is not well, a sentence that says how to mend it. */
  readonly said: string;
}

/** What is not well, in a sentence that says how to mend it. */
class Ailment extends Error {}

const notRunning = "Atrium is not running on this data folder. Start it with npm start, or name the services in the environment.";

/** Looks at every part, one after the other, so that each is told once and the first cause stands first. */
export async function examine(patient: Patient): Promise<readonly Diagnosis[]> {
  const parts: Readonly<Record<string, (patient: Patient) => Promise<string>>> = {
    database, migrations, "roles and grants": rights, "RLS gate": isolation, "encryption keys": keys, Redis: redis, "job server": jobs,
    "disk space": disk, "audit heads": auditHeads,
  };
  const found: Diagnosis[] = [];
  for (const [name, look] of Object.entries(parts)) {
    found.push(
      await look(patient).then(
        (said) => ({ name, isWell: true, said }),
        (error: unknown) => ({ name, isWell: false, said: sentenceOf(error) }),
      ),
    );
  }
  return found;
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const last = error.message.trim().split("\n").at(-1) ?? "";
  return last === "" ? error.name : last;
}

/** A part that is asked for but has not been found. */
function needed<T>(part: T | undefined): T {
  if (part === undefined) throw new Ailment(notRunning);
  return part;
}

async function database({ house, appUrl }: Patient): Promise<string> {
  await needed(house).database.ping();
  return new URL(needed(appUrl)).host;
}

async function migrations({ appUrl }: Patient): Promise<string> {
  const pending = await pendingMigrations(needed(appUrl));
  if (pending.length === 0) return "up to date";
  throw new Ailment(`${pending.length} of this version's are not applied (first: ${pending[0] ?? ""}). Apply them: atrium migrate.`);
}

async function rights({ appUrl }: Patient): Promise<string> {
  const { faultOfRole, faultsOfCatalogue } = await import("@atrium/db/catalogue");
  const fault = await faultOfRole(needed(appUrl));
  if (fault !== undefined) throw new Ailment(`The application must not run like this: ${fault}. Let DATABASE_URL name the role atrium_app.`);
  return noneOf((await faultsOfCatalogue(needed(appUrl))).filter(({ about }) => about === "rights"));
}

async function isolation({ appUrl }: Patient): Promise<string> {
  const { faultsOfCatalogue } = await import("@atrium/db/catalogue");
  return noneOf((await faultsOfCatalogue(needed(appUrl))).filter(({ about }) => about !== "rights"));
}

function noneOf(faults: readonly { readonly name: string; readonly offenders: readonly string[] }[]): string {
  const told = faults.map(({ name, offenders }) => `"${name}" does not hold: ${offenders.join(", ")}`);
  if (told.length === 0) return "";
  throw new Ailment(`${told.join("; ")}. Somebody changed the database by hand: undo it as atrium_owner, in the way the table's migration has it.`);
}

async function keys({ house, keysFile }: Patient): Promise<string> {
  if (keysFile !== undefined && !existsSync(keysFile)) throw new Ailment(`${keysFile} is missing. Put it back from its own backup: what is sealed opens with it alone.`);
  if (keysFile !== undefined && (statSync(keysFile).mode & 0o077) !== 0) {
    throw new Ailment(`Others on this machine can read ${keysFile}. Take their rights away: chmod 600 ${keysFile}.`);
  }
  const { database: open, keyring } = needed(house);
  const { everyCompany } = await import("@atrium/db");
  const locked: string[] = [];
  let opened = 0;
  for (const { id, slug } of await everyCompany(open)) {
    await open.withTenant(id, async (db) => {
      // Asking for the vault of a company without keys would make some.
      if ((await db.tenantKey.count({ where: { tenantId: id } })) === 0) return;
      await keyring.vaultOf(db, id).then(() => (opened += 1), () => locked.push(slug));
    });
  }
  if (locked.length === 0) return `open those of ${opened} companies`;
  throw new Ailment(`The keys do not open those of ${locked.join(", ")}. Put back the file of keys that belongs to this database, from its own backup.`);
}

async function redis({ redis: named, webUrl }: Patient): Promise<string> {
  if (named) return answer(`${named.url}/ping`, "Redis", { authorization: `Bearer ${named.token}` });
  return throughTheApplication(webUrl, "redis");
}

async function jobs({ jobsUrl, webUrl }: Patient): Promise<string> {
  return jobsUrl === undefined ? throughTheApplication(webUrl, "jobs") : answer(`${jobsUrl}/health`, "The job server");
}

const patienceMs = 5_000;

async function answer(url: string, who: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const { status, ok } = await fetch(url, { headers, signal: AbortSignal.timeout(patienceMs) }).catch(() => {
    throw new Ailment(`${who} does not answer at ${new URL(url).host}. Start it, or mend its address in the environment.`);
  });
  if (!ok) throw new Ailment(`${who} at ${new URL(url).host} answers ${status}. Look into its log, and at its token in the environment.`);
  return new URL(url).host;
}

/** The embedded services answer at addresses that their application alone knows, and it tells this machine how they are. */
async function throughTheApplication(webUrl: string | undefined, part: "redis" | "jobs"): Promise<string> {
  const { z } = await import("zod");
  const readiness = z.object({ checks: z.array(z.object({ name: z.string(), isWell: z.boolean() })) });
  const told = await fetch(`${needed(webUrl)}/api/health/ready`, { signal: AbortSignal.timeout(patienceMs) }).catch(() => {
    throw new Ailment(`The application does not answer at ${webUrl ?? ""}. Its log lies in the data folder under logs/.`);
  });
  const check = readiness.parse(await told.json()).checks.find(({ name }) => name === part);
  if (check?.isWell !== true) throw new Ailment("The running application cannot reach it. Its log, in the data folder under logs/, says why; start Atrium again.");
  return "as the application sees it";
}

const leastFreeBytes = 2 * 1024 ** 3;

async function disk({ folders }: Patient): Promise<string> {
  const disks = await Promise.all(
    folders.map(async (folder) => {
      const { bavail, bsize } = await statfs(folder);
      return { folder, free: bavail * bsize };
    }),
  );
  const gigabytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GB free`;
  const full = disks.find(({ free }) => free < leastFreeBytes);
  if (full) throw new Ailment(`Only ${gigabytes(full.free)} on the disk of ${full.folder}. Free some space before the database has to stop.`);
  return gigabytes(Math.min(...disks.map(({ free }) => free)));
}

async function auditHeads({ house }: Patient): Promise<string> {
  const opened = needed(house);
  const [{ everyCompany }, { auditedCompany, verifyNewest }] = await Promise.all([import("@atrium/db"), import("@atrium/identity")]);
  const all = await everyCompany(opened.database);
  const faults: string[] = [];
  for (const { id, slug } of all) {
    const found = faultsOf(await verifyNewest(auditedCompany(opened, id)));
    faults.push(...found.map((fault) => `${slug}: ${fault}`));
  }
  if (faults.length > 0) throw new Ailment(`${faults.join(" ")} Change nothing, and read ops/security.md; atrium audit verify looks at every row.`);
  return `of ${all.length} companies agree with their newest anchors`;
}
