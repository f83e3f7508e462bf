import { inContext } from "@atrium/api/testing";
import { openDatabase } from "@atrium/db";
import type { Database, TenantDb } from "@atrium/db";
import { hashPassword } from "@atrium/identity/testing";
import { addMonths, dayIn, lastDay, monthOf } from "@atrium/kernel";
import { payMonth } from "@atrium/payroll/testing";
import { addSampleCalendar } from "@atrium/time";
import { openKeyring } from "@atrium/vault";
import type { Keyring, KeyringOptions } from "@atrium/vault";
import { makeCompany } from "./company.ts";
import type { CompanyPlan } from "./company.ts";
import { scenarios } from "./scenarios.ts";
import type { Scenario } from "./scenarios.ts";

export { demoAccounts } from "./company.ts";
export { scenarios } from "./scenarios.ts";

export interface SeedRequest {
  /** One of `scenarios`. */
  readonly name: string;
  /** The database as the restricted role: a seed can do nothing that the application cannot. */
  readonly appUrl: string;
  /** Every account of the scenario signs in with it. */
  readonly password: string;
  /** The keys that the application has: it could open nothing that was sealed by others. */
  readonly keys: KeyringOptions;
  readonly now?: Date;
}

const timeZone = "Asia/Kolkata";

/** Makes the scenario's companies that are not there yet. Whether any was made is the answer; twice is the same as once. */
export async function seed({ name, appUrl, password, keys, now = new Date() }: SeedRequest): Promise<{ readonly made: boolean }> {
  const scenario = scenarios[name];
  if (!scenario) throw new RangeError(`There is no scenario called "${name}".`);
  const database = openDatabase({ url: appUrl, poolMax: 2 });
  try {
    const missing = await missingCompanies(database, scenario);
    if (missing.length === 0) return { made: false };
    const passwordHash = await hashPassword(password);
    const keyring = openKeyring(keys);
    for (const plan of missing) await makeWithHistory(database, plan, { passwordHash, keyring, now, monthsPaid: scenario.monthsPaid });
    return { made: true };
  } finally {
    await database.close();
  }
}

async function missingCompanies(database: Database, { companies }: Scenario): Promise<readonly CompanyPlan[]> {
  const taken = await database.withSystem((db) => db.$queryRaw<{ slug: string }[]>`SELECT slug FROM tenant`);
  const slugs = new Set(taken.map(({ slug }) => slug));
  return companies.filter(({ slug }) => !slugs.has(slug));
}

interface History {
  readonly passwordHash: string;
  readonly keyring: Keyring;
  readonly now: Date;
  readonly monthsPaid: number;
}

/** The company and the months it has paid, each on its last day at noon. */
async function makeWithHistory(database: Database, plan: CompanyPlan, { passwordHash, keyring, now, monthsPaid }: History): Promise<void> {
  const today = dayIn(now, timeZone);
  await makeCompany(database, plan, passwordHash, { now, today, keyring }, async (db, made) => {
    const tenant = { id: made.tenantId, slug: plan.slug, name: plan.name, timeZone };
    await inContext(within(db), tenant, (ctx) => addSampleCalendar(ctx), { now });
    for (let ago = monthsPaid; ago > 0; ago -= 1) {
      const period = addMonths(monthOf(today), -ago);
      const paidAt = new Date(`${lastDay(period)}T12:00:00+05:30`);
      await payMonth(within(db), tenant, { period, startedBy: made.payrollMemberId, approvedBy: made.ownerMemberId, now: paidAt });
    }
  });
}

/** Each step opens a transaction of its own; here all are part of the one that makes the company. */
const within = (db: TenantDb): Pick<Database, "withTenant"> => ({ withTenant: (_tenantId, work) => work(db) });
