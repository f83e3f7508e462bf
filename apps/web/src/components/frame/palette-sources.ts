import type { PaletteItem } from "@atrium/ui";
import type { trpc } from "../../client/trpc.ts";
import type { PlaceId } from "./places.ts";

export interface PaletteAsk {
  readonly query: string;
  readonly signal: AbortSignal;
  readonly slug: string;
  /** `utils.people.employees.list.fetch({ search: query })`. */
  readonly utils: ReturnType<typeof trpc.useUtils>;
}

/** What the palette finds of a place, besides the place itself; asked only for somebody who may open it. */
export interface PaletteSource {
  /** Its name stands over what was found. */
  readonly place: PlaceId;
  readonly search: (ask: PaletteAsk) => Promise<readonly PaletteItem[]>;
}

const people: PaletteSource = {
  place: "people",
  search: async ({ query, slug, utils }) => {
    const hits = await utils.people.employee.search.fetch({ text: query });
    return hits.map(({ id, fullName, code }) => ({ id, label: fullName, detail: code, href: `/${slug}/people/${id}` }));
  },
};

/** A domain adds its own here. */
export const paletteSources: readonly PaletteSource[] = [people];
