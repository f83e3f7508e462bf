"use client";

import { CircleAlert } from "lucide-react";
import type { MouseEvent, Ref } from "react";
import { useFormState } from "react-hook-form";
import { useUi } from "../ui-provider.tsx";
import { controlId, listProblems } from "./field-problems.ts";
import type { FieldProblem } from "./field-problems.ts";

/** Everything that is wrong in a form, each as a link to its field. Stands on top of every `Form` by itself. */
export function ErrorSummary({ formId, ref }: { readonly formId: string; readonly ref?: Ref<HTMLDivElement> | undefined }) {
  const { t } = useUi();
  const { errors, isSubmitted } = useFormState();
  const problems = listProblems(errors);
  if (!isSubmitted || problems.length === 0) return null;
  return (
    <div
      ref={ref}
      role="alert"
      tabIndex={-1}
      className="flex animate-appear scroll-mt-20 gap-2.5 rounded-lg border border-danger bg-danger-soft p-3"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      <div className="flex flex-col gap-1">
        <p className="font-semibold">{t("fieldsNeedCorrection", { count: problems.length })}</p>
        <ul>
          {problems.map((problem) => (
            <li key={`${problem.field ?? ""} ${problem.message}`}>
              <Problem formId={formId} problem={problem} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Problem({ formId, problem }: { readonly formId: string; readonly problem: FieldProblem }) {
  if (problem.field === undefined) return problem.message;
  const id = controlId(formId, problem.field);
  const focusField = (event: MouseEvent) => {
    const control = document.getElementById(id);
    if (control === null) return;
    event.preventDefault();
    control.focus();
  };
  return (
    <a href={`#${id}`} onClick={focusField} className="inline-block min-h-6 rounded-sm py-0.5 text-danger underline underline-offset-3 hover:decoration-2">
      {problem.message}
    </a>
  );
}
