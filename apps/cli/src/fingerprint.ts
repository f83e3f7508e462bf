import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { ROOT } from "./paths.ts";

const LEFT_OUT = /^(node_modules|\.next|generated|e2e|next-env\.d\.ts)$|\.test\.tsx?$/;

/**
 * A digest of the contents of files: equal when nothing that matters has changed.
 * @param patterns globs from the repository's root; files that are generated, or only tests, are left out
 */
export function fingerprint(patterns: readonly string[]): string {
  const hash = createHash("sha256").update(process.version);
  const entries = globSync(patterns, { cwd: ROOT, withFileTypes: true, exclude: ({ name }) => LEFT_OUT.test(name) });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
  for (const file of files.sort()) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  return hash.digest("hex");
}
