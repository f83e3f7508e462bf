import { decodeCursor, pageOf } from "@atrium/kernel";
import type { ConsoleRow } from "./contract.ts";

/** How close a company is to its limits: shares of each window between 0 and 1. */
interface Gauge {
  readonly minuteUsed: number;
  readonly hourUsed: number;
  readonly refused: number;
}

interface Placed {
  readonly id: string;
  readonly slug: string;
}

/** How a gauge is shown. A share that has begun is never nothing, and one that is not all never all. */
export const loadOf = ({ minuteUsed, hourUsed, refused }: Gauge): NonNullable<ConsoleRow["load"]> => ({
  minutePercent: percentOf(minuteUsed),
  hourPercent: percentOf(hourUsed),
  refused,
});

function percentOf(share: number): number {
  if (share <= 0) return 0;
  return share >= 1 ? 100 : Math.min(99, Math.max(1, Math.round(share * 100)));
}

/** The larger share of the two windows, in millionths, so that a cursor can hold it. */
export const weightOf = (gauge: Pick<Gauge, "minuteUsed" | "hourUsed"> | undefined): number =>
  gauge === undefined ? 0 : Math.round(Math.max(gauge.minuteUsed, gauge.hourUsed) * 1_000_000);

/**
 * A page of the companies by what they use, the busiest first, those alike by address name. It goes on below the last
 * company's share: what has moved past it meanwhile is at the top of the first page.
 */
export function pageByUsage<C extends Placed>(
  companies: readonly C[],
  gauges: ReadonlyMap<string, Gauge>,
  { limit, after }: { readonly limit: number; readonly after?: string | null | undefined },
): { readonly page: readonly C[]; readonly next: string | null } {
  const placed = companies.map((company) => ({ company, weight: weightOf(gauges.get(company.id)) }));
  placed.sort((one, other) => other.weight - one.weight || compare(one.company.slug, other.company.slug));
  const [weight, slug] = decodeCursor(after ?? "") ?? [];
  const rest =
    typeof weight === "number" && typeof slug === "string"
      ? placed.filter((one) => one.weight < weight || (one.weight === weight && compare(one.company.slug, slug) > 0))
      : placed;
  const { page, next } = pageOf(rest.slice(0, limit + 1), limit, (last) => [last.weight, last.company.slug]);
  return { page: page.map(({ company }) => company), next };
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
