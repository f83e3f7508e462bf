"use client";

import { useState } from "react";
import type { ReactNode } from "react";
import { useUi } from "../ui-provider.tsx";
import { BottomBar } from "./bottom-bar.tsx";
import { Sidebar } from "./sidebar.tsx";
import { TopBar } from "./top-bar.tsx";
import type { Place, ShellPerson, ShellTenant } from "./types.ts";

export interface AppShellProps {
  /** At most eight, only those the person may open. */
  readonly places: readonly Place[];
  readonly tenant: ShellTenant;
  readonly person: ShellPerson;
  /** `<Breadcrumbs …>` of the page. */
  readonly breadcrumb?: ReactNode;
  /** Opens the command palette. */
  readonly onSearch?: (() => void) | undefined;
  /** In the top bar, right of the search. */
  readonly topBarExtra?: ReactNode;
  /** Over the page: a `Banner` that concerns the whole application. */
  readonly banner?: ReactNode;
  /** Whether the sidebar starts as icons only; kept by the caller, for instance in a cookie. */
  readonly defaultCollapsed?: boolean | undefined;
  readonly onCollapsedChange?: ((isCollapsed: boolean) => void) | undefined;
  readonly children: ReactNode;
}

const contentId = "content";

/** The frame of every page: places at the left (at the bottom of a phone), the way here and the search on top. */
export function AppShell({ defaultCollapsed = false, onCollapsedChange, banner, children, ...props }: AppShellProps) {
  const [isCollapsed, setIsCollapsed] = useState(defaultCollapsed);
  const toggle = () => {
    setIsCollapsed(!isCollapsed);
    onCollapsedChange?.(!isCollapsed);
  };
  return (
    <div className="min-h-dvh sm:flex">
      <SkipLink />
      <Sidebar places={props.places} tenant={props.tenant} person={props.person} isCollapsed={isCollapsed} onToggle={toggle} />
      <div className="flex min-w-0 grow flex-col">
        <TopBar
          tenant={props.tenant}
          person={props.person}
          breadcrumb={props.breadcrumb}
          onSearch={props.onSearch}
          extra={props.topBarExtra}
        />
        <main id={contentId} tabIndex={-1} className="mx-auto flex w-full max-w-[100rem] min-w-0 grow flex-col gap-5 px-4 py-5 max-sm:pb-24 sm:px-6 print:p-0">
          {banner}
          {children}
        </main>
      </div>
      <BottomBar places={props.places} />
    </div>
  );
}

function SkipLink() {
  const { t } = useUi();
  return (
    <a
      href={`#${contentId}`}
      className="sr-only focus-visible:not-sr-only focus-visible:fixed focus-visible:top-2 focus-visible:left-2 focus-visible:z-50 focus-visible:rounded-lg focus-visible:bg-raised focus-visible:px-3 focus-visible:py-2 focus-visible:shadow-lg"
    >
      {t("skipToContent")}
    </a>
  );
}
