import { createContext, use } from "react";
import { classNames } from "../class-names.ts";

/** What a `Field` tells the control inside it, so that label, help and error belong to it without being wired by hand. */
export interface FieldControl {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
  readonly "aria-required": true | undefined;
}

export const FieldContext = createContext<FieldControl | undefined>(undefined);

/** The attributes a control takes from the `Field` round it; nothing outside a field. What the caller gives wins. */
export function useFieldControl(own: { readonly id?: string | undefined; readonly "aria-describedby"?: string | undefined }) {
  const field = use(FieldContext);
  return {
    id: own.id ?? field?.id,
    "aria-describedby": own["aria-describedby"] ?? field?.["aria-describedby"],
    "aria-invalid": field?.["aria-invalid"],
    "aria-required": field?.["aria-required"],
  };
}

/** The looks that every box one types or chooses in has in common. On a phone 16 px, or the browser zooms in. */
export const controlLooks = classNames(
  "w-full rounded-lg border border-line-strong bg-surface px-2.5 text-base text-ink shadow-sm transition-colors max-sm:text-lg",
  "hover:border-ink-faint aria-invalid:border-danger",
  "focus-visible:border-focus focus-visible:outline-offset-0",
  "[&[readonly]]:bg-sunken",
);
