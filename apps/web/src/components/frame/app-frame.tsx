"use client";

import type { Me } from "@atrium/identity/contract";
import { AppShell, Breadcrumbs, ThemeChoice } from "@atrium/ui";
import type { Crumb } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { usePathname } from "next/navigation";
import { useMemo, useState } from "react";
import type { ReactNode } from "react";
import { useRoleName } from "../use-role-name.ts";
import { useTheme } from "../use-theme.ts";
import { collapsedCookie } from "./collapsed.ts";
import { FramePalette } from "./frame-palette.tsx";
import { MeContext } from "./me.ts";
import { placeIcons } from "./place-icons.tsx";
import { placeAt, placePath, placesOf } from "./places.ts";
import { RepeatDialog } from "./repeat-dialog.tsx";
import { SignOutEverywhere } from "./sign-out-everywhere.tsx";
import { StepUpDialog } from "./step-up-dialog.tsx";
import { SubscriptionBanner } from "./subscription-banner.tsx";
import { SupportBanner } from "./support-banner.tsx";
import { TrailContext } from "./trail.tsx";
import { usePersonItems } from "./use-person-items.tsx";
import { useTenantItems } from "./use-tenant-items.tsx";
import type { OpenCompany } from "./use-tenant-items.tsx";

const aYearSeconds = 31_536_000;
const keepCollapsed = (isCollapsed: boolean): void => {
  document.cookie = `${collapsedCookie}=${isCollapsed ? "1" : "0"}; path=/; max-age=${aYearSeconds}; samesite=lax`;
};

interface AppFrameProps {
  readonly me: Me;
  /** Those that this browser is signed in to. */
  readonly companies: readonly OpenCompany[];
  readonly isCollapsed: boolean;
  readonly children: ReactNode;
}

/** The frame round every page of somebody who is signed in. */
export function AppFrame({ me, companies, isCollapsed, children }: AppFrameProps) {
  const t = useTranslations("common.places");
  const roleName = useRoleName();
  const { theme, setTheme } = useTheme();
  const [crumbs, setCrumbs] = useState<readonly Crumb[]>([]);
  const [isAsking, setIsAsking] = useState(false);
  const [isSearching, setIsSearching] = useState(false);
  const items = usePersonItems(me, () => setIsAsking(true));
  const { slug, name } = me.tenant;
  const current = placeAt(usePathname());
  const places = useMemo(
    () => placesOf(me).map((id) => ({ id, label: t(id), href: placePath(slug, id), icon: placeIcons[id], isCurrent: id === current })),
    [me, slug, current, t],
  );
  return (
    <MeContext value={me}>
      <TrailContext value={setCrumbs}>
        <AppShell
          places={places}
          tenant={{ name, items: useTenantItems(me.tenant, companies) }}
          person={{
            name: me.member.name,
            detail: me.roles.map(roleName).join(", "),
            items,
            menuExtra: <ThemeChoice value={theme} onChange={setTheme} />,
          }}
          breadcrumb={<Breadcrumbs items={crumbs.length > 0 ? crumbs : [{ label: t(current ?? "home") }]} />}
          onSearch={() => setIsSearching(true)}
          defaultCollapsed={isCollapsed}
          onCollapsedChange={keepCollapsed}
        >
          <SupportBanner me={me} />
          <SubscriptionBanner me={me} />
          {children}
        </AppShell>
        <FramePalette me={me} actions={items.filter(({ href }) => href === undefined)} open={isSearching} onOpenChange={setIsSearching} />
        <SignOutEverywhere slug={slug} company={name} open={isAsking} onOpenChange={setIsAsking} />
        <StepUpDialog slug={slug} />
        <RepeatDialog />
      </TrailContext>
    </MeContext>
  );
}
