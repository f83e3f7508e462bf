"use client";

import type { Crumb } from "@atrium/ui";
import { createContext, use, useEffect } from "react";

/** How a page tells the frame the way to itself. */
export const TrailContext = createContext<(crumbs: readonly Crumb[]) => void>(() => undefined);

/**
 * Puts the way to this page into the top bar, e.g. `<Trail items={[{ label: "People", href }, { label: name }]} />`. Shown
 * after the company's home, for as long as this stands on the page.
 */
export function Trail({ items }: { readonly items: readonly Crumb[] }) {
  const tell = use(TrailContext);
  const spelled = JSON.stringify(items);
  useEffect(() => {
    const crumbs: readonly Crumb[] = JSON.parse(spelled);
    tell(crumbs);
    return () => tell([]);
  }, [tell, spelled]);
  return null;
}
