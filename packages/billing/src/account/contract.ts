import { defineErrors, faultOfGstin, gstStateOf, oneLine } from "@atrium/kernel";
import type { GstinFault } from "@atrium/kernel";
import { z } from "zod";

export const accountErrors = defineErrors({
  "billing/account-changed": "conflict",
  "billing/name-missing": "invalid",
  "billing/address-missing": "invalid",
  "billing/city-missing": "invalid",
  "billing/too-long": "invalid",
  "billing/state-unknown": "invalid",
  "billing/pin-invalid": "invalid",
  "billing/gstin-length": "invalid",
  "billing/gstin-state": "invalid",
  "billing/gstin-pan": "invalid",
  "billing/gstin-entity": "invalid",
  "billing/gstin-z": "invalid",
  "billing/gstin-check": "invalid",
  "billing/gstin-other-state": "invalid",
  "billing/contact-invalid": "invalid",
  "billing/contact-twice": "invalid",
  "billing/too-many-contacts": "invalid",
});

type AccountError = keyof typeof accountErrors;

const line = (missing: AccountError, longest: number) =>
  z.string().overwrite(oneLine).min(1, { error: missing }).max(longest, { error: "billing/too-long" satisfies AccountError });

const faultCodes = {
  length: "billing/gstin-length",
  state: "billing/gstin-state",
  pan: "billing/gstin-pan",
  entity: "billing/gstin-entity",
  z: "billing/gstin-z",
  check: "billing/gstin-check",
} as const satisfies Readonly<Record<GstinFault, AccountError>>;

/** A GSTIN as people type it: spaces and small letters are put right, and each kind of mistake has its own sentence. */
const gstin = z
  .string()
  .overwrite((text) => text.replaceAll(/\s/g, "").toUpperCase())
  .superRefine((text, context) => {
    const fault = faultOfGstin(text);
    if (fault) context.addIssue({ code: "custom", message: faultCodes[fault] });
  });

/** How many addresses get a company's invoices. */
export const mostContacts = 5;

const contact = z.string().trim().max(254, { error: "billing/contact-invalid" satisfies AccountError }).pipe(z.email({ error: "billing/contact-invalid" satisfies AccountError }));
const contacts = z
  .array(contact)
  .max(mostContacts, { error: "billing/too-many-contacts" satisfies AccountError })
  .refine((list) => new Set(list.map((one) => one.toLowerCase())).size === list.length, { error: "billing/contact-twice" satisfies AccountError });

const fields = {
  /** Who is invoiced, as registered. */
  name: line("billing/name-missing", 200),
  addressLine: line("billing/address-missing", 300),
  city: line("billing/city-missing", 100),
  /** A code of `gstStates`. Where the company is, and so, mostly, the place of supply. Companies abroad are not invoiced. */
  stateCode: z.string().refine((code) => gstStateOf(code) !== undefined, { error: "billing/state-unknown" satisfies AccountError }),
  /** Often written in two groups of three. */
  pinCode: z.string().overwrite((text) => text.replaceAll(/\s/g, "")).regex(/^[1-9][0-9]{5}$/, { error: "billing/pin-invalid" satisfies AccountError }),
  /** Null when the company is not registered. */
  gstin: gstin.nullable(),
  /** Where invoices are mailed; with none, to whoever administers the company. */
  contacts,
};

/** `version` is the one that was read, 0 for the first time. */
export const SaveBillingAccount = z.object({ ...fields, version: z.int().min(0) }).superRefine((account, context) => {
  const isElsewhere = account.gstin !== null && gstStateOf(account.stateCode) !== undefined && account.gstin.slice(0, 2) !== account.stateCode;
  if (isElsewhere) context.addIssue({ code: "custom", path: ["gstin"], message: "billing/gstin-other-state" satisfies AccountError });
});
export type SaveBillingAccount = z.output<typeof SaveBillingAccount>;

/** Who is invoiced for the company. Before it was ever saved: the company's name, no state, and version 0. */
export const BillingAccountDto = z.object({
  name: z.string(),
  addressLine: z.string(),
  city: z.string(),
  stateCode: z.string().nullable(),
  pinCode: z.string(),
  gstin: z.string().nullable(),
  contacts: z.array(z.string()),
  version: z.int(),
});
export type BillingAccountDto = z.output<typeof BillingAccountDto>;
