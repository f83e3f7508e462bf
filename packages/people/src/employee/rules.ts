import { anywhereInLike } from "@atrium/kernel";
import type { FieldError, PlainDate, Scope } from "@atrium/kernel";
import type { EmployeeStatus } from "./contract.ts";

/** Nobody works below this age. Child and Adolescent Labour (Prohibition and Regulation) Act, 1986, section 3. */
export const minimumAgeYears = 14;

/** Where someone stands on a day. The last day at work still counts as active. */
export function statusOn(today: PlainDate, { joinedOn, leftOn }: { readonly joinedOn: PlainDate; readonly leftOn: PlainDate | null }): EmployeeStatus {
  if (joinedOn > today) return "joining";
  return leftOn !== null && leftOn < today ? "left" : "active";
}

export interface EmployeeFacts {
  readonly joinedOn: PlainDate;
  readonly leftOn: PlainDate | null;
  readonly dateOfBirth: PlainDate | null;
  readonly bankAccount: string | null;
  readonly bankIfsc: string | null;
}

/** What contradicts itself in a record whose fields are each right alone. */
export function contradictions(facts: EmployeeFacts): FieldError[] {
  const found: FieldError[] = [];
  const { joinedOn, leftOn, dateOfBirth, bankAccount, bankIfsc } = facts;
  if (leftOn !== null && leftOn < joinedOn) found.push({ field: "leftOn", code: "people/left-before-joined", params: { joinedOn } });
  if (dateOfBirth !== null && birthday(dateOfBirth, minimumAgeYears) > joinedOn) {
    found.push({ field: "dateOfBirth", code: "people/born-too-late", params: { years: minimumAgeYears } });
  }
  if ((bankAccount === null) !== (bankIfsc === null)) {
    found.push({ field: bankAccount === null ? "bankAccount" : "bankIfsc", code: "people/bank-incomplete" });
  }
  return found;
}

/** The day someone turns this old, as text that compares rightly even for 29 February. */
const birthday = (bornOn: PlainDate, years: number): PlainDate => `${String(Number(bornOn.slice(0, 4)) + years).padStart(4, "0")}${bornOn.slice(4)}`;

/** `AAAPA0001A` → `XXXXX0001A`. */
export const maskPan = (pan: string): string => `XXXXX${pan.slice(5)}`;

/** A long number by its last four digits, whatever its length: `000000001234` → `XXXXXXXX1234`. */
export const maskNumber = (digits: string): string => `XXXXXXXX${digits.slice(-4)}`;

/** A text somebody wrote, with whatever reads like one of those numbers masked. */
export const withoutNumbers = (text: string): string =>
  text.replaceAll(/\b[A-Z]{5}[0-9]{4}[A-Z]\b/gi, (pan) => maskPan(pan.toUpperCase())).replaceAll(/[0-9](?:[ -]?[0-9]){8,17}/g, maskNumber);

/** Whether the viewer may see a person's private facts: their own, or everybody's by a permission for the company. */
export function isPrivateVisible(scopes: readonly Scope[], viewerEmployeeId: string | undefined, employeeId: string): boolean {
  return viewerEmployeeId === employeeId || scopes.some((scope) => scope !== "own" && scope !== "team");
}

/** What differs between two records, by field. */
export function changedFields<T extends Readonly<Record<string, unknown>>>(before: T, after: T): (keyof T & string)[] {
  return Object.keys(after).filter((field) => before[field] !== after[field]);
}

/** The words of a search, as patterns for LIKE. PostgreSQL lowers them by its own rules. */
export function searchPatterns(search: string | undefined): string[] {
  const words = (search ?? "").split(/\s+/).filter((word) => word !== "");
  return words.slice(0, 6).map(anywhereInLike);
}
