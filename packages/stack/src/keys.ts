import { randomBytes } from "node:crypto";
import { existsSync, linkSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { explainDisk, systemCode } from "./stack-error.ts";

/**
 * The file of keys of a data folder: whatever is sealed in the database opens with it alone, so it is made once and never
 * written over. `keys rotate` adds to it. @returns its path
 */
export function keyFile(dataDir: string): string {
  const file = join(dataDir, "keys.json");
  if (existsSync(file)) return file;
  const fresh = `${file}.${randomBytes(6).toString("hex")}`;
  // A name of its own: a file that was lost and made anew must not pass for the one that is missed.
  const id = `k1-${randomBytes(3).toString("hex")}`;
  try {
    writeFileSync(fresh, `${JSON.stringify({ current: id, keys: { [id]: randomBytes(32).toString("base64") } }, null, 2)}\n`, { mode: 0o600 });
    // A link fails where a file is already, a renaming would put it in the other's place.
    linkSync(fresh, file);
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw explainDisk(error, file);
  } finally {
    rmSync(fresh, { force: true });
  }
  return file;
}
