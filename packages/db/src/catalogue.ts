import pg from "pg";
import { catalogueRules, questionOf } from "./catalogue-rules.ts";
import type { CatalogueRule } from "./catalogue-rules.ts";

export { faultOfRole } from "./restricted-role.ts";

/** A rule that does not hold in a database, and for which tables, columns or roles. */
export interface CatalogueFault extends Pick<CatalogueRule, "name" | "about"> {
  readonly offenders: readonly string[];
}

/**
 * Asks a database's catalogue everything that the test suite asks of the migrated one: an operator's hand may have changed
 * since what a migration had made. Any role may ask; no company's rows are read.
 */
export async function faultsOfCatalogue(url: string): Promise<readonly CatalogueFault[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const faults: CatalogueFault[] = [];
    for (const rule of catalogueRules) {
      const { rows } = await client.query<{ offender: string }>(questionOf(rule));
      if (rows.length > 0) faults.push({ name: rule.name, about: rule.about, offenders: rows.map(({ offender }) => offender) });
    }
    return faults;
  } finally {
    await client.end();
  }
}
