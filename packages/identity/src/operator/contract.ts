import { defineErrors, idSchema } from "@atrium/kernel";
import { z } from "zod";
import { emailAddress } from "../member/contract.ts";
import { SupportGrantDto } from "../support/contract.ts";

/** Somebody who is to be an operator. */
export const NewOperator = z.object({ email: emailAddress, name: z.string().trim().min(1).max(120) });
export type NewOperator = z.output<typeof NewOperator>;

const slug = z.string().trim().toLowerCase().min(1).max(40);
const reason = z.string().trim().min(5).max(500);

/** A company as the directory knows it: nothing of what it keeps here. */
export const CompanyRow = z.object({
  slug: z.string(),
  name: z.string(),
  status: z.enum(["active", "suspended", "deleted"]),
  plan: z.string(),
  createdAt: z.iso.datetime(),
});
export type CompanyRow = z.output<typeof CompanyRow>;

export const CompanyRef = z.object({ slug });
export type CompanyRef = z.output<typeof CompanyRef>;

export const CompanyDto = CompanyRow.extend({
  suspendedBecause: z.string().nullable(),
  /** What this operator asked for there, the newest first. */
  grants: z.array(SupportGrantDto),
});
export type CompanyDto = z.output<typeof CompanyDto>;

export const RequestAccess = z.object({
  slug,
  /** The company reads it and decides by it. */
  reason,
  minutes: z.number().int().min(5).max(480),
});
export type RequestAccess = z.output<typeof RequestAccess>;

export const AccessRef = z.object({ slug, grantId: idSchema("sup") });
export type AccessRef = z.output<typeof AccessRef>;

export const SuspendCompany = z.object({ slug, reason });
export type SuspendCompany = z.output<typeof SuspendCompany>;

export const operatorErrors = defineErrors({
  "operator/already-asked": "conflict",
  "operator/not-granted": "forbidden",
  "operator/exists": "conflict",
  "operator/not-found": "not-found",
});
