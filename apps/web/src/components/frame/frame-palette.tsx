"use client";

import type { Me } from "@atrium/identity/contract";
import { CommandPalette } from "@atrium/ui";
import type { PaletteGroup, PaletteItem, Theme } from "@atrium/ui";
import { Monitor, Moon, ShieldCheck, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { trpc } from "../../client/trpc.ts";
import { useTheme } from "../use-theme.ts";
import { paletteSources } from "./palette-sources.ts";
import { placeIcons } from "./place-icons.tsx";
import { placePath, placesOf } from "./places.ts";

export interface FramePaletteProps {
  readonly me: Me;
  /** What the person's menu offers, which can also be found here. */
  readonly actions: readonly PaletteItem[];
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** `Ctrl K`: pages, actions and what the domains let one find. */
export function FramePalette({ me, actions, open, onOpenChange }: FramePaletteProps) {
  const t = useTranslations("common");
  const router = useRouter();
  const themes = useThemeActions();
  const groups: PaletteGroup[] = [
    { id: "pages", heading: t("pages"), items: usePages(me) },
    { id: "actions", heading: t("actions"), items: [...actions, ...themes] },
  ];
  return <CommandPalette open={open} onOpenChange={onOpenChange} groups={groups} onSearch={useSearch(me)} onNavigate={(href) => router.push(href)} />;
}

function usePages(me: Me): PaletteItem[] {
  const place = useTranslations("common.places");
  const setting = useTranslations("identity.settings");
  const account = useTranslations("account");
  const { slug } = me.tenant;
  const settings = me.grants["members:read"] === undefined ? (["appearance"] as const) : (["members", "appearance"] as const);
  return [
    ...placesOf(me).map((id) => ({ id, label: place(id), icon: placeIcons[id], href: placePath(slug, id) })),
    ...settings.map((part) => ({ id: part, label: setting(part), detail: place("settings"), icon: placeIcons.settings, href: `/${slug}/settings/${part}` })),
    { id: "security", label: account("title"), icon: <ShieldCheck aria-hidden />, href: `/${slug}/account/security` },
  ];
}

const themeIcons = { system: <Monitor aria-hidden />, light: <Sun aria-hidden />, dark: <Moon aria-hidden /> };

function useThemeActions(): PaletteItem[] {
  const t = useTranslations("identity.appearance");
  const { setTheme } = useTheme();
  const choices: readonly Theme[] = ["system", "light", "dark"];
  return choices.map((theme) => ({ id: `theme-${theme}`, label: t(theme), detail: t("theme"), icon: themeIcons[theme], onSelect: () => setTheme(theme) }));
}

function useSearch(me: Me) {
  const utils = trpc.useUtils();
  const place = useTranslations("common.places");
  return useCallback(
    async (query: string, signal: AbortSignal): Promise<PaletteGroup[]> => {
      const open = placesOf(me);
      const asked = paletteSources.filter((source) => open.includes(source.place));
      return Promise.all(
        asked.map(async (source) => ({
          id: source.place,
          heading: place(source.place),
          items: await source.search({ query, signal, slug: me.tenant.slug, utils }),
        })),
      );
    },
    [me, place, utils],
  );
}
