"use client";

import { createContext, useId, useRef } from "react";
import type { KeyboardEvent, ReactNode, SyntheticEvent } from "react";
import { FormProvider } from "react-hook-form";
import type { FieldValues } from "react-hook-form";
import { classNames } from "../class-names.ts";
import { useUi } from "../ui-provider.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import type { FieldProblem } from "./field-problems.ts";
import type { ZodForm } from "./use-zod-form.ts";
import { useServerProblems } from "./use-server-problems.ts";

/** The id of the form round a field, from which the ids of its controls are made. */
export const FormIdContext = createContext("");

export interface FormProps<Input extends FieldValues, Output> {
  /** From `useZodForm`. */
  readonly form: ZodForm<Input, Output>;
  /**
   * Receives the values once they pass the schema. The server's refusals of single fields are returned, or thrown as
   * an error that `problemsOf` of the `UiProvider` can read; they then stand at their fields. Any other error that is
   * thrown stays the caller's.
   */
  readonly onSubmit: (values: Output) => unknown;
  /** For a submit button outside the form, such as in the footer of a sheet: `<Button type="submit" form={id}>`. */
  readonly id?: string | undefined;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** One column of fields with a summary of what is wrong on top. `Ctrl Enter` submits from anywhere inside. */
export function Form<Input extends FieldValues, Output>({ form, onSubmit, id: givenId, className, children }: FormProps<Input, Output>) {
  const madeId = useId();
  const id = givenId ?? madeId;
  const summary = useRef<HTMLDivElement>(null);
  const { problemsOf } = useUi();
  const showServerProblems = useServerProblems(form, id);
  const focusSummary = () => {
    // The summary is painted by the render that these errors cause, so it takes the focus after it.
    requestAnimationFrame(() => summary.current?.focus());
  };
  const send = async (values: Output) => {
    const problems = await outcomeOf(onSubmit, values, problemsOf);
    if (problems.length === 0) return;
    showServerProblems(problems);
    focusSummary();
  };
  const submit = async (event: SyntheticEvent) => {
    // A form within the portal of another form must not submit that one too.
    event.stopPropagation();
    event.preventDefault();
    if (!form.formState.isSubmitting) await form.handleSubmit(send, focusSummary)();
  };
  return (
    <FormIdContext value={id}>
      <FormProvider {...form}>
        <form
          id={id}
          noValidate
          // Sent before the page's script has come to life, a form must not put what was typed into the address.
          method="post"
          onSubmit={(event) => void submit(event)}
          onKeyDown={submitOnCtrlEnter}
          className={classNames("flex max-w-xl flex-col gap-5", className)}
        >
          <ErrorSummary ref={summary} formId={id} />
          {children}
        </form>
      </FormProvider>
    </FormIdContext>
  );
}

function submitOnCtrlEnter(event: KeyboardEvent<HTMLFormElement>) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}

async function outcomeOf<Output>(
  onSubmit: (values: Output) => unknown,
  values: Output,
  problemsOf: (error: unknown) => readonly FieldProblem[] | undefined,
): Promise<readonly FieldProblem[]> {
  try {
    const result = await onSubmit(values);
    return isProblemList(result) ? result : [];
  } catch (error) {
    const problems = problemsOf(error);
    if (problems === undefined) throw error;
    return problems;
  }
}

function isProblemList(value: unknown): value is readonly FieldProblem[] {
  return Array.isArray(value) && value.every((item: unknown) => typeof item === "object" && item !== null && "message" in item && typeof item.message === "string");
}
