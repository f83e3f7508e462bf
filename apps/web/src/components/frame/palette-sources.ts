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

/** A domain adds its own here. */
export const paletteSources: readonly PaletteSource[] = [];
