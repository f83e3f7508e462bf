import { randomBytes } from "node:crypto";
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { readKeySet, WrittenKeySet } from "./key-set.ts";

/**
 * Adds a fresh key to a file of keys and makes it the current one. The others stay: what is not wrapped anew yet needs them, and
 * so do backups. Throws an Error with a sentence while somebody else is at the file. @returns the new key's name
 */
export function addKey(path: string, day: string): string {
  const lock = `${path}.lock`;
  try {
    // Two at once would each write a file without the other's key, and what it has wrapped by then would be lost.
    closeSync(openSync(lock, "wx", 0o600));
  } catch (error) {
    throw new Error(`Somebody else is changing ${path}. Wait for them; if nobody is, remove ${lock} and try again.`, { cause: error });
  }
  try {
    const text = readFileSync(path, "utf8");
    readKeySet(text, path);
    const written = WrittenKeySet.parse(JSON.parse(text));
    const id = `k${day.replaceAll("-", "")}-${randomBytes(3).toString("hex")}`;
    const added = { current: id, keys: { ...written.keys, [id]: randomBytes(32).toString("base64") } };
    writeFileSync(`${path}.new`, `${JSON.stringify(added, null, 2)}\n`, { mode: 0o600, flush: true });
    renameSync(`${path}.new`, path);
    return id;
  } finally {
    rmSync(lock, { force: true });
  }
}
