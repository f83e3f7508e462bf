import { defineErrors, defineEvent, hasCheckDigit, idSchema, isPlainDate, oneLine, pageRequestShape, yearMonthSchema } from "@atrium/kernel";
import { z } from "zod";

/** What can be wrong with a person's record. A field's schema reports these codes as its message. */
export const employeeErrors = defineErrors({
  "people/employee-not-found": "not-found",
  "people/employee-changed": "conflict",
  "people/beyond-reach": "forbidden",
  "people/employee-invalid": "invalid",
  "people/required": "invalid",
  "people/too-long": "invalid",
  "people/code-invalid": "invalid",
  "people/code-taken": "conflict",
  "people/email-invalid": "invalid",
  "people/phone-invalid": "invalid",
  "people/date-invalid": "invalid",
  "people/born-too-late": "invalid",
  "people/left-before-joined": "invalid",
  "people/department-unknown": "invalid",
  "people/location-unknown": "invalid",
  "people/manager-unknown": "invalid",
  "people/manager-is-self": "invalid",
  "people/manager-in-cycle": "invalid",
  "people/pan-invalid": "invalid",
  "people/pan-taken": "conflict",
  "people/uan-invalid": "invalid",
  "people/aadhaar-invalid": "invalid",
  "people/aadhaar-taken": "conflict",
  "people/account-invalid": "invalid",
  "people/ifsc-invalid": "invalid",
  "people/bank-incomplete": "invalid",
  "people/reason-missing": "invalid",
});

export const genders = ["female", "male", "other", "undisclosed"] as const;
export type Gender = (typeof genders)[number];

export const employeeStatuses = ["active", "joining", "left"] as const;
export type EmployeeStatus = (typeof employeeStatuses)[number];

/** What is sealed, and shown masked unless somebody with the right to it asks. */
export const sensitiveFields = ["pan", "uan", "aadhaar", "bankAccount"] as const;
export type SensitiveField = (typeof sensitiveFields)[number];

export function isSensitive(field: string): field is SensitiveField {
  return sensitiveFields.some((sensitive) => sensitive === field);
}

export const employeeIdSchema = idSchema("emp");

/** Reports a code as the message, so that the form, the server and the import say the same sentence. */
const code = (error: keyof typeof employeeErrors) => ({ error });

const required = (max: number) => z.string().overwrite(oneLine).min(1, { error: "people/required", abort: true }).max(max, code("people/too-long"));

/** An empty text means "none". */
const optional = <S extends z.ZodType<string, string>>(inner: S) =>
  z
    .string()
    .overwrite(oneLine)
    .transform((text) => (text === "" ? null : text))
    .pipe(inner.nullable())
    .nullish();

const day = z.string().trim().min(1, { error: "people/required", abort: true }).refine(isPlainDate, code("people/date-invalid"));
const chosen = (prefix: string) => z.string().min(1, { error: "people/required", abort: true }).pipe(idSchema(prefix));

/** A person's number: letters, digits and `-`, `_`, `/`, `.` between them. */
export const employeeCode = required(30).regex(/^[a-z0-9][a-z0-9/_.-]*$/i, code("people/code-invalid"));
/** Permanent Account Number of a person: the fourth letter says whose it is, `P` for a person. */
export const pan = z.string().toUpperCase().regex(/^[A-Z]{3}P[A-Z][0-9]{4}[A-Z]$/, code("people/pan-invalid"));
/** Universal Account Number of the provident fund. */
export const uan = z.string().regex(/^[0-9]{12}$/, code("people/uan-invalid"));
/** Aadhaar as it is printed, with blanks or without: twelve digits, the first from 2 to 9, the last a check digit. */
export const aadhaar = z
  .string()
  .overwrite((text) => text.replaceAll(/[ -]/g, ""))
  .refine((text) => /^[2-9][0-9]{11}$/.test(text) && hasCheckDigit(text), code("people/aadhaar-invalid"));
export const bankAccount = z.string().regex(/^[0-9]{9,18}$/, code("people/account-invalid"));
/** Indian Financial System Code: bank, a zero, branch. */
export const bankIfsc = z.string().toUpperCase().regex(/^[A-Z]{4}0[A-Z0-9]{6}$/, code("people/ifsc-invalid"));
export const email = z.string().max(254, code("people/too-long")).regex(z.regexes.email, code("people/email-invalid"));
/** Seven to fifteen digits as people write them: `+91 98450 00001`. */
export const phone = z.string().regex(/^\+?(?:[ ()-]*[0-9]){7,15}$/, code("people/phone-invalid"));

/** What HR writes of a person. The form and the server read it by this one schema. */
export const EmployeeFields = z.object({
  code: employeeCode,
  fullName: required(200),
  email: optional(email),
  phone: optional(phone),
  gender: z.enum(genders, code("people/required")),
  dateOfBirth: optional(day),
  joinedOn: day,
  leftOn: optional(day),
  designation: optional(z.string().max(120, code("people/too-long"))),
  departmentId: chosen("dep"),
  locationId: chosen("loc"),
  managerId: optional(employeeIdSchema),
  pan: optional(pan),
  uan: optional(uan),
  aadhaar: optional(aadhaar),
  bankAccount: optional(bankAccount),
  bankIfsc: optional(bankIfsc),
});
export type EmployeeFields = z.output<typeof EmployeeFields>;

export const CreateEmployee = EmployeeFields;
export type CreateEmployee = EmployeeFields;

/** `changes` holds what changes and nothing else; `version` is the one that the person had before their eyes. */
export const UpdateEmployee = z.object({ id: employeeIdSchema, version: z.int().min(1), changes: EmployeeFields.partial() });
export type UpdateEmployee = z.output<typeof UpdateEmployee>;

export const EmployeeSaved = z.object({ id: z.string(), version: z.int() });
export type EmployeeSaved = z.output<typeof EmployeeSaved>;

export const OneEmployee = z.object({ id: employeeIdSchema });
export type OneEmployee = z.output<typeof OneEmployee>;

export const employeeSorts = ["name", "code", "joinedOn"] as const;

export const employeeFilterShape = {
  /** Words that all occur in name, code or e-mail. */
  search: z.string().trim().max(100).optional(),
  departmentId: idSchema("dep").optional(),
  locationId: idSchema("loc").optional(),
  /** Those who report to this person directly. */
  managerId: employeeIdSchema.optional(),
  status: z.enum(employeeStatuses).optional(),
  joinedIn: yearMonthSchema.optional(),
  leftIn: yearMonthSchema.optional(),
  sort: z.enum(employeeSorts).default("name"),
  direction: z.enum(["asc", "desc"]).default("asc"),
};

export const EmployeeFilter = z.object(employeeFilterShape);
export type EmployeeFilter = z.output<typeof EmployeeFilter>;

/** `after` and `before` are cursors of an earlier answer; with neither it is the first page. */
export const ListEmployees = z.object({ ...employeeFilterShape, ...pageRequestShape, before: z.string().max(500).nullish() });
export type ListEmployees = z.output<typeof ListEmployees>;

const named = z.object({ id: z.string(), name: z.string() });

export const EmployeeListItem = z.object({
  id: z.string(),
  code: z.string(),
  fullName: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  designation: z.string().nullable(),
  department: named,
  location: named,
  manager: named.nullable(),
  joinedOn: z.string(),
  leftOn: z.string().nullable(),
  status: z.enum(employeeStatuses),
});
export type EmployeeListItem = z.output<typeof EmployeeListItem>;

export const EmployeePage = z.object({
  items: z.array(EmployeeListItem),
  /** How many the filter finds, on all pages. */
  total: z.int(),
  next: z.string().nullable(),
  previous: z.string().nullable(),
});
export type EmployeePage = z.output<typeof EmployeePage>;

export const EmployeeRecord = EmployeeListItem.extend({
  gender: z.enum(genders).nullable(),
  dateOfBirth: z.string().nullable(),
  /** `XXXXX0001A`. */
  panMasked: z.string().nullable(),
  /** `XXXXXXXX0001`, as are the two below. */
  uanMasked: z.string().nullable(),
  aadhaarMasked: z.string().nullable(),
  bankAccountMasked: z.string().nullable(),
  bankIfsc: z.string().nullable(),
  /** False where the viewer may see the person but not their private facts; those are null then. */
  isPrivateVisible: z.boolean(),
  isEditable: z.boolean(),
  /** Whether the viewer may have what is masked shown in full. */
  isRevealable: z.boolean(),
  reportCount: z.int(),
  version: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type EmployeeRecord = z.output<typeof EmployeeRecord>;

/** A reason shorter than this says nothing. */
export const minReasonLength = 5;
export const RevealEmployee = z.object({
  id: employeeIdSchema,
  field: z.enum(sensitiveFields),
  /** Why somebody has to know; it stands in the person's history. */
  reason: z.string().overwrite(oneLine).min(minReasonLength, code("people/reason-missing")).max(300, code("people/too-long")),
});
export type RevealEmployee = z.output<typeof RevealEmployee>;
export const Revealed = z.object({ value: z.string().nullable() });
export type Revealed = z.output<typeof Revealed>;

/** `cursor` is the `next` of the page before. */
export const EmployeeHistory = z.object({ id: employeeIdSchema, limit: pageRequestShape.limit, cursor: pageRequestShape.after });
export type EmployeeHistory = z.output<typeof EmployeeHistory>;

export const HistoryPage = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      at: z.string(),
      /** Null when the system did it. */
      by: z.string().nullable(),
      action: z.string(),
      reason: z.string().nullable(),
      changes: z.array(
        z.object({
          field: z.string(),
          before: z.string().nullable(),
          after: z.string().nullable(),
          /** Of a sensitive field the trail keeps no value: that it changed is all there is to show. */
          isSealed: z.boolean(),
        }),
      ),
    }),
  ),
  next: z.string().nullable(),
});
export type HistoryPage = z.output<typeof HistoryPage>;

export const SearchEmployees = z.object({ text: z.string().trim().max(100), limit: z.int().min(1).max(20).default(8) });
export type SearchEmployees = z.output<typeof SearchEmployees>;
export const EmployeeHits = z.array(
  z.object({ id: z.string(), fullName: z.string(), code: z.string(), designation: z.string().nullable(), status: z.enum(employeeStatuses) }),
);
export type EmployeeHits = z.output<typeof EmployeeHits>;

/** The numbers of a home. Each opens the list that it counts. */
export const PeopleHome = z.object({
  month: z.string(),
  headcount: z.int(),
  joiners: z.int(),
  leavers: z.int(),
  joiningLater: z.int(),
  /** Null for those who may not import. */
  unfinishedImports: z.int().nullable(),
});
export type PeopleHome = z.output<typeof PeopleHome>;

export const employeeJoined = defineEvent(
  "people/employee.joined",
  z.object({ tenantId: z.string(), employeeId: z.string(), joinedOn: z.string() }),
);
