// npm run gen -- PACKAGE SLICE [PERMISSION]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { filesOf, namesOf } from "./slice-template.ts";
import { wireContract, wireIndex } from "./slice-wiring.ts";

/** What stops a slice from being made, in a sentence for the person at the keyboard. */
class Refused extends Error {}

/**
 * Writes a slice of seven files into a domain package and wires it into the package's two doors.
 * Returns the files made or changed, from the repository's root.
 */
export function generateSlice(root: string, room: string, slice: string, permission = "home:read"): string[] {
  const source = join("packages", room, "src");
  const folder = join(source, slice);
  for (const name of [room, slice]) {
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) throw new Refused(`"${name}" is not a name in kebab-case, such as leave-requests.`);
  }
  const doors = { contract: join(source, "contract.ts"), index: join(source, "index.ts") };
  for (const door of Object.values(doors)) {
    if (!existsSync(join(root, door))) throw new Refused(`${door} does not exist: slices live in domain packages, such as people.`);
  }
  if (existsSync(join(root, folder))) throw new Refused(`${folder} exists already: choose another name, or delete it first.`);

  const names = namesOf(room, slice, permission);
  const files = Object.entries(filesOf(names)).map(([file, text]) => [join(folder, file), text] as const);
  mkdirSync(join(root, folder));
  for (const [file, text] of files) writeFileSync(join(root, file), text);
  rewrite(join(root, doors.contract), (text) => wireContract(text, names));
  rewrite(join(root, doors.index), (text) => wireIndex(text, names));
  return [...files.map(([file]) => file), ...Object.values(doors)];
}

function rewrite(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, "utf8")));
}

function main(): void {
  const [room, slice, permission] = process.argv.slice(2);
  if (room === undefined || slice === undefined) throw new Refused("Say which: npm run gen -- PACKAGE SLICE [PERMISSION], e.g. npm run gen -- people leave people:write");
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  for (const file of generateSlice(root, room, slice, permission)) console.log(file);
}

if (import.meta.main) {
  try {
    main();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
