import { faultOfRole } from "@atrium/db";
import { openKeyring } from "@atrium/vault";
import { processEnv, readEnv } from "../env.ts";
import type { Env } from "../env.ts";

/**
 * Checks all that can be wrong with the surroundings. Says each fault in a sentence and ends the process, or comes back.
 * Nothing needs to be closed at the end: on SIGTERM and SIGINT Next takes no more requests and lets the running ones
 * finish, and with the last of them the last transaction is over.
 */
export async function start(): Promise<void> {
  const faults = await faultsOf(processEnv());
  if (faults.length > 0) {
    process.stderr.write(`Atrium cannot start:\n${faults.map((fault) => `  ${fault}\n`).join("")}`);
    process.exit(1);
  }
}

/** One sentence for each variable that is wrong; none when the app may start. */
export async function faultsOf(source: Readonly<Record<string, string | undefined>>): Promise<readonly string[]> {
  const read = readEnv(source);
  if ("faults" in read) return read.faults;
  return [...(await faultsOfDatabase(read.env)), ...(await faultsOfKeyFile(read.env))];
}

async function faultsOfDatabase({ DATABASE_URL: url }: Env): Promise<readonly string[]> {
  try {
    const fault = await faultOfRole(url);
    return fault === undefined ? [] : [`DATABASE_URL is refused: ${fault}. Give the address of the restricted role.`];
  } catch (error) {
    return [`DATABASE_URL leads to no database that answers: ${reasonOf(error)}.`];
  }
}

async function faultsOfKeyFile(env: Env): Promise<readonly string[]> {
  try {
    await openKeyring(env).encryption.currentId();
    return [];
  } catch (error) {
    return [`ATRIUM_KEYS_FILE cannot be used: ${reasonOf(error).replace(/\.$/, "")}.`];
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message || ("code" in error ? String(error.code) : error.name) : String(error);
