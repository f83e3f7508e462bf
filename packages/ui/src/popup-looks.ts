import { classNames } from "./class-names.ts";

/** The box of what floats over the page: menus, lists of options. */
export const popupLooks = classNames("z-50 animate-appear rounded-lg border border-line bg-raised p-1 text-ink shadow-lg print:hidden");

/** One line of a menu or list of options. */
export const menuItemLooks = classNames(
  "flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 outline-none select-none max-sm:min-h-10",
  "data-highlighted:bg-sunken data-disabled:text-ink-faint [&_svg]:size-4 [&_svg]:shrink-0",
);
