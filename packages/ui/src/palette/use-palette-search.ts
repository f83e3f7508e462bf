"use client";

import { useEffect, useEffectEvent, useState } from "react";
import type { PaletteGroup } from "./types.ts";

export type PaletteSearch = (query: string, signal: AbortSignal) => Promise<readonly PaletteGroup[]>;

interface Found {
  readonly query: string;
  readonly groups: readonly PaletteGroup[];
}

const nothing: Found = { query: "", groups: [] };
const pauseMs = 150;

/** Asks the server once typing pauses. An answer that a newer question has overtaken is dropped; older results stay meanwhile. */
export function usePaletteSearch(query: string, search: PaletteSearch | undefined): { readonly groups: readonly PaletteGroup[]; readonly isSearching: boolean } {
  const [found, setFound] = useState(nothing);
  const ask = useEffectEvent(async (signal: AbortSignal) => {
    try {
      const groups = (await search?.(query, signal)) ?? [];
      if (!signal.aborted) setFound({ query, groups });
    } catch {
      // What is on the page can still be found; the pages themselves report that the server is away.
      if (!signal.aborted) setFound({ query, groups: [] });
    }
  });
  useEffect(() => {
    if (query === "") return;
    const abort = new AbortController();
    const timer = setTimeout(() => void ask(abort.signal), pauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query]);
  if (query === "") return { groups: nothing.groups, isSearching: false };
  return { groups: found.groups, isSearching: search !== undefined && found.query !== query };
}
