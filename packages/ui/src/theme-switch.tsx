"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { IconButton } from "./button.tsx";
import { DropdownMenu, MenuRadio } from "./menu.tsx";
import type { MenuChoice } from "./menu.tsx";
import { useUi } from "./ui-provider.tsx";

export type Theme = "light" | "dark" | "system";

export interface ThemeChoiceProps {
  /** What is in force, kept by the caller. */
  readonly value: Theme;
  /** Keeps the choice, for instance in a cookie from which the server sets `data-theme` on `<html>`. */
  readonly onChange: (theme: Theme) => void;
}

/** Puts a theme into force at once; "system" gives the decision back to the operating system. */
export function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}

/** Light, dark or as the system, within a menu such as the person's. */
export function ThemeChoice({ value, onChange }: ThemeChoiceProps) {
  const { t } = useUi();
  const choices: readonly (MenuChoice & { readonly value: Theme })[] = [
    { value: "system", label: t("themeSystem"), icon: <Monitor aria-hidden /> },
    { value: "light", label: t("themeLight"), icon: <Sun aria-hidden /> },
    { value: "dark", label: t("themeDark"), icon: <Moon aria-hidden /> },
  ];
  const choose = (chosen: string) => {
    const next = choices.find((choice) => choice.value === chosen)?.value;
    if (next === undefined) return;
    applyTheme(next);
    onChange(next);
  };
  return <MenuRadio label={t("theme")} value={value} onChange={choose} choices={choices} />;
}

/** The same choice as a button of its own, for pages without a person's menu (sign-in). */
export function ThemeSwitch(props: ThemeChoiceProps) {
  const { t } = useUi();
  return (
    <DropdownMenu items={[]} trigger={<IconButton label={t("theme")} icon={<Sun aria-hidden />} />}>
      <ThemeChoice {...props} />
    </DropdownMenu>
  );
}
