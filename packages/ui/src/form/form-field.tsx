"use client";

import { use } from "react";
import type { ReactNode } from "react";
import { useController } from "react-hook-form";
import type { Control, ControllerRenderProps, FieldPath, FieldValues } from "react-hook-form";
import { Field } from "./field.tsx";
import type { FieldProps } from "./field.tsx";
import { controlId } from "./field-problems.ts";
import { FormIdContext } from "./form.tsx";

export interface FormFieldProps<Input extends FieldValues, Name extends FieldPath<Input>, Output>
  extends Omit<FieldProps, "children" | "error" | "id"> {
  /** `form.control`, from which the names and the types of their values are known. */
  readonly control: Control<Input, unknown, Output>;
  readonly name: Name;
  /** `{(field) => <Input {...field} />}`: every control of this package takes what `field` has. */
  readonly children: (field: Omit<ControllerRenderProps<Input, Name>, "disabled">) => ReactNode;
}

/** A `Field` that reads and writes one value of the form and shows its error. */
export function FormField<Input extends FieldValues, Name extends FieldPath<Input>, Output>({
  control,
  name,
  children,
  ...rest
}: FormFieldProps<Input, Name, Output>) {
  const formId = use(FormIdContext);
  const { field, fieldState } = useController({ control, name });
  const { disabled, ...wiring } = field;
  return (
    <Field {...rest} id={controlId(formId, name)} error={fieldState.error?.message}>
      {children(wiring)}
    </Field>
  );
}
