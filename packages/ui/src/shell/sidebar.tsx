"use client";

import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { IconButton } from "../button.tsx";
import { classNames } from "../class-names.ts";
import { useUi } from "../ui-provider.tsx";
import { PersonMenu, TenantMenu } from "./menus.tsx";
import { PlaceLink } from "./place-link.tsx";
import type { Place, ShellPerson, ShellTenant } from "./types.ts";

interface SidebarProps {
  readonly places: readonly Place[];
  readonly tenant: ShellTenant;
  readonly person: ShellPerson;
  readonly isCollapsed: boolean;
  readonly onToggle: () => void;
}

/** The company on top, the places, the person at the bottom. */
export function Sidebar({ places, tenant, person, isCollapsed, onToggle }: SidebarProps) {
  const { t } = useUi();
  return (
    <div
      className={classNames(
        "sticky top-0 flex h-dvh shrink-0 flex-col gap-3 border-r border-line bg-surface p-2 max-sm:hidden print:hidden",
        isCollapsed ? "w-14" : "w-56",
      )}
    >
      <TenantMenu tenant={tenant} isCollapsed={isCollapsed} />
      <nav aria-label={t("mainNavigation")} className="grow overflow-y-auto">
        <ul className="flex flex-col gap-0.5">
          {places.map((place) => (
            <li key={place.id}>
              <PlaceLink place={place} isCollapsed={isCollapsed} />
            </li>
          ))}
        </ul>
      </nav>
      <div className={classNames("flex flex-col gap-1", isCollapsed && "items-center")}>
        <IconButton
          size="sm"
          label={isCollapsed ? t("expandSidebar") : t("collapseSidebar")}
          tooltipSide="right"
          className={isCollapsed ? undefined : "self-start"}
          icon={isCollapsed ? <PanelLeftOpen aria-hidden /> : <PanelLeftClose aria-hidden />}
          onClick={onToggle}
        />
        <PersonMenu person={person} isCollapsed={isCollapsed} />
      </div>
    </div>
  );
}
