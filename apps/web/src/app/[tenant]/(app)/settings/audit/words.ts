/*
 * What was done is told in the house's own codes, which are English words: `payroll-run.request-cancel`. They are shown as
 * words, and stay what one searches for and finds in an export.
 */

const spelled = (code: string): string => code.replaceAll("-", " ");
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** `Payroll run`. */
export const spelledEntity = (entity: string): string => capital(spelled(entity));

/** `Payroll run: request cancel`. */
export function spelledAction(action: string): string {
  const [entity = "", verb = ""] = action.split(".", 2);
  return `${spelledEntity(entity)}: ${spelled(verb)}`;
}

/** `2026-11-20 09:34:05`, of an instant in ISO 8601. */
export const spelledUtc = (instant: string): string => instant.slice(0, 19).replace("T", " ");

/** A value of before or after, in one piece of text. Very long ones are cut: the export has them whole. */
export function spelledValue(value: unknown, most = 2_000): string {
  const text = typeof value === "string" ? value : JSON.stringify(value, undefined, 1);
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** The page of a record below the company's path, and whose page it is; undefined when it has none. */
export function recordPlace(entity: string, entityId: string): { readonly path: string; readonly permission: "people:read" | "people:import" | "payroll:read" | "members:read" } | undefined {
  switch (entity) {
    case "employee":
      return { path: `people/${entityId}`, permission: "people:read" };
    case "employee-import":
      return { path: `people/import/${entityId}`, permission: "people:import" };
    case "department":
    case "location":
      return { path: "people/organisation", permission: "people:import" };
    case "payroll-month":
      return { path: `pay/${entityId}`, permission: "payroll:read" };
    case "payroll-run":
      return { path: "pay", permission: "payroll:read" };
    case "member":
      return { path: "settings/members", permission: "members:read" };
    default:
      return undefined;
  }
}
