"use client";

import type { YearMonth } from "@atrium/kernel";
import { keepPreviousData } from "@tanstack/react-query";
import { trpc } from "../../../../../../client/trpc.ts";
import { useUrlState } from "../../../../../../client/use-url-state.ts";

export const peopleAtOnce = 50;

/** The people of a month whom the address asks for. */
export function useMonthPeople(period: YearMonth) {
  const url = useUrlState();
  const input = { period, search: url.get("search") ?? "", limit: peopleAtOnce, after: url.get("after") };
  return trpc.payroll.month.people.useQuery(input, { placeholderData: keepPreviousData });
}
