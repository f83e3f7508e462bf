import type { Prisma } from "@atrium/db";
import { dateColumn, plainDateFrom } from "@atrium/kernel";
import type { PlainDate } from "@atrium/kernel";
import { genders, isSensitive } from "./contract.ts";
import type { EmployeeFields, EmployeeRecord, Gender, SensitiveField } from "./contract.ts";
import { statusOn } from "./rules.ts";
import type { MaskedColumns, SealedColumns, Secrets } from "./sensitive.ts";

/* The same person in four shapes: the fields that HR writes, the columns of the table, the record that is shown, and the
   line of the audit trail. */

type Filled<T> = { readonly [K in keyof T]-?: Exclude<T[K], undefined> };

/** Every field has a value or null. */
export type FullFields = Filled<EmployeeFields>;

/** What stands open in the table. */
interface Columns {
  readonly code: string;
  readonly fullName: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly gender: string;
  readonly dateOfBirth: Date | null;
  readonly joinedOn: Date;
  readonly leftOn: Date | null;
  readonly designation: string | null;
  readonly departmentId: string;
  readonly locationId: string;
  readonly managerId: string | null;
  readonly bankIfsc: string | null;
}

export interface LoadedEmployee extends Columns, SealedColumns {
  readonly id: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly department: { readonly id: string; readonly name: string };
  readonly location: { readonly id: string; readonly name: string };
  readonly manager: { readonly id: string; readonly fullName: string } | null;
}

const day = (date: Date | null): PlainDate | null => (date ? plainDateFrom(date) : null);
const column = (date: PlainDate | null | undefined): Date | null => (date ? dateColumn(date) : null);

const genderFrom = (text: string): Gender => genders.find((gender) => gender === text) ?? "undisclosed";

/** What HR may have left out is null. */
export function complete(fields: EmployeeFields): FullFields {
  return {
    ...fields,
    email: fields.email ?? null,
    phone: fields.phone ?? null,
    dateOfBirth: fields.dateOfBirth ?? null,
    leftOn: fields.leftOn ?? null,
    designation: fields.designation ?? null,
    managerId: fields.managerId ?? null,
    pan: fields.pan ?? null,
    uan: fields.uan ?? null,
    aadhaar: fields.aadhaar ?? null,
    bankAccount: fields.bankAccount ?? null,
    bankIfsc: fields.bankIfsc ?? null,
  };
}

/** In place of a sensitive field that was not opened stands its mask: given or not is all that may be asked of it. */
export function toFields(row: Columns & MaskedColumns, opened: Partial<Secrets> = {}): FullFields {
  const { code, fullName, email, phone, designation, departmentId, locationId, managerId, bankIfsc } = row;
  return {
    code, fullName, email, phone, designation, departmentId, locationId, managerId, bankIfsc,
    pan: row.panMasked,
    uan: row.uanMasked,
    aadhaar: row.aadhaarMasked,
    bankAccount: row.bankAccountMasked,
    ...opened,
    gender: genderFrom(row.gender),
    dateOfBirth: day(row.dateOfBirth),
    joinedOn: plainDateFrom(row.joinedOn),
    leftOn: day(row.leftOn),
  };
}

/** The columns that stand open; `toSealed` makes the others. */
export function toColumns({ pan: _pan, uan: _uan, aadhaar: _aadhaar, bankAccount: _account, ...fields }: FullFields): Columns {
  return { ...fields, dateOfBirth: column(fields.dateOfBirth), joinedOn: dateColumn(fields.joinedOn), leftOn: column(fields.leftOn) };
}

export interface View {
  readonly today: PlainDate;
  readonly reportCount: number;
  readonly isPrivateVisible: boolean;
  readonly isEditable: boolean;
  readonly isRevealable: boolean;
}

export function toRecord(row: LoadedEmployee, { today, reportCount, isPrivateVisible, isEditable, isRevealable }: View): EmployeeRecord {
  const fields = toFields(row);
  const { code, fullName, email, phone, designation, joinedOn, leftOn, gender, dateOfBirth, bankIfsc } = fields;
  const seen = <T>(value: T): T | null => (isPrivateVisible ? value : null);
  return {
    id: row.id,
    code, fullName, email, phone, designation, joinedOn, leftOn,
    department: { id: row.department.id, name: row.department.name },
    location: { id: row.location.id, name: row.location.name },
    manager: row.manager ? { id: row.manager.id, name: row.manager.fullName } : null,
    status: statusOn(today, fields),
    gender: seen(gender),
    dateOfBirth: seen(dateOfBirth),
    panMasked: seen(row.panMasked),
    uanMasked: seen(row.uanMasked),
    aadhaarMasked: seen(row.aadhaarMasked),
    bankAccountMasked: seen(row.bankAccountMasked),
    bankIfsc: seen(bankIfsc),
    isPrivateVisible,
    isEditable,
    isRevealable,
    reportCount,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** What the audit trail keeps: the fields that changed, and of a sensitive one its mark. */
export function toAudit(fields: FullFields, mark: (field: SensitiveField, value: string) => string, only?: readonly string[]): Prisma.InputJsonObject {
  const entries = Object.entries(fields).filter(([field, value]) => (only ? only.includes(field) : value !== null));
  return Object.fromEntries(entries.map(([field, value]) => [field, isSensitive(field) && value !== null ? mark(field, value) : value]));
}
