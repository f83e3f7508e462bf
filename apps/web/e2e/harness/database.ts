import { openDatabase } from "@atrium/db";
import type { Database } from "@atrium/db";
import { planTerms } from "@atrium/kernel";
import type { Plan } from "@atrium/kernel";
import { findRunningPostgres, loadSecrets, openHome } from "@atrium/stack";
import type { Company } from "./accounts.ts";
import type { House } from "./env.ts";

/** The database of the house that was started for this run, as the application sees it. */
export async function databaseOf({ folder }: House): Promise<Database> {
  const home = await openHome(folder);
  const running = await findRunningPostgres(home, loadSecrets(home.dataDir));
  if (running === undefined) throw new Error(`No database runs over ${folder}.`);
  return openDatabase({ url: running.appUrl, poolMax: 1 });
}

/** Gives companies their plans, before anybody has come to them. */
export async function setPlans(house: House, plans: Readonly<Record<Company, Plan>>): Promise<void> {
  const database = await databaseOf(house);
  for (const [slug, plan] of Object.entries(plans)) {
    const [tenant] = await database.withSystem((db) => db.$queryRaw<{ id: string }[]>`SELECT id FROM tenant WHERE slug = ${slug}`);
    if (tenant === undefined) throw new Error(`There is no company ${slug}.`);
    await database.withTenant(tenant.id, (db) => db.tenant.updateMany({ where: { id: tenant.id }, data: { plan, seats: planTerms[plan].seats } }));
  }
  await database.close();
}
