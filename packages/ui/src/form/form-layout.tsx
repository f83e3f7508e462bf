import type { ReactNode } from "react";
import { classNames } from "../class-names.ts";

export interface FormSectionProps {
  readonly title: ReactNode;
  readonly help?: ReactNode;
  readonly children: ReactNode;
}

/** Some fields that belong together, under a heading. */
export function FormSection({ title, help, children }: FormSectionProps) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-4 border-t border-line pt-5 first-of-type:border-t-0 first-of-type:pt-0">
      <legend className="float-left w-full text-lg font-semibold">{title}</legend>
      {help === undefined ? null : <p className="-mt-3 text-ink-soft">{help}</p>}
      {children}
    </fieldset>
  );
}

/** The row of buttons at the end of a form: the one that saves first, then the way out. */
export function FormActions({ children, className }: { readonly children: ReactNode; readonly className?: string | undefined }) {
  return <div className={classNames("flex flex-wrap items-center gap-2 border-t border-line pt-4", className)}>{children}</div>;
}
