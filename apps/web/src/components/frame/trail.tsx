"use client";

import type { Crumb } from "@atrium/ui";
import { createContext, use, useEffect } from "react";
import { z } from "zod";

const crumbsSchema = z.array(z.object({ label: z.string(), href: z.string().optional() }));

/** How a page tells the frame the way to itself. */
export const TrailContext = createContext<(crumbs: readonly Crumb[]) => void>(() => undefined);

/**
 * Puts the way to this page into the top bar, e.g. `<Trail items={[{ label: "People", href }, { label: name }]} />`. Shown
 * after the company's home, for as long as this stands on the page.
 */
export function Trail({ items }: { readonly items: readonly Crumb[] }) {
  const tell = use(TrailContext);
  // Spelled out, since a list that is written in place is another one at every render.
  const spelled = JSON.stringify(items);
  useEffect(() => {
    tell(crumbsSchema.parse(JSON.parse(spelled)));
    return () => tell([]);
  }, [tell, spelled]);
  return null;
}
