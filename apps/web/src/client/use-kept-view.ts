"use client";

import type { TableView } from "@atrium/ui";
import { useMemo, useSyncExternalStore } from "react";
import { z } from "zod";

const viewSchema = z.object({ hiddenColumns: z.array(z.string()), density: z.enum(["comfortable", "compact"]) }).partial();
const never = (): (() => void) => () => undefined;

/** How this person last saw the table of this name, kept in the browser. `key` belongs on the table, which then starts anew. */
export function useKeptView(name: string): { readonly key: string; readonly defaultView: Partial<TableView> | undefined; readonly onViewChange: (view: TableView) => void } {
  const place = `atrium-view-${name}`;
  // Read once: the table itself knows about what it changes later. The server knows no view.
  const [read] = useMemo(() => {
    let kept: string | undefined;
    return [() => (kept ??= localStorage.getItem(place) ?? "")];
  }, [place]);
  const kept = useSyncExternalStore(never, read, () => "");
  const defaultView = useMemo(() => viewSchema.safeParse(readJson(kept)).data, [kept]);
  return { key: kept, defaultView, onViewChange: (view) => localStorage.setItem(place, JSON.stringify(view)) };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
