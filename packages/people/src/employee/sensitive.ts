import type { Vault } from "@atrium/vault";
import { isSensitive } from "./contract.ts";
import type { SensitiveField } from "./contract.ts";
import { maskNumber, maskPan } from "./rules.ts";

/* The fields that are sealed: what the table keeps of them, and how one comes back. */

/** The fields as somebody wrote them. */
export type Secrets = { readonly [F in SensitiveField]: string | null };

export interface MaskedColumns {
  readonly panMasked: string | null;
  readonly uanMasked: string | null;
  readonly aadhaarMasked: string | null;
  readonly bankAccountMasked: string | null;
}

interface SealedTexts {
  readonly panSealed: string | null;
  readonly uanSealed: string | null;
  readonly aadhaarSealed: string | null;
  readonly bankAccountSealed: string | null;
}

/** All that the table keeps of the sensitive fields. */
export interface SealedColumns extends MaskedColumns, SealedTexts {
  readonly panIndex: string | null;
  readonly aadhaarIndex: string | null;
}

export const masks: { readonly [F in SensitiveField]: (value: string) => string } = {
  pan: maskPan,
  uan: maskNumber,
  aadhaar: maskNumber,
  bankAccount: maskNumber,
};

const columnOf = { pan: "pan", uan: "uan", aadhaar: "aadhaar", bankAccount: "bank_account" } as const;
const placeOf = (id: string, field: SensitiveField) => ({ table: "employee", column: `${columnOf[field]}_sealed`, rowId: id }) as const;

/** By what a value is found and compared without being known. */
export const markOf = (vault: Vault, field: SensitiveField, value: string): string => vault.fingerprint(`employee.${columnOf[field]}`, value);

/** What the audit trail keeps in place of a value: it tells that it changed, and to the same as elsewhere. */
export const auditMark = (vault: Vault, field: SensitiveField, value: string): string => `fp:${markOf(vault, field, value).slice(0, 16)}`;

/** The columns of one person's fields. Those that are not given are left out. */
export function toSealed(vault: Vault, id: string, secrets: Secrets): SealedColumns;
export function toSealed(vault: Vault, id: string, secrets: Partial<Secrets>): Partial<SealedColumns>;
export function toSealed(vault: Vault, id: string, secrets: Partial<Secrets>): Partial<SealedColumns> {
  const [pan, uan, aadhaar, bankAccount] = (["pan", "uan", "aadhaar", "bankAccount"] as const).map((field) => keep(vault, id, field, secrets[field]));
  return {
    ...(pan && { panSealed: pan.sealed, panMasked: pan.masked, panIndex: pan.mark }),
    ...(uan && { uanSealed: uan.sealed, uanMasked: uan.masked }),
    ...(aadhaar && { aadhaarSealed: aadhaar.sealed, aadhaarMasked: aadhaar.masked, aadhaarIndex: aadhaar.mark }),
    ...(bankAccount && { bankAccountSealed: bankAccount.sealed, bankAccountMasked: bankAccount.masked }),
  };
}

function keep(vault: Vault, id: string, field: SensitiveField, value: string | null | undefined) {
  if (value === undefined) return undefined;
  if (value === null) return { sealed: null, masked: null, mark: null };
  return { sealed: vault.seal(placeOf(id, field), value), masked: masks[field](value), mark: markOf(vault, field, value) };
}

/** One field of a person in full; null when there is none. Throws `vault/cannot-open`. */
export function openSecret(vault: Vault, row: SealedTexts & { readonly id: string }, field: SensitiveField): string | null {
  const sealed = row[`${field}Sealed`];
  return sealed === null ? null : vault.open(placeOf(row.id, field), sealed);
}

/** Those of the fields that are named. Throws `vault/cannot-open`. */
export function openSecrets(vault: Vault, row: SealedTexts & { readonly id: string }, fields: readonly SensitiveField[]): Partial<Secrets> {
  return Object.fromEntries(fields.map((field) => [field, openSecret(vault, row, field)]));
}

/** The sensitive ones of these fields. */
export const sensitiveOf = (fields: readonly string[]): SensitiveField[] => fields.filter(isSensitive);

/** The named ones of a person's sensitive fields. */
export function pickSecrets(from: Secrets, fields: readonly SensitiveField[]): Partial<Secrets> {
  return Object.fromEntries(fields.map((field) => [field, from[field]]));
}
