import type { Database } from "./database.ts";

/** A company as the directory names it. */
export interface Company {
  readonly id: string;
  readonly slug: string;
}

/** Every company in the order of the address names: ours among them, and the deleted ones while their rows are there. Reads as the system role. */
export function everyCompany(database: Pick<Database, "withSystem">): Promise<readonly Company[]> {
  return database.withSystem((db) => db.$queryRaw<Company[]>`SELECT id, slug FROM tenant ORDER BY slug`);
}
