import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root, wherever the command was typed. */
export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** A path inside the repository. */
export const inRoot = (...parts: string[]): string => join(ROOT, ...parts);

/** The data folder: `.atrium` in the repository unless the person named another, seen from where they typed it. */
export function dataFolder(chosen: string | undefined, typedIn: string): string {
  return chosen === undefined ? inRoot(".atrium") : resolve(typedIn, chosen);
}
