"use client";

import { createContext, use, useMemo } from "react";
import type { ReactNode } from "react";
import { LinkProvider } from "./link.tsx";
import type { LinkComponent } from "./link.tsx";
import type { FieldProblem } from "./form/field-problems.ts";
import type { UiTranslate } from "./messages.ts";

interface Ui {
  readonly t: UiTranslate;
  readonly locale: string;
  readonly problemsOf: (error: unknown) => readonly FieldProblem[] | undefined;
}

const UiContext = createContext<Ui | undefined>(undefined);

export interface UiProviderProps {
  /** The words the components say themselves: one message for each of `uiMessageKeys`. */
  readonly t: UiTranslate;
  /** For dates and numbers; `en-IN` unless told. */
  readonly locale?: string | undefined;
  /** The router's link, for instance `next/link`; a plain `<a>` unless told. */
  readonly link?: LinkComponent | undefined;
  /** Reads the fields to mend out of what a form's `onSubmit` threw; undefined when the error is of another kind. */
  readonly problemsOf?: ((error: unknown) => readonly FieldProblem[] | undefined) | undefined;
  readonly children: ReactNode;
}

const noProblems = () => undefined;

/** Stands once at the root of the application, in a client component, round everything that uses these components. */
export function UiProvider({ t, locale = "en-IN", link, problemsOf = noProblems, children }: UiProviderProps) {
  const ui = useMemo(() => ({ t, locale, problemsOf }), [t, locale, problemsOf]);
  return (
    <UiContext value={ui}>
      <LinkProvider component={link}>{children}</LinkProvider>
    </UiContext>
  );
}

/** The words, the locale and the error reader of the application. Throws outside a `UiProvider`. */
export function useUi(): Ui {
  const ui = use(UiContext);
  if (ui === undefined) throw new Error("A component of @atrium/ui that speaks stands outside UiProvider.");
  return ui;
}
