"use client";

import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Link } from "./link.tsx";

const strip = "flex gap-4 overflow-x-auto border-b border-line print:hidden";
const tabLooks =
  "-mb-px flex h-9 shrink-0 items-center gap-1.5 rounded-t-sm border-b-2 border-transparent px-0.5 font-medium text-ink-soft outline-offset-[-2px] hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink";

export interface Tab {
  readonly id: string;
  readonly label: ReactNode;
  readonly content: ReactNode;
}

export interface TabsProps {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly value?: string | undefined;
  readonly onChange?: ((id: string) => void) | undefined;
  readonly defaultValue?: string | undefined;
}

/** Parts of one record, one in sight at a time. */
export function Tabs({ label, tabs, value, onChange, defaultValue = tabs.at(0)?.id ?? "" }: TabsProps) {
  return (
    <Radix.Root {...(value === undefined ? { defaultValue } : { value })} {...(onChange && { onValueChange: onChange })}>
      <Radix.List aria-label={label} className={strip}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.id} value={tab.id} className={tabLooks}>
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.id} value={tab.id} className="pt-4">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}

export interface TabLink {
  readonly href: string;
  readonly label: ReactNode;
  readonly isCurrent: boolean;
}

/** Tabs whose parts are pages of their own, with an address each. */
export function TabLinks({ label, tabs }: { readonly label: string; readonly tabs: readonly TabLink[] }) {
  return (
    <nav aria-label={label} className={strip}>
      {tabs.map((tab) => (
        <Link key={tab.href} href={tab.href} aria-current={tab.isCurrent ? "page" : undefined} data-state={tab.isCurrent ? "active" : "inactive"} className={classNames(tabLooks)}>
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
