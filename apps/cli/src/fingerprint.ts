import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { ROOT } from "./paths.ts";

const LEFT_OUT = /^(node_modules|\.next|generated|e2e|next-env\.d\.ts)$|\.test\.tsx?$/;

/**
 * A digest of the contents of files: equal when nothing that matters has changed.
 * @param patterns globs from the repository's root; files that are generated, or only tests, are left out
 */
export function fingerprint(patterns: readonly string[]): string {
  const hash = createHash("sha256").update(process.version);
  for (const file of sourcesIn(ROOT, patterns)) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  return hash.digest("hex");
}

/** The files below `root` that the patterns name, in order. */
export function sourcesIn(root: string, patterns: readonly string[]): string[] {
  // The exclusion keeps the search out of folders; what a pattern names outright passes it by.
  const entries = globSync(patterns, { cwd: root, withFileTypes: true, exclude: ({ name }) => LEFT_OUT.test(name) });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => relative(root, join(entry.parentPath, entry.name)));
  return files.filter((file) => !file.split(sep).some((part) => LEFT_OUT.test(part))).sort();
}
