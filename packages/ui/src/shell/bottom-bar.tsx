"use client";

import { Ellipsis } from "lucide-react";
import { classNames } from "../class-names.ts";
import { Link } from "../link.tsx";
import { DropdownMenu } from "../menu.tsx";
import { useUi } from "../ui-provider.tsx";
import { PlaceCount } from "./place-link.tsx";
import type { Place } from "./types.ts";

const slots = 5;
const slotLooks =
  "relative flex h-14 w-full flex-col items-center justify-center gap-1 rounded-lg text-xs font-medium text-ink-soft aria-[current=page]:text-accent-text [&_svg]:size-5";

/** The places on a phone: five at most, the rest behind the last. */
export function BottomBar({ places }: { readonly places: readonly Place[] }) {
  const { t } = useUi();
  const shown = places.length <= slots ? places : places.slice(0, slots - 1);
  const rest = places.slice(shown.length);
  return (
    <nav
      aria-label={t("mainNavigation")}
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden print:hidden"
    >
      <ul className="flex px-1">
        {shown.map((place) => (
          <li key={place.id} className="min-w-0 flex-1">
            <Link href={place.href} aria-current={place.isCurrent ? "page" : undefined} className={slotLooks}>
              <span className="relative px-2.5">
                {place.icon}
                <PlaceCount count={place.count} isCollapsed />
              </span>
              <span className="max-w-full truncate px-0.5">{place.label}</span>
            </Link>
          </li>
        ))}
        {rest.length === 0 ? null : <MorePlaces places={rest} />}
      </ul>
    </nav>
  );
}

function MorePlaces({ places }: { readonly places: readonly Place[] }) {
  const { t } = useUi();
  const holdsCurrent = places.some((place) => place.isCurrent);
  return (
    <li className="min-w-0 flex-1">
      <DropdownMenu
        side="top"
        items={places}
        trigger={
          <button type="button" className={classNames(slotLooks, holdsCurrent && "text-accent-text")}>
            <Ellipsis aria-hidden />
            {t("more")}
          </button>
        }
      />
    </li>
  );
}
