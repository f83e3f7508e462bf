"use client";

import { differenceKinds } from "@atrium/payroll/contract";
import type { DifferenceKind } from "@atrium/payroll/contract";
import { keepPreviousData } from "@tanstack/react-query";
import { trpc } from "../../../../../../client/trpc.ts";
import { useUrlState } from "../../../../../../client/use-url-state.ts";

export const rowsAtOnce = 50;

/** Which differences the address asks for; undefined for all. */
export function useDifferenceKind(): DifferenceKind | undefined {
  const given = useUrlState().get("kind");
  return differenceKinds.find((one) => one === given);
}

/** The differences from the month before that the address asks for. */
export function useDifferences(id: string, isWanted = true) {
  const input = { id, kind: useDifferenceKind(), limit: rowsAtOnce, after: useUrlState().get("after") };
  return trpc.payroll.review.differences.useQuery(input, { enabled: isWanted, placeholderData: keepPreviousData });
}

/** The payslips that the address asks for. */
export function useSlips(id: string, isWanted = true) {
  const url = useUrlState();
  const input = { id, search: url.get("search") ?? "", limit: rowsAtOnce, after: url.get("after") };
  return trpc.payroll.review.slips.useQuery(input, { enabled: isWanted, placeholderData: keepPreviousData });
}
