"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import type { DefaultValues, FieldValues, UseFormReturn } from "react-hook-form";
import type { ZodType } from "zod";

/** A form whose fields are `Input` and whose `onSubmit` receives what the schema made of them, `Output`. */
export type ZodForm<Input extends FieldValues, Output = Input> = UseFormReturn<Input, unknown, Output>;

export interface ZodFormOptions<Input extends FieldValues, Output> {
  /** The procedure's own input schema, from the domain's contract: the server checks the very same. */
  readonly schema: ZodType<Output, Input>;
  readonly defaultValues: DefaultValues<Input>;
}

/** Checks on the first submit, then again at each change, so that nobody is scolded while still typing. */
export function useZodForm<Input extends FieldValues, Output>({ schema, defaultValues }: ZodFormOptions<Input, Output>): ZodForm<Input, Output> {
  return useForm<Input, unknown, Output>({
    resolver: zodResolver(schema),
    defaultValues,
    mode: "onSubmit",
    reValidateMode: "onChange",
    // The summary on top takes the focus and leads to each field.
    shouldFocusError: false,
  });
}
