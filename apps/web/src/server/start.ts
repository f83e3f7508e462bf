import { faultOfRole } from "@atrium/db";
import { processEnv, readEnv } from "../env.ts";

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
  try {
    const fault = await faultOfRole(read.env.DATABASE_URL);
    return fault === undefined ? [] : [`DATABASE_URL is refused: ${fault}. Give the address of the restricted role.`];
  } catch (error) {
    const why = error instanceof Error ? error.message || ("code" in error ? String(error.code) : error.name) : String(error);
    return [`DATABASE_URL leads to no database that answers: ${why}.`];
  }
}
