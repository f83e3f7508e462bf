"use client";

import { classNames, ThemeSwitch } from "@atrium/ui";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useTheme } from "./use-theme.ts";

/** A page outside the frame: one card in the middle, under the product's name. */
export function NarrowPage({ title, isWide = false, children }: { readonly title: ReactNode; readonly isWide?: boolean; readonly children: ReactNode }) {
  const t = useTranslations("common");
  const { theme, setTheme } = useTheme();
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex items-center justify-between px-4 py-3 sm:px-6">
        <span className="flex items-center gap-2 font-semibold">
          <Mark />
          {t("appName")}
        </span>
        <ThemeSwitch value={theme} onChange={setTheme} />
      </header>
      <main className="flex grow flex-col items-center px-4 pt-[8vh] pb-16">
        <div className={classNames("flex w-full flex-col gap-5 rounded-xl border border-line bg-surface p-6", isWide ? "max-w-xl" : "max-w-sm")}>
          <h1 className="text-xl font-semibold tracking-tight text-balance">{title}</h1>
          {children}
        </div>
      </main>
    </div>
  );
}

/** Four walls and the open middle. */
function Mark() {
  return (
    <svg aria-hidden viewBox="0 0 20 20" className="size-5 text-accent">
      <rect x="1" y="1" width="18" height="18" rx="4" fill="currentColor" />
      <rect x="6.5" y="6.5" width="7" height="7" rx="1.5" className="fill-surface" />
    </svg>
  );
}
