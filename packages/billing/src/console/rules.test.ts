import { describe, expect, test } from "vitest";
import { loadOf, pageByUsage, weightOf } from "./rules.ts";

const gauge = (minuteUsed: number, hourUsed = 0) => ({ minuteUsed, hourUsed, refused: 0 });

describe("a share of a limit", () => {
  test.each([[0, 0], [0.0001, 1], [0.004, 1], [0.5, 50], [0.994, 99], [0.9999, 99], [1, 100]])("of %f is shown as %i %%", (share, percent) => {
    expect(loadOf({ minuteUsed: share, hourUsed: 0, refused: 0 }).minutePercent).toBe(percent);
  });

  test("counts by its larger window, and a company that nobody asked about uses nothing", () => {
    expect([weightOf(gauge(0.2, 0.7)), weightOf(gauge(0.2, 0.1)), weightOf(undefined)]).toEqual([700_000, 200_000, 0]);
  });
});

describe("companies by usage", () => {
  const companies = ["delta", "alpha", "echo", "bravo", "charlie"].map((slug) => ({ id: `ten_${slug}`, slug }));
  const gauges = new Map([["ten_charlie", gauge(0.5)], ["ten_echo", gauge(0.1, 0.9)], ["ten_bravo", gauge(0.5)]]);
  const inOrder = ["echo", "bravo", "charlie", "alpha", "delta"];

  test("begin with the busiest, those alike by address name", () => {
    expect(pageByUsage(companies, gauges, { limit: 10 })).toEqual({ page: inOrder.map((slug) => ({ id: `ten_${slug}`, slug })), next: null });
  });

  test.each([1, 2, 3, 4, 5])("come once each in pages of %i", (limit) => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { page, next }: ReturnType<typeof pageByUsage> = pageByUsage(companies, gauges, { limit, after });
      seen.push(...page.map(({ slug }) => slug));
      after = next;
    } while (after !== null);
    expect(seen).toEqual(inOrder);
  });

  test("begin anew for a cursor that is none", () => {
    expect(pageByUsage(companies, gauges, { limit: 1, after: "nonsense" }).page).toEqual([{ id: "ten_echo", slug: "echo" }]);
  });
});
