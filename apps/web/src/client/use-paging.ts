"use client";

import type { TablePaging } from "@atrium/ui";
import { useRef } from "react";
import { useUrlState } from "./use-url-state.ts";

export interface PagingOptions {
  readonly limit: number;
  /** The cursor that the page in sight ended with; null on the last one. */
  readonly next: string | null | undefined;
}

/**
 * Keyset paging with the address: `after` is the cursor, `from` the place of the first row. The cursors of the pages seen
 * on the way are remembered; from an address that came from elsewhere, "previous" leads to the first page.
 */
export function usePaging({ limit, next }: PagingOptions): TablePaging {
  const url = useUrlState();
  const seen = useRef(new Map<number, string>());
  const after = url.get("after") ?? "";
  const from = Math.max(1, Number(url.get("from")) || 1);
  const go = (start: number, cursor: string): void => {
    url.set({ after: cursor, from: cursor === "" ? "" : String(start) }, { isNewEntry: true });
    window.scrollTo({ top: 0 });
  };
  const onNext = (cursor: string) => () => {
    seen.current.set(from, after);
    go(from + limit, cursor);
  };
  const onPrevious = (): void => {
    const start = from - limit;
    const cursor = seen.current.get(start);
    go(cursor === undefined ? 1 : start, cursor ?? "");
  };
  return { from, onPrevious: after === "" ? undefined : onPrevious, onNext: next == null ? undefined : onNext(next) };
}
