"use client";

import { Ellipsis } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "./button.tsx";
import { DropdownMenu } from "./menu.tsx";
import type { MenuItem } from "./menu.tsx";
import { useUi } from "./ui-provider.tsx";

export interface PageHeaderProps {
  readonly title: ReactNode;
  /** How many the page lists. */
  readonly count?: number | undefined;
  /** Beside the title: a status badge. */
  readonly status?: ReactNode;
  readonly description?: ReactNode;
  /** The one primary action. */
  readonly action?: ReactNode;
  /** All other actions, in a menu. */
  readonly menu?: readonly MenuItem[] | undefined;
}

/** What this page is and the one thing most come here to do. */
export function PageHeader({ title, count, status, description, action, menu = [] }: PageHeaderProps) {
  const { t, locale } = useUi();
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
      {/* A name of 200 letters and no space breaks wherever it must, instead of pushing the page aside. */}
      <div className="flex min-w-0 flex-col gap-1 wrap-anywhere">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h1 className="text-xl font-semibold tracking-tight text-balance">{title}</h1>
          {count === undefined ? null : <span className="text-lg text-ink-soft tabular-nums">{count.toLocaleString(locale)}</span>}
          {status}
        </div>
        {description === undefined ? null : <div className="max-w-prose text-ink-soft">{description}</div>}
      </div>
      <div className="flex items-center gap-2">
        {menu.length === 0 ? null : (
          <DropdownMenu items={menu} trigger={<IconButton variant="secondary" label={t("moreActions")} icon={<Ellipsis aria-hidden />} />} />
        )}
        {action}
      </div>
    </header>
  );
}
