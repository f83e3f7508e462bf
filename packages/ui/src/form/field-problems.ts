/** What is wrong with one field, in a sentence the person can act on. Without a `field` it concerns the form as a whole. */
export interface FieldProblem {
  /** The path in the form's values, e.g. `bank.ifsc` or `rows.2.code`. */
  readonly field?: string | undefined;
  readonly message: string;
}

/** Path under which react-hook-form keeps what concerns the whole form. */
const wholeForm = "root";

/**
 * Flattens react-hook-form's tree of errors into a list, in the order of the tree. `ref` is the control itself, which
 * react-hook-form hangs beside the message.
 */
export function listProblems(errors: object, path = ""): FieldProblem[] {
  return Object.entries(errors).flatMap(([key, value]: [string, unknown]): FieldProblem[] => {
    if (typeof value !== "object" || value === null || key === "ref") return [];
    const field = path === "" ? key : `${path}.${key}`;
    const message = messageOf(value);
    if (message !== undefined) return [isWholeForm(field) ? { message } : { field: listField(field), message }];
    return listProblems(value, field);
  });
}

/** The id of a field's control, by which the summary of errors finds it. */
export function controlId(formId: string, field: string): string {
  return `${formId}-${field.replaceAll(".", "-")}`;
}

function messageOf(error: object): string | undefined {
  // A field may itself be called "message" or "type"; only react-hook-form's own errors have both as strings.
  if (!("type" in error) || !("message" in error)) return undefined;
  return typeof error.type === "string" && typeof error.message === "string" && error.message !== "" ? error.message : undefined;
}

function isWholeForm(field: string): boolean {
  return field === wholeForm || field.startsWith(`${wholeForm}.`);
}

/** An error of a list as a whole stands under `rows.root`: it belongs to the field `rows`. */
function listField(field: string): string {
  return field.endsWith(`.${wholeForm}`) ? field.slice(0, -wholeForm.length - 1) : field;
}
