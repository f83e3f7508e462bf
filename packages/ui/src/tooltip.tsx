"use client";

import { Tooltip as Radix } from "radix-ui";
import { useState } from "react";
import type { ReactNode } from "react";

export interface TooltipProps {
  readonly content: ReactNode;
  /** One element that can take the focus. */
  readonly children: ReactNode;
  readonly side?: "top" | "right" | "bottom" | "left" | undefined;
  /** Shows on a tap as well: for what a person must be able to read on a phone, such as why a button does nothing. */
  readonly opensOnPress?: boolean | undefined;
}

/** A few words on hover and focus. Never the only place of something a person needs, save with `opensOnPress`. */
export function Tooltip({ content, children, side = "top", opensOnPress = false }: TooltipProps) {
  const [open, setOpen] = useState(false);
  return (
    <Radix.Provider delayDuration={300}>
      <Radix.Root open={open} onOpenChange={setOpen}>
        <Radix.Trigger
          asChild
          onClick={(event) => {
            if (!opensOnPress) return;
            // Radix closes the tooltip on a press; the reason has to stay.
            event.preventDefault();
            setOpen(true);
          }}
          onFocus={(event) => {
            // A closing menu gives the focus back to its button; only a person who tabs there wants to be told.
            if (!event.currentTarget.matches(":focus-visible")) event.preventDefault();
          }}
          onPointerDown={(event) => {
            if (opensOnPress) event.preventDefault();
          }}
        >
          {children}
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-72 animate-appear rounded-md bg-ink px-2 py-1 text-xs text-canvas shadow-lg print:hidden"
          >
            {content}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
