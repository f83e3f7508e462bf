"use client";

import type { ComponentPropsWithRef, ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { controlLooks, useFieldControl } from "./control.ts";

export interface InputProps extends Omit<ComponentPropsWithRef<"input">, "disabled" | "value"> {
  readonly value?: string | number | undefined;
  /** An icon inside, at the start. */
  readonly icon?: ReactNode;
  /** A unit inside, at the end: `₹`, `days`. */
  readonly unit?: ReactNode;
}

/** One line of text. Inside a `Field` it needs no id. What may only be read is `readOnly`. */
export function Input({ icon, unit, className, ...rest }: InputProps) {
  const control = useFieldControl(rest);
  const input = (
    <input
      {...rest}
      {...control}
      className={classNames(controlLooks, "h-8 max-sm:h-10", icon !== undefined && "pl-8", unit !== undefined && "pr-14", className)}
    />
  );
  if (icon === undefined && unit === undefined) return input;
  return (
    <span className="relative block">
      {icon === undefined ? null : (
        <span aria-hidden className="pointer-events-none absolute inset-y-0 left-0 flex w-8 items-center justify-center text-ink-faint [&_svg]:size-4">
          {icon}
        </span>
      )}
      {input}
      {unit === undefined ? null : <span className="pointer-events-none absolute inset-y-0 right-2.5 flex items-center text-sm text-ink-soft">{unit}</span>}
    </span>
  );
}

export interface TextareaProps extends Omit<ComponentPropsWithRef<"textarea">, "disabled" | "value"> {
  readonly value?: string | undefined;
}

/** Several lines of text; grows with what is written. */
export function Textarea({ className, rows = 3, ...rest }: TextareaProps) {
  const control = useFieldControl(rest);
  return <textarea rows={rows} {...rest} {...control} className={classNames(controlLooks, "field-sizing-content min-h-20 py-1.5", className)} />;
}
