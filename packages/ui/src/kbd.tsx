import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

/** A key as it stands on the keyboard: `<Kbd>Ctrl</Kbd>`. */
export function Kbd({ children, className }: { readonly children: ReactNode; readonly className?: string | undefined }) {
  return (
    <kbd
      className={classNames(
        "inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-line bg-sunken px-1 font-sans text-xs text-ink-soft",
        className,
      )}
    >
      {children}
    </kbd>
  );
}
