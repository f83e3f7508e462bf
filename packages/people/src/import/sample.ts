import { readFile } from "node:fs/promises";

/** The sample of a file of joiners, with rows that are good and rows that show every kind of mistake. */
export function sampleJoiners(): Promise<string> {
  return readFile(new URL("../../samples/joiners.csv", import.meta.url), "utf8");
}
