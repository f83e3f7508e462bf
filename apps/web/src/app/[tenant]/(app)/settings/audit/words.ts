import type { Permission } from "@atrium/kernel";

/*
 * What was done is told in the house's own codes, which are English words: `payroll-run.request-cancel`. They are shown as
 * words, and stay what one searches for and finds in an export.
 */

const spelled = (code: string): string =>
  code.replaceAll("-", " ").replaceAll(/\b(sso|mfa)\b/g, (short) => short.toUpperCase()).replaceAll(/\btotp\b/g, "authenticator app");
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
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

interface RecordPlace {
  readonly path: string;
  readonly permission: Permission;
}

const settings = (part: string, permission: Permission) => (): RecordPlace => ({ path: `settings/${part}`, permission });

/** Where the records are that have a page, or stand on one. */
const places: ReadonlyMap<string, (id: string) => RecordPlace> = new Map<string, (id: string) => RecordPlace>([
  ["employee", (id) => ({ path: `people/${id}`, permission: "people:read" })],
  ["employee-import", (id) => ({ path: `people/import/${id}`, permission: "people:import" })],
  ["department", () => ({ path: "people/organisation", permission: "people:import" })],
  ["location", () => ({ path: "people/organisation", permission: "people:import" })],
  ["payroll-month", (period) => ({ path: `pay/${period}`, permission: "payroll:read" })],
  ["payroll-run", () => ({ path: "pay", permission: "payroll:read" })],
  ["member", settings("members", "members:read")],
  ["role", settings("roles", "roles:read")],
  ["holiday", settings("calendar", "time:read")],
  ["company", settings("company", "company:manage")],
  ...["billing-account", "invoice", "invoice-payment"].map((entity) => [entity, settings("billing", "billing:read")] as const),
  ...["domain", "security", "sso-connection", "support-grant"].map((entity) => [entity, settings("security", "security:read")] as const),
]);

/** The page of a record below the company's path, and whose page it is; undefined when it has none. */
export const recordPlace = (entity: string, entityId: string): RecordPlace | undefined => places.get(entity)?.(entityId);
