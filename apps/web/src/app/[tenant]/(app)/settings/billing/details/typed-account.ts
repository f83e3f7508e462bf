import { SaveBillingAccount } from "@atrium/billing/contract";
import type { BillingAccountDto } from "@atrium/billing/contract";
import { z } from "zod";

/** The details as the form's fields hold them. */
export interface TypedAccount {
  readonly name: string;
  readonly gstin: string;
  readonly addressLine: string;
  readonly city: string;
  readonly pinCode: string;
  readonly stateCode: string;
  /** One address on each line. */
  readonly contacts: string;
}

export const typedOf = ({ gstin, stateCode, contacts, version: _, ...rest }: BillingAccountDto): TypedAccount => ({
  ...rest,
  gstin: gstin ?? "",
  stateCode: stateCode ?? "",
  contacts: contacts.join("\n"),
});

/** Reads what was typed as the contract has it. What is wrong with one of the addresses is said at their one field. */
export const accountSchema = (version: number): z.ZodType<SaveBillingAccount> =>
  z.custom<TypedAccount>().transform((typed, context): SaveBillingAccount => {
    const contacts = typed.contacts.split(/[\s,;]+/).filter((part) => part !== "");
    const read = SaveBillingAccount.safeParse({ ...typed, version, contacts, gstin: typed.gstin.trim() === "" ? null : typed.gstin });
    if (read.success) return read.data;
    const said = new Set<string>();
    for (const { path, message } of read.error.issues) {
      const field = String(path[0] ?? "");
      if (!said.has(field)) context.addIssue({ code: "custom", path: [field], message });
      said.add(field);
    }
    return z.NEVER;
  });
