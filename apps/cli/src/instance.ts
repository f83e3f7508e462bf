import { commandLine, explainDisk, systemCode } from "@atrium/stack";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readCliEnv } from "./env.ts";
import { Refusal } from "./report.ts";

const Instance = z.object({
  pid: z.number().int(),
  url: z.string(),
  /** Where the REST door to its Redis is, once that is open; its token lies with the other secrets. */
  redisUrl: z.string().optional(),
});

/**
 * Takes a data folder for this process alone; two launchers on one database would stop each other's servers.
 * What a killed launcher left is recognised and taken over.
 * @returns gives the folder back
 */
export async function takeDataFolder(dataDir: string, url: string): Promise<() => Promise<void>> {
  const file = heldBy(dataDir);
  const release = async () => rmSync(file, { force: true });
  for (;;) {
    try {
      mkdirSync(dataDir, { recursive: true });
      writeFileSync(file, `${JSON.stringify({ pid: process.pid, url })}\n`, { flag: "wx" });
      return release;
    } catch (error) {
      if (systemCode(error) !== "EEXIST") throw explainDisk(error, dataDir);
    }
    const holder = readHolder(file);
    if (holder !== undefined && (await isLauncher(holder.pid))) {
      throw new Refusal(
        `Atrium is already running on ${dataDir} (process ${holder.pid}, ${holder.url}). ` +
          "Stop it with Ctrl-C there, or give this one a folder and a port of its own: npm start -- --data DIR --port N.",
      );
    }
    rmSync(file, { force: true });
  }
}

/** Where people reach the Atrium over a data folder: as the operator says, else where it runs or ran last. */
export const addressOver = (dataDir: string): string => (readCliEnv().ATRIUM_URL ?? readHolder(heldBy(dataDir))?.url ?? "http://localhost:3000").replace(/\/$/, "");

/** Writes down where the REST door of this launcher's Redis is: its port is another at every start. */
export function noteRedis(dataDir: string, redisUrl: string): void {
  const file = heldBy(dataDir);
  const holder = readHolder(file);
  if (holder?.pid !== process.pid) return;
  // Beside and renamed, so that nobody reads half of it.
  writeFileSync(`${file}.new`, `${JSON.stringify({ ...holder, redisUrl })}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/**
 * Where the REST door of the running launcher's Redis is; undefined when none runs. What a killed one left says nothing:
 * its port may be another program's by now, which must not be told the token.
 */
export async function redisOver(dataDir: string): Promise<string | undefined> {
  const holder = readHolder(heldBy(dataDir));
  return holder?.redisUrl !== undefined && (await isLauncher(holder.pid)) ? holder.redisUrl : undefined;
}

const heldBy = (dataDir: string): string => join(dataDir, "launcher.json");

function readHolder(file: string): z.infer<typeof Instance> | undefined {
  try {
    return Instance.safeParse(JSON.parse(readFileSync(file, "utf8"))).data;
  } catch {
    // Half a file from a full disk, or its owner gave it back at this moment: either way nobody holds the folder.
    return undefined;
  }
}

/** A process id is used again after a while, so the command line has to say that it is a launcher. */
async function isLauncher(pid: number): Promise<boolean> {
  if (pid === process.pid) return false;
  const command = await commandLine(pid);
  return command !== undefined && /\bcli\/(src\/main\.ts|bin\/atrium\.mjs)\b/.test(command);
}
