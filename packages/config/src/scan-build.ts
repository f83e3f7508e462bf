/*
 * Searches a web build for secrets: `node packages/config/src/scan-build.ts apps/web/.next MARK`. The build was made with
 * MARK in the place of every secret of the environment. Besides it, what the environment and the data folder hold now may
 * not be in there. Says each find without repeating it, and ends with 1.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { environmentSecrets } from "./env.ts";
import { repository } from "./fixture-house.ts";
import { leaksInBuild } from "./secrets.ts";

const [build = "apps/web/.next", mark] = process.argv.slice(2);
const secrets = new Map([...environmentSecrets, ...storedSecrets(join(repository, ".atrium")), ...(mark === undefined ? [] : [["a secret of the build's environment", mark] as const])]);
const leaks = await leaksInBuild(join(repository, build), secrets);
for (const { file, what } of leaks) process.stdout.write(`${build}/${file}: ${what}\n`);
process.exitCode = leaks.length === 0 ? 0 : 1;

/** Every longer text in the data folder's files that nobody but their owner may read. */
function storedSecrets(folder: string): readonly (readonly [string, string])[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).map((name) => join(folder, name)).filter((path) => isPrivate(path));
  return files.flatMap((path) => (readFileSync(path, "utf8").match(/[\w+/=-]{24,}/g) ?? []).map((value, i) => [`text ${i + 1} of ${path}`, value] as const));
}

function isPrivate(path: string): boolean {
  const found = statSync(path);
  return found.isFile() && found.size < 100_000 && (found.mode & 0o077) === 0;
}
