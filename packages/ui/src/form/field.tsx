"use client";

import { CircleAlert } from "lucide-react";
import { useId, useMemo } from "react";
import type { ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { useUi } from "../ui-provider.tsx";
import { FieldContext } from "./control.ts";
import type { FieldControl } from "./control.ts";

export interface FieldProps {
  readonly label: ReactNode;
  /** One sentence under the control. */
  readonly help?: ReactNode;
  /** What is wrong and how to mend it; stands with an icon right under the control. */
  readonly error?: string | undefined;
  /** Without it the label says "(optional)"; most fields of a good form are needed. */
  readonly isRequired?: boolean | undefined;
  /** The control's id; made up unless given. */
  readonly id?: string | undefined;
  /** A choice of several controls (radio group): the label names the group instead of pointing at one control. */
  readonly isGroup?: boolean | undefined;
  readonly className?: string | undefined;
  /** One control of this package: it takes its id, description and validity from the field by itself. */
  readonly children: ReactNode;
}

/** Label above, control, help and error under it, all tied together for a screen reader. */
export function Field({ label, help, error, isRequired = true, id: givenId, isGroup = false, className, children }: FieldProps) {
  const madeId = useId();
  const id = givenId ?? madeId;
  const { t } = useUi();
  const control = useFieldAttributes(id, help !== undefined, error !== undefined, isRequired);
  const labelText = (
    <>
      {label}
      {isRequired ? null : <span className="font-normal text-ink-faint"> ({t("optional")})</span>}
    </>
  );
  return (
    <div className={classNames("flex min-w-0 flex-col gap-1.5", className)}>
      {isGroup ? (
        <span id={`${id}-label`} className="font-medium">
          {labelText}
        </span>
      ) : (
        <label htmlFor={id} id={`${id}-label`} className="w-fit font-medium">
          {labelText}
        </label>
      )}
      <FieldContext value={control}>{children}</FieldContext>
      {error === undefined ? null : <FieldError id={`${id}-error`}>{error}</FieldError>}
      {help === undefined ? null : (
        <p id={`${id}-help`} className="text-sm text-ink-soft">
          {help}
        </p>
      )}
    </div>
  );
}

/** The sentence beside a field that says how to mend it. */
export function FieldError({ id, children }: { readonly id?: string | undefined; readonly children: ReactNode }) {
  return (
    <p id={id} className="flex items-start gap-1.5 text-sm text-danger">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      {children}
    </p>
  );
}

function useFieldAttributes(id: string, hasHelp: boolean, hasError: boolean, isRequired: boolean): FieldControl {
  return useMemo(() => {
    const describedBy = [hasError ? `${id}-error` : "", hasHelp ? `${id}-help` : ""].filter((part) => part !== "").join(" ");
    return {
      id,
      "aria-describedby": describedBy === "" ? undefined : describedBy,
      "aria-invalid": hasError || undefined,
      "aria-required": isRequired || undefined,
    };
  }, [id, hasHelp, hasError, isRequired]);
}
