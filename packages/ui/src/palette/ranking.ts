import { defaultFilter } from "cmdk";
import type { PaletteGroup, PaletteItem } from "./types.ts";

/** The items that fit the query, best first; groups without any fall away. An empty query keeps everything as it is. */
export function rankGroups(groups: readonly PaletteGroup[], query: string): PaletteGroup[] {
  const wanted = query.trim();
  if (wanted === "") return groups.filter((group) => group.items.length > 0);
  return groups.map((group) => ({ ...group, items: rankItems(group.items, wanted) })).filter((group) => group.items.length > 0);
}

function rankItems(items: readonly PaletteItem[], query: string): PaletteItem[] {
  return items
    .map((item) => ({ item, score: defaultFilter(item.label, query, [...(item.keywords ?? [])]) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}
