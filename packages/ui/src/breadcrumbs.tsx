"use client";

import { ChevronRight } from "lucide-react";
import { Link } from "./link.tsx";
import { useUi } from "./ui-provider.tsx";

export interface Crumb {
  readonly label: string;
  /** The last one, the page itself, has none. */
  readonly href?: string | undefined;
}

/** The way from the top of the application to this page. */
export function Breadcrumbs({ items }: { readonly items: readonly Crumb[] }) {
  const { t } = useUi();
  return (
    <nav aria-label={t("breadcrumb")} className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1 text-ink-soft">
        {items.map((item, index) => (
          <li key={`${item.label} ${item.href ?? ""}`} className="flex min-w-0 items-center gap-1 max-sm:not-last:not-nth-last-2:hidden">
            {index === 0 ? null : <ChevronRight aria-hidden className="size-3.5 shrink-0 text-ink-faint" />}
            {item.href === undefined ? (
              <span aria-current="page" className="truncate px-1 font-medium text-ink">
                {item.label}
              </span>
            ) : (
              <Link href={item.href} className="truncate rounded-sm px-1 py-0.5 hover:bg-sunken hover:text-ink">
                {item.label}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
