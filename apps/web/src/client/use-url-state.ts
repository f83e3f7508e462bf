"use client";

import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

export interface UrlState {
  /** The value of a name in the address; null when it is not there. */
  readonly get: (name: string) => string | null;
  /** Every value of a name that stands there more than once. */
  readonly getAll: (name: string) => string[];
  /** Writes values into the address; an empty one is left out. The page is not loaded anew. */
  readonly set: (changes: Readonly<Record<string, string | readonly string[]>>, options?: { readonly isNewEntry?: boolean }) => void;
}

/**
 * What a list shows, kept in the address, so that "back" and a sent link find the same list. A change replaces the entry in
 * the browser's history unless `isNewEntry`, which makes "back" undo it.
 */
export function useUrlState(): UrlState {
  const params = useSearchParams();
  const set = useCallback<UrlState["set"]>((changes, { isNewEntry = false } = {}) => {
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(changes)) {
      next.delete(name);
      for (const one of typeof value === "string" ? [value] : value) if (one !== "") next.append(name, one);
    }
    const query = next.toString();
    const address = query === "" ? window.location.pathname : `?${query}`;
    if (isNewEntry) window.history.pushState(null, "", address);
    else window.history.replaceState(null, "", address);
  }, []);
  return { get: (name) => params.get(name), getAll: (name) => params.getAll(name), set };
}
