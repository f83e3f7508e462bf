import type { ReactNode } from "react";
import type { MenuItem } from "../menu.tsx";

/** A place of the application, by what people do there. */
export interface Place {
  readonly id: string;
  readonly label: string;
  readonly href: string;
  /** A lucide icon. */
  readonly icon: ReactNode;
  readonly isCurrent: boolean;
  /** How many things wait there. */
  readonly count?: number | undefined;
}

export interface ShellTenant {
  readonly name: string;
  /** A second line: plan, legal name. */
  readonly detail?: string | undefined;
  /** The companies one may switch to, this one marked `isCurrent`. With one or none the name is no menu. */
  readonly items?: readonly MenuItem[] | undefined;
}

export interface ShellPerson {
  readonly name: string;
  /** A second line: role or e-mail address. */
  readonly detail?: string | undefined;
  /** Profile, theme, sign out. */
  readonly items: readonly MenuItem[];
  /** After the items: a `ThemeChoice`. */
  readonly menuExtra?: ReactNode;
}
