"use client";

import { classNames } from "../class-names.ts";
import { Link } from "../link.tsx";
import { Tooltip } from "../tooltip.tsx";
import type { Place } from "./types.ts";

/** One place in the sidebar; as an icon it keeps its name for a screen reader and as a tooltip. */
export function PlaceLink({ place, isCollapsed }: { readonly place: Place; readonly isCollapsed: boolean }) {
  const link = (
    <Link
      href={place.href}
      aria-current={place.isCurrent ? "page" : undefined}
      className={classNames(
        "flex h-8 items-center gap-2.5 rounded-lg px-2 font-medium text-ink-soft transition-colors hover:bg-sunken hover:text-ink [&_svg]:size-4 [&_svg]:shrink-0",
        "aria-[current=page]:bg-sunken aria-[current=page]:text-ink aria-[current=page]:[&_svg]:text-accent-text",
        isCollapsed && "relative justify-center",
      )}
    >
      {place.icon}
      <span className={isCollapsed ? "sr-only" : "grow truncate"}>{place.label}</span>
      <PlaceCount count={place.count} isCollapsed={isCollapsed} />
    </Link>
  );
  if (!isCollapsed) return link;
  return (
    <Tooltip content={place.label} side="right">
      {link}
    </Tooltip>
  );
}

/** How many things wait; on an icon it is a small disc at its corner. */
export function PlaceCount({ count = 0, isCollapsed }: { readonly count?: number | undefined; readonly isCollapsed: boolean }) {
  if (count === 0) return null;
  return (
    <span
      className={classNames(
        "min-w-5 rounded-full bg-accent-soft px-1.5 text-center text-xs leading-5 font-semibold text-accent-text tabular-nums",
        isCollapsed && "absolute top-0 right-0 min-w-4 bg-accent px-1 leading-4 text-accent-ink",
      )}
    >
      {count > 99 ? "99+" : count}
    </span>
  );
}
