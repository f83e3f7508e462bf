import type { Prisma } from "@atrium/db";
import { dateColumn, plainDateFrom } from "@atrium/kernel";
import type { PlainDate } from "@atrium/kernel";
import { genders } from "./contract.ts";
import type { EmployeeFields, EmployeeRecord, Gender } from "./contract.ts";
import { maskAccount, maskPan, statusOn } from "./rules.ts";

/* The same person in four shapes: the fields that HR writes, the columns of the table, the record that is shown, and the
   line of the audit trail. */

type Filled<T> = { readonly [K in keyof T]-?: Exclude<T[K], undefined> };

/** Every field has a value or null. */
export type FullFields = Filled<EmployeeFields>;

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
  readonly pan: string | null;
  readonly uan: string | null;
  readonly bankAccount: string | null;
  readonly bankIfsc: string | null;
}

export interface LoadedEmployee extends Columns {
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
    bankAccount: fields.bankAccount ?? null,
    bankIfsc: fields.bankIfsc ?? null,
  };
}

export function toFields(row: Columns): FullFields {
  const { code, fullName, email, phone, designation, departmentId, locationId, managerId, pan, uan, bankAccount, bankIfsc } = row;
  return {
    code, fullName, email, phone, designation, departmentId, locationId, managerId, pan, uan, bankAccount, bankIfsc,
    gender: genderFrom(row.gender),
    dateOfBirth: day(row.dateOfBirth),
    joinedOn: plainDateFrom(row.joinedOn),
    leftOn: day(row.leftOn),
  };
}

export function toColumns(fields: FullFields): Columns {
  return { ...fields, dateOfBirth: column(fields.dateOfBirth), joinedOn: dateColumn(fields.joinedOn), leftOn: column(fields.leftOn) };
}

export interface View {
  readonly today: PlainDate;
  readonly reportCount: number;
  readonly isPrivateVisible: boolean;
  readonly isEditable: boolean;
}

export function toRecord(row: LoadedEmployee, { today, reportCount, isPrivateVisible, isEditable }: View): EmployeeRecord {
  const fields = toFields(row);
  const { code, fullName, email, phone, designation, joinedOn, leftOn, gender, dateOfBirth, pan, uan, bankAccount, bankIfsc } = fields;
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
    panMasked: seen(pan === null ? null : maskPan(pan)),
    uan: seen(uan),
    bankAccountMasked: seen(bankAccount === null ? null : maskAccount(bankAccount)),
    bankIfsc: seen(bankIfsc),
    isPrivateVisible,
    isEditable,
    reportCount,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** What the audit trail keeps: the fields that changed, with PAN and account masked. */
export function toAudit(fields: FullFields, only?: readonly string[]): Prisma.InputJsonObject {
  const shown: Readonly<Record<string, string | null>> = {
    ...fields,
    pan: fields.pan === null ? null : maskPan(fields.pan),
    bankAccount: fields.bankAccount === null ? null : maskAccount(fields.bankAccount),
  };
  const entries = Object.entries(shown).filter(([field, value]) => (only ? only.includes(field) : value !== null));
  return Object.fromEntries(entries);
}
