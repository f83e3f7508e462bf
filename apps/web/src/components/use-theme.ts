"use client";

import { applyTheme } from "@atrium/ui";
import type { Theme } from "@atrium/ui";
import { useSyncExternalStore } from "react";
import { themeCookie, themeFrom } from "./theme.ts";

const aYearSeconds = 31_536_000;
const listeners = new Set<() => void>();

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const current = () => themeFrom(document.documentElement.dataset["theme"]);

/** The theme in force, and how to choose another: it holds at once and is kept for this browser. */
export function useTheme(): { readonly theme: Theme; readonly setTheme: (theme: Theme) => void } {
  const theme = useSyncExternalStore(subscribe, current, () => "system" as const);
  const setTheme = (chosen: Theme): void => {
    applyTheme(chosen);
    document.cookie = `${themeCookie}=${chosen}; path=/; max-age=${aYearSeconds}; samesite=lax`;
    for (const listener of listeners) listener();
  };
  return { theme, setTheme };
}
