"use client";

import { Command } from "cmdk";
import { Search } from "lucide-react";
import { Dialog } from "radix-ui";
import { useEffect, useEffectEvent, useId, useState } from "react";
import type { ReactNode } from "react";
import { popupLooks } from "../popup-looks.ts";
import { classNames } from "../class-names.ts";
import { useUi } from "../ui-provider.tsx";
import { rankGroups } from "./ranking.ts";
import type { PaletteGroup, PaletteItem } from "./types.ts";
import { usePaletteSearch } from "./use-palette-search.ts";
import type { PaletteSearch } from "./use-palette-search.ts";

export interface CommandPaletteProps {
  readonly open: boolean;
  /** Also called by `Ctrl K` and `Cmd K`, from anywhere. */
  readonly onOpenChange: (open: boolean) => void;
  /** Pages and actions, known beforehand. */
  readonly groups: readonly PaletteGroup[];
  /** People and records, asked of the server while one types. */
  readonly onSearch?: PaletteSearch | undefined;
  /** What was opened last, shown before anything is typed. */
  readonly recent?: readonly PaletteItem[] | undefined;
  /** Goes to an item's address. */
  readonly onNavigate: (href: string) => void;
  /** Tells what was chosen, so that the caller can keep it as recent. */
  readonly onChosen?: ((item: PaletteItem) => void) | undefined;
}

/** Finds people, pages and actions from anywhere. */
export function CommandPalette({ open, onOpenChange, ...rest }: CommandPaletteProps) {
  const { t } = useUi();
  useOpenKey(() => onOpenChange(!open));
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-overlay print:hidden" />
        <Dialog.Content
          aria-describedby={undefined}
          className={classNames(popupLooks, "fixed inset-x-3 top-[max(1rem,12dvh)] mx-auto max-w-xl overflow-hidden rounded-xl p-0 outline-none")}
        >
          <Dialog.Title className="sr-only">{t("search")}</Dialog.Title>
          <Palette {...rest} onClose={() => onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type PaletteProps = Omit<CommandPaletteProps, "open" | "onOpenChange"> & { readonly onClose: () => void };

/** Mounted only while open, so that each search starts afresh. */
function Palette({ groups, onSearch, recent = [], onNavigate, onChosen, onClose }: PaletteProps) {
  const { t } = useUi();
  const listId = useId();
  const [query, setQuery] = useState("");
  const [marked, setMarked] = useState("");
  const { groups: found, isSearching } = usePaletteSearch(query.trim(), onSearch);
  const recentGroup = query === "" ? [{ id: "recent", heading: t("paletteRecent"), items: recent }] : [];
  const shown = [...rankGroups([...recentGroup, ...groups], query), ...found.filter((group) => group.items.length > 0)];
  const active = activeValue(shown, marked);
  const choose = (item: PaletteItem) => {
    onClose();
    onChosen?.(item);
    if (item.href === undefined) item.onSelect?.();
    else onNavigate(item.href);
  };
  return (
    <Command label={t("search")} shouldFilter={false} loop value={active ?? ""} onValueChange={setMarked}>
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Search aria-hidden className="size-4 shrink-0 text-ink-faint" />
        <Command.Input asChild value={query} onValueChange={setQuery} placeholder={t("palettePlaceholder")}>
          <input aria-activedescendant={optionId(listId, active)} className="h-12 w-full bg-transparent text-lg outline-none" />
        </Command.Input>
      </div>
      <Command.List asChild>
        <Results>
          {shown.map((group) => (
            <PaletteSection key={group.id} group={group} listId={listId} onChoose={choose} />
          ))}
          {shown.length === 0 ? <p className="px-3 py-8 text-center text-ink-soft">{isSearching ? t("paletteSearching") : t("paletteEmpty", { query })}</p> : null}
        </Results>
      </Command.List>
      <p role="status" className="sr-only">
        {isSearching ? t("paletteSearching") : ""}
      </p>
    </Command>
  );
}

/** Of a list that it renders as its child the library expects a component: a bare element makes it throw. */
function Results({ children }: { readonly children: ReactNode }) {
  return (
    <div aria-activedescendant={undefined} className="max-h-[min(24rem,60dvh)] overflow-y-auto p-1.5">
      {children}
    </div>
  );
}

const valueOf = (group: PaletteGroup, item: PaletteItem): string => `${group.id}/${item.id}`;

/** What the arrow keys marked, as long as it is among the results; else the first of them. */
function activeValue(shown: readonly PaletteGroup[], marked: string): string | undefined {
  const values = shown.flatMap((group) => group.items.map((item) => valueOf(group, item)));
  return values.includes(marked) ? marked : values[0];
}

/**
 * The library goes on naming an option that the results no longer have, so the options' ids are our own, and with them
 * what a screen reader is told to be marked.
 */
const optionId = (listId: string, value: string | undefined): string | undefined => (value === undefined ? undefined : `${listId}-${value}`);

interface PaletteSectionProps {
  readonly group: PaletteGroup;
  readonly listId: string;
  readonly onChoose: (item: PaletteItem) => void;
}

function PaletteSection({ group, listId, onChoose }: PaletteSectionProps) {
  return (
    <Command.Group
      heading={group.heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-faint"
    >
      {group.items.map((item) => (
        <Command.Item key={item.id} asChild value={valueOf(group, item)} onSelect={() => onChoose(item)}>
          <div
            id={optionId(listId, valueOf(group, item))}
            className="flex min-h-9 cursor-default items-center gap-2.5 rounded-lg px-2.5 data-[selected=true]:bg-sunken max-sm:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-soft"
          >
            {item.icon}
            <span className="truncate">{item.label}</span>
            {item.detail === undefined ? null : <span className="ml-auto shrink-0 pl-4 text-sm text-ink-soft">{item.detail}</span>}
          </div>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function useOpenKey(toggle: () => void) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    toggle();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      press(event);
    };
    document.addEventListener("keydown", listen);
    return () => {
      document.removeEventListener("keydown", listen);
    };
  }, []);
}
