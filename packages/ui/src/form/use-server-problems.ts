"use client";

import type { FieldPath, FieldValues } from "react-hook-form";
import { controlId } from "./field-problems.ts";
import type { FieldProblem } from "./field-problems.ts";
import type { ZodForm } from "./use-zod-form.ts";

/**
 * Puts what the server found wrong at the fields of the form. What belongs to no field in sight is gathered in the
 * summary, so that no refusal is ever silent.
 */
export function useServerProblems<Input extends FieldValues, Output>(form: ZodForm<Input, Output>, formId: string) {
  return (problems: readonly FieldProblem[]) => {
    const homeless: string[] = [];
    for (const { field, message } of problems) {
      if (isFieldInSight<Input>(formId, field)) form.setError(field, { type: "server", message });
      else homeless.push(message);
    }
    if (homeless.length > 0) form.setError("root.server", { type: "server", message: homeless.join(" ") });
  };
}

function isFieldInSight<Input extends FieldValues>(formId: string, field: string | undefined): field is FieldPath<Input> {
  return field !== undefined && document.getElementById(controlId(formId, field)) !== null;
}
