"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { buttonVariants } from "./button-variants.ts";
import { classNames } from "./class-names.ts";
import { useUi } from "./ui-provider.tsx";

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: ReactNode;
  /** What happens and what it costs, in words; before a destructive act always. */
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons; the one that acts last. */
  readonly footer?: ReactNode;
  readonly size?: "sm" | "md" | "lg" | undefined;
}

const widths = { sm: "sm:max-w-md", md: "sm:max-w-lg", lg: "sm:max-w-3xl" };

/** Asks one thing in the middle of the page; at the bottom of a phone. Never opened over another one. */
export function Dialog({ size = "sm", ...props }: DialogProps) {
  return (
    <Panel
      {...props}
      className={classNames(
        "inset-x-0 bottom-0 max-h-[90dvh] w-full animate-rise rounded-t-xl border border-line",
        "sm:inset-auto sm:top-1/2 sm:left-1/2 sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-xl",
        widths[size],
      )}
    />
  );
}

export interface SheetProps extends Omit<DialogProps, "size"> {
  readonly size?: "md" | "lg" | undefined;
}

/** Edits or shows one thing at the side, so that the page stays where it was. */
export function Sheet({ size = "md", ...props }: SheetProps) {
  return (
    <Panel
      {...props}
      className={classNames("inset-y-0 right-0 h-dvh w-full animate-slide border-l border-line", size === "md" ? "sm:max-w-md" : "sm:max-w-2xl")}
    />
  );
}

function Panel({ open, onOpenChange, title, description, children, footer, className }: DialogProps & { readonly className: string }) {
  const { t } = useUi();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-overlay print:hidden" />
        <Radix.Content
          {...(description === undefined && { "aria-describedby": undefined })}
          className={classNames("fixed z-40 flex flex-col bg-raised text-ink shadow-lg outline-none print:hidden", className)}
        >
          <header className="flex flex-col gap-1 px-5 pt-4 pr-12 pb-3">
            <Radix.Title className="text-lg font-semibold text-balance">{title}</Radix.Title>
            {description === undefined ? null : (
              <Radix.Description asChild>
                <div className="text-ink-soft">{description}</div>
              </Radix.Description>
            )}
          </header>
          {children === undefined ? null : <div className="grow overflow-y-auto px-5 py-2">{children}</div>}
          {footer === undefined ? null : (
            <footer className="flex flex-wrap justify-end gap-2 px-5 pt-3 pb-4 max-sm:flex-col-reverse max-sm:[&>*]:w-full">{footer}</footer>
          )}
          {/* Last, so that the focus goes to the first thing one can do instead of the way out. */}
          <Radix.Close aria-label={t("close")} className={classNames(buttonVariants({ variant: "ghost", size: "sm", shape: "icon" }), "absolute top-3 right-3")}>
            <X aria-hidden />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
