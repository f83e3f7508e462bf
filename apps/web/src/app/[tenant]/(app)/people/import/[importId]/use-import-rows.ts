"use client";

import { importFates } from "@atrium/people/contract";
import type { ImportFate } from "@atrium/people/contract";
import { keepPreviousData } from "@tanstack/react-query";
import { trpc } from "../../../../../../client/trpc.ts";
import { useUrlState } from "../../../../../../client/use-url-state.ts";

export const rowsAtOnce = 100;

/** The fate whose rows the address asks for; undefined for all. */
export function useFate(): ImportFate | undefined {
  const given = useUrlState().get("fate");
  return importFates.find((known) => known === given);
}

/** The rows of an import behind a place in the file, of one fate or of all. */
export const useImportRows = (id: string, fate: ImportFate | undefined, after: number) =>
  trpc.people.import.rows.useQuery({ id, fate, after, limit: rowsAtOnce }, { placeholderData: keepPreviousData });
