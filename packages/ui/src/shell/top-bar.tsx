"use client";

import { Search } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { Kbd } from "../kbd.tsx";
import { useUi } from "../ui-provider.tsx";
import { PersonMenu, TenantMenu } from "./menus.tsx";
import type { ShellPerson, ShellTenant } from "./types.ts";

interface TopBarProps {
  readonly tenant: ShellTenant;
  readonly person: ShellPerson;
  readonly breadcrumb?: ReactNode;
  readonly onSearch?: (() => void) | undefined;
  readonly extra?: ReactNode;
}

/** Where one is and the search; on a phone also the company and the person, whom the sidebar shows elsewhere. */
export function TopBar({ tenant, person, breadcrumb, onSearch, extra }: TopBarProps) {
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-canvas print:hidden">
      <div className="flex h-12 items-center gap-3 border-line px-4 max-sm:border-b sm:hidden">
        <div className="min-w-0 grow">
          <TenantMenu tenant={tenant} isCollapsed={false} />
        </div>
        <SearchButton onSearch={onSearch} />
        <PersonMenu person={person} isCollapsed />
      </div>
      <div className={classNames("flex h-12 items-center gap-3 px-4 max-sm:h-9 sm:px-6", breadcrumb === undefined && "max-sm:hidden")}>
        <div className="flex min-w-0 grow">{breadcrumb}</div>
        <div className="flex items-center gap-2 max-sm:hidden">
          <SearchButton onSearch={onSearch} />
          {extra}
        </div>
      </div>
    </header>
  );
}

function SearchButton({ onSearch }: { readonly onSearch: (() => void) | undefined }) {
  const { t } = useUi();
  if (onSearch === undefined) return null;
  return (
    <button
      type="button"
      onClick={onSearch}
      aria-keyshortcuts="Control+K Meta+K"
      className="flex h-8 items-center gap-2 rounded-lg border border-line bg-surface px-2.5 text-ink-soft shadow-sm transition-colors hover:bg-sunken max-sm:size-10 max-sm:justify-center max-sm:border-transparent max-sm:bg-transparent max-sm:shadow-none sm:w-60"
    >
      <Search aria-hidden className="size-4 shrink-0" />
      <span className="grow text-left max-sm:sr-only">{t("search")}</span>
      <span aria-hidden className="flex gap-0.5 max-sm:hidden">
        {t("searchShortcut")
          .split(" ")
          .map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
      </span>
    </button>
  );
}
