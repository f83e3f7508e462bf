import type { OutsideRequest } from "@atrium/identity";
import { Prisma } from "@atrium/db";
import type { Database } from "@atrium/db";
import { anywhereInLike, decodeCursor, pageOf, planAt, standingAt } from "@atrium/kernel";
import type { SubscriptionFacts } from "@atrium/kernel";
import type { Gauge } from "@atrium/limits";
import { limitsAt } from "../override/service.ts";
import type { RunningOverride } from "../override/service.ts";
import { ConsolePage } from "./contract.ts";
import type { SearchConsole } from "./contract.ts";
import { loadOf, pageByUsage } from "./rules.ts";

interface DirectoryRow extends SubscriptionFacts {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly status: string;
  readonly limitsVersion: number;
  readonly hasOverride: boolean;
  readonly perMinute: number | null;
  readonly perHour: number | null;
  readonly until: Date | null;
}

const columns = Prisma.sql`
  t.id, t.slug, t.name, t.status, t.kind, t.plan, t.seats, t.next_plan AS "nextPlan", t.next_seats AS "nextSeats", t.next_plan_at AS "nextPlanAt",
  t.subscription_until AS "subscriptionUntil", t.cancelled_at AS "cancelledAt", t.limits_version AS "limitsVersion",
  o.tenant_id IS NOT NULL AS "hasOverride", o.per_minute AS "perMinute", o.per_hour AS "perHour", o.until`;

/** Companies with what they use now, by address name or the busiest first. */
export async function searchConsole({ database, now, readHouse }: OutsideRequest, search: SearchConsole): Promise<ConsolePage> {
  if (search.order === "usage") {
    const all = await findCompanies(database, search, now);
    const gauges = await readHouse?.gauges(all.map((row) => ({ id: row.id, limits: limitsOf(row, now) })));
    if (gauges) {
      const { page, next } = pageByUsage(all, gauges, search);
      return ConsolePage.parse({ rows: page.map((row) => shown(row, gauges, now)), total: all.length, next, order: "usage" });
    }
  }
  const [last] = search.order === "slug" ? (decodeCursor(search.after ?? "") ?? []) : [];
  const [rows, total] = await Promise.all([
    findCompanies(database, search, now, { from: typeof last === "string" ? last : "", limit: search.limit + 1 }),
    countCompanies(database, search),
  ]);
  const { page, next } = pageOf(rows, search.limit, ({ slug }) => [slug]);
  const gauges = await readHouse?.gauges(page.map((row) => ({ id: row.id, limits: limitsOf(row, now) })));
  return ConsolePage.parse({ rows: page.map((row) => shown(row, gauges, now)), total, next, order: "slug" });
}

const patternOf = ({ search }: SearchConsole): string => anywhereInLike(search?.toLowerCase() ?? "");

function findCompanies(database: Database, search: SearchConsole, now: Date, cut = { from: "", limit: 1_000_000 }): Promise<readonly DirectoryRow[]> {
  const pattern = patternOf(search);
  return database.withSystem(
    (db) => db.$queryRaw<DirectoryRow[]>`
      SELECT ${columns} FROM tenant t
      LEFT JOIN limit_override o ON o.tenant_id = t.id AND o.ended_at IS NULL AND (o.until IS NULL OR o.until > ${now})
      WHERE t.kind = 'company' AND (t.slug LIKE ${pattern} OR lower(t.name) LIKE ${pattern}) AND t.slug > ${cut.from} ORDER BY t.slug LIMIT ${cut.limit}`,
  );
}

async function countCompanies(database: Database, search: SearchConsole): Promise<number> {
  const pattern = patternOf(search);
  const [counted] = await database.withSystem(
    (db) => db.$queryRaw<{ total: number }[]>`
      SELECT count(*)::int AS total FROM tenant WHERE kind = 'company' AND (slug LIKE ${pattern} OR lower(name) LIKE ${pattern})`,
  );
  return counted?.total ?? 0;
}

const overrideIn = (row: DirectoryRow): RunningOverride | undefined => (row.hasOverride ? row : undefined);
const limitsOf = (row: DirectoryRow, now: Date) => limitsAt(row, overrideIn(row), now);

function shown(row: DirectoryRow, gauges: ReadonlyMap<string, Gauge> | undefined, now: Date) {
  const { id, slug, name, status, until } = row;
  const gauge = gauges?.get(id);
  return {
    slug, name, status,
    plan: planAt(row, now).plan,
    standing: standingAt(row, now),
    override: overrideIn(row) ? { until: until?.toISOString() ?? null } : null,
    load: gauge ? loadOf(gauge) : null,
  };
}
