import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { command } from "./commands.ts";
import { fingerprint } from "./fingerprint.ts";
import { inRoot } from "./paths.ts";
import { Refusal } from "./report.ts";

const STAMP = inRoot("packages", "db", "src", "generated", ".made-from");

const wanted = () => fingerprint(["prisma/schema/*.prisma", "packages/db/package.json"]);

/** Whether the database client was made from another schema than the one that lies here now. */
export function isClientStale(): boolean {
  return !existsSync(STAMP) || readFileSync(STAMP, "utf8") !== wanted();
}

/** Makes the typed database client from the schema. */
export async function generateClient(signal?: AbortSignal): Promise<void> {
  const made = wanted();
  const { isOk, output } = await command("npm", ["run", "--silent", "generate", "-w", "@atrium/db"], signal === undefined ? {} : { signal });
  if (!isOk) throw new Refusal(`The database client could not be made from prisma/schema:\n${output.trim()}`);
  writeFileSync(STAMP, made);
}
