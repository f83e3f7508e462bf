import type { ReactNode } from "react";

/** One person, page or act that can be found. */
export interface PaletteItem {
  readonly id: string;
  readonly label: string;
  /** Quieter, beside the label: employee code, section. */
  readonly detail?: string | undefined;
  readonly icon?: ReactNode;
  /** Other words by which it is found. */
  readonly keywords?: readonly string[] | undefined;
  /** Goes there through `onNavigate`; otherwise `onSelect` acts. */
  readonly href?: string | undefined;
  readonly onSelect?: (() => void) | undefined;
}

export interface PaletteGroup {
  readonly id: string;
  readonly heading: string;
  readonly items: readonly PaletteItem[];
}
