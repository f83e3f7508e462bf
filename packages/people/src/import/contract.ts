import { defineErrors, defineEvent, idSchema } from "@atrium/kernel";
import { z } from "zod";
import { aadhaar, bankAccount, bankIfsc, email, employeeCode, isSensitive, pan, phone, uan } from "../employee/contract.ts";

/** What can be wrong with a file as a whole, with what is asked of an import, and with one row. */
export const importErrors = defineErrors({
  "people/import-not-found": "not-found",
  "people/import-too-large": "too-large",
  "people/import-empty": "invalid",
  "people/import-no-rows": "invalid",
  "people/import-not-csv": "invalid",
  "people/import-not-utf8": "invalid",
  "people/import-quotes-broken": "invalid",
  "people/import-columns-missing": "invalid",
  "people/import-column-twice": "invalid",
  "people/import-too-many-rows": "invalid",
  "people/import-not-ready": "conflict",
  "people/import-has-bad-rows": "conflict",
  "people/import-nothing-good": "conflict",
  "people/import-over": "conflict",
  "people/import-forgotten": "conflict",
  "people/import-changed-since-check": "conflict",
  "people/import-failed": "internal",
  "people/row-ragged": "invalid",
  "people/column-unknown": "invalid",
  "people/gender-unknown": "invalid",
  "people/code-twice": "invalid",
  "people/pan-twice": "invalid",
  "people/aadhaar-twice": "invalid",
  "people/manager-refused": "invalid",
});

export const maxImportBytes = 10 * 1024 * 1024;
export const maxImportRows = 50_000;

/** The columns of a file of joiners, in the sample's order, with the other names they are known by. */
export const importColumns = {
  code: { header: "Employee code", isRequired: true, aliases: ["code", "employee id", "employee no", "employee number", "emp code", "emp id"] },
  fullName: { header: "Full name", isRequired: true, aliases: ["name", "employee name"] },
  email: { header: "Email", isRequired: false, aliases: ["e-mail", "email address", "work email", "mail"] },
  phone: { header: "Phone", isRequired: false, aliases: ["mobile", "phone number", "mobile number", "contact number"] },
  gender: { header: "Gender", isRequired: false, aliases: ["sex"] },
  dateOfBirth: { header: "Date of birth", isRequired: false, aliases: ["dob", "birth date"] },
  joinedOn: { header: "Date of joining", isRequired: true, aliases: ["doj", "joining date", "joined on", "start date", "joined"] },
  designation: { header: "Designation", isRequired: false, aliases: ["title", "job title", "position"] },
  department: { header: "Department", isRequired: true, aliases: ["dept", "team"] },
  location: { header: "Location", isRequired: true, aliases: ["work location", "office", "branch"] },
  managerCode: { header: "Manager code", isRequired: false, aliases: ["manager", "reports to", "reporting manager", "manager id"] },
  pan: { header: "PAN", isRequired: false, aliases: ["pan number", "pan no"] },
  uan: { header: "UAN", isRequired: false, aliases: ["uan number", "uan no"] },
  aadhaar: { header: "Aadhaar", isRequired: false, aliases: ["aadhaar number", "aadhaar no", "aadhar", "aadhar number", "uid"] },
  bankAccount: { header: "Bank account", isRequired: false, aliases: ["account number", "account no", "bank account number"] },
  bankIfsc: { header: "IFSC", isRequired: false, aliases: ["ifsc code", "bank ifsc"] },
} as const;
export type ImportColumn = keyof typeof importColumns;

/** Whether a cell of this column is kept sealed and shown masked. */
export const isSensitiveColumn = (column: string): boolean => isSensitive(column);

/** What one row must be once dates, genders and names are read. */
export const cellSchemas = { code: employeeCode, email, phone, pan, uan, aadhaar, bankAccount, bankIfsc } as const;

export const importStatuses = ["uploaded", "checking", "checked", "committing", "done", "failed", "cancelled"] as const;
export type ImportStatus = (typeof importStatuses)[number];

/** `good-rows` leaves the bad ones out; `all-or-none` creates everybody in one transaction or nobody. */
export const importModes = ["good-rows", "all-or-none"] as const;
export type ImportMode = (typeof importModes)[number];

export const importFates = ["create", "refuse"] as const;
export type ImportFate = (typeof importFates)[number];

const params = z.record(z.string(), z.union([z.string(), z.number()]));

/** One reason why a row is refused. `column` is undefined when it is the whole row. */
export const RowProblem = z.object({ column: z.string().optional(), code: z.string(), params: params.optional() });
export type RowProblem = z.output<typeof RowProblem>;

/** The cells of one row, by column, as they stand in the file; the sensitive ones masked wherever they are shown. */
export const RowCells = z.record(z.string(), z.string());
export type RowCells = z.output<typeof RowCells>;

export const ImportHeaders = z.object({
  known: z.array(z.object({ header: z.string(), column: z.string() })),
  /** Columns that are not understood and so are left out. */
  unknown: z.array(z.string()),
});
export type ImportHeaders = z.output<typeof ImportHeaders>;

export const importIdSchema = idSchema("imp");
export const OneImport = z.object({ id: importIdSchema });
export type OneImport = z.output<typeof OneImport>;

export const RegisterUpload = z.object({
  id: importIdSchema,
  fileName: z.string().trim().min(1).max(255),
  fileBytes: z.int().min(0).max(maxImportBytes, { error: "people/import-too-large" }),
});
export type RegisterUpload = z.output<typeof RegisterUpload>;

export const ImportRecord = z.object({
  id: z.string(),
  fileName: z.string(),
  status: z.enum(importStatuses),
  mode: z.enum(importModes).nullable(),
  totalRows: z.int(),
  goodRows: z.int(),
  badRows: z.int(),
  /** Rows that the present step has dealt with. */
  doneRows: z.int(),
  createdRows: z.int(),
  /** Rows a second and seconds left of the present step; null while they cannot be told. */
  perSecond: z.int().nullable(),
  secondsLeft: z.int().nullable(),
  /** Its file and what its rows said are gone: it was left alone for a week. */
  isForgotten: z.boolean(),
  /** Nothing has moved for a while: it may be started again. */
  isStalled: z.boolean(),
  headers: ImportHeaders.nullable(),
  problem: z.object({ code: z.string(), params: params.optional() }).nullable(),
  createdBy: z.string().nullable(),
  createdAt: z.string(),
  checkedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
});
export type ImportRecord = z.output<typeof ImportRecord>;

export const ImportList = z.object({ items: z.array(ImportRecord) });
export type ImportList = z.output<typeof ImportList>;

export const ListImportRows = z.object({
  id: importIdSchema,
  fate: z.enum(importFates).optional(),
  /** The row number that the previous page ended with. */
  after: z.int().min(0).default(0),
  limit: z.int().min(1).max(500).default(100),
});
export type ListImportRows = z.output<typeof ListImportRows>;

export const ImportRow = z.object({
  rowNumber: z.int(),
  fate: z.enum(importFates),
  cells: RowCells,
  problems: z.array(RowProblem),
  employeeId: z.string().nullable(),
});
export type ImportRow = z.output<typeof ImportRow>;

export const ImportRowPage = z.object({ items: z.array(ImportRow), next: z.int().nullable() });
export type ImportRowPage = z.output<typeof ImportRowPage>;

export const CommitImport = z.object({ id: importIdSchema, mode: z.enum(importModes) });
export type CommitImport = z.output<typeof CommitImport>;

const start = z.object({ tenantId: z.string(), importId: z.string(), actorMemberId: z.string().optional() });

/** A file lies ready to be checked. */
export const importUploaded = defineEvent("people/import.uploaded", start);
/** Somebody decided that the checked rows become employees. */
export const importConfirmed = defineEvent("people/import.confirmed", start);
