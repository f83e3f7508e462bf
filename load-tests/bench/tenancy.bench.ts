/* What the tenant transaction costs: one page of 50 people read inside it, against the same query on its own. */
import { openDatabase, Prisma } from "@atrium/db";
import { openWithoutTransaction } from "@atrium/db/bench";
import { migrate } from "@atrium/db/migrate";
import { dayIn } from "@atrium/kernel";
import { startTestServers } from "@atrium/stack/testing";
import { testKeyring } from "@atrium/vault/testing";
import { makeCompany } from "../../prisma/seed/company.ts";
import { scenarios } from "../../prisma/seed/scenarios.ts";
import { median, percentile, rounded, timed } from "./statistics.ts";

const rounds = 400;
const warmUp = 50;
const connections = 4;

const page = Prisma.sql`
  SELECT e.id, e.code, e.full_name, e.designation, e.joined_on, d.name AS department, l.name AS location
  FROM employee e
  JOIN department d ON d.tenant_id = e.tenant_id AND d.id = e.department_id
  JOIN location l ON l.tenant_id = e.tenant_id AND l.id = e.location_id
  ORDER BY e.name_lower, e.id LIMIT 50`;

export async function run(): Promise<Readonly<Record<string, unknown>>> {
  const servers = await startTestServers();
  const database = openDatabase({ url: servers.appUrl, poolMax: connections });
  try {
    await migrate({ ownerUrl: servers.ownerUrl });
    const now = new Date();
    const [plan] = scenarios["demo"]?.companies ?? [];
    if (!plan) throw new Error("The demo scenario has no company.");
    const { tenantId } = await makeCompany(database, plan, "none", { now, today: dayIn(now, "Asia/Kolkata"), keyring: testKeyring() });
    const plain = openWithoutTransaction(servers.appUrl, tenantId, connections);
    const inTransaction = () => database.withTenant(tenantId, (db) => db.$queryRaw(page));
    const alone = () => plain.$queryRaw(page);
    const rows = await alone();
    if (!Array.isArray(rows) || rows.length !== 50) throw new Error("The query must answer 50 people.");
    const figures = await compare(inTransaction, alone);
    await plain.$disconnect();
    return figures;
  } finally {
    await database.close();
    await servers.stop();
  }
}

/** The two in turn, so that a machine that slows down slows both; the ratio is the median of the pairs. */
async function compare(inTransaction: () => Promise<unknown>, alone: () => Promise<unknown>): Promise<Readonly<Record<string, unknown>>> {
  const pairs: { readonly confined: number; readonly plain: number }[] = [];
  for (let i = 0; i < warmUp + rounds; i += 1) {
    const pair = { confined: await timed(inTransaction), plain: await timed(alone) };
    if (i >= warmUp) pairs.push(pair);
  }
  const confined = pairs.map((pair) => pair.confined);
  const plain = pairs.map((pair) => pair.plain);
  return {
    ratio: rounded(median(pairs.map((pair) => pair.confined / pair.plain))),
    confinedMs: { p50: rounded(median(confined)), p95: rounded(percentile(confined, 0.95)) },
    plainMs: { p50: rounded(median(plain)), p95: rounded(percentile(plain, 0.95)) },
    rounds,
  };
}
