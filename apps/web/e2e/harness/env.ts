import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

const House = z.object({
  /** Where the application answers. */
  url: z.string(),
  /** Its data, and the sessions of those who are signed in to it. */
  folder: z.string(),
  password: z.string(),
});
export type House = z.output<typeof House>;

const variable = "ATRIUM_E2E_HOUSE";

/** The house that was started for this run; undefined before it stands. */
export function house(): House | undefined {
  const told = process.env[variable];
  return told === undefined ? undefined : House.parse(JSON.parse(told));
}

/** Tells the workers, which inherit the environment, where the house stands. */
export function announceHouse(made: House): void {
  process.env[variable] = JSON.stringify(made);
}

/** What the launcher is given of the terminal's variables: nothing that could lead it to somebody's real database. */
export function bareEnvironment(): Record<string, string> {
  const kept = ["PATH", "HOME", "LANG", "TMPDIR", "USER"];
  return Object.fromEntries(kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}

/** Where the pictures for people go. */
export const picturesFolder = process.env["ATRIUM_PICTURES"] ?? join(tmpdir(), "atrium-pictures");

export const isRoot = process.getuid?.() === 0;
