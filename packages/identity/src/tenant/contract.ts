import { defineErrors, defineEvent, oneLine, plans, slugProblem } from "@atrium/kernel";
import type { Permission } from "@atrium/kernel";
import { z } from "zod";

/** The clocks that a company can live by. */
export const timeZones = [
  "Asia/Kolkata", "Asia/Colombo", "Asia/Dhaka", "Asia/Kathmandu", "Asia/Karachi", "Asia/Dubai", "Asia/Riyadh", "Asia/Singapore", "Asia/Kuala_Lumpur",
  "Asia/Hong_Kong", "Asia/Tokyo", "Australia/Sydney", "Africa/Nairobi", "Africa/Johannesburg", "Europe/London", "Europe/Berlin", "America/New_York",
  "America/Chicago", "America/Los_Angeles", "UTC",
] as const;

/** It stands in the subject and in the first line of mails. */
const oneLineText = (missing: string) => z.string().transform(oneLine).pipe(z.string().min(1, { error: missing }).max(120, { error: "company/text-too-long" }));
const companyName = oneLineText("company/name-missing");

/** The sentence for each thing that is wrong with an address name. */
const slugCodes = {
  "too-short": "company/slug-too-short",
  shape: "company/slug-shape",
  reserved: "company/slug-reserved",
  "look-alike": "company/slug-look-alike",
} as const;

/** An address name that a new company could have, if nobody has it or one like it. */
export const NewSlug = z
  .string()
  .trim()
  .superRefine((text, context) => {
    const problem = slugProblem(text);
    if (problem) context.addIssue({ code: "custom", message: slugCodes[problem] });
  });

/** What somebody types to found a company. Nothing of it is kept until they have shown that the address is theirs. */
export const SignUp = z.object({
  company: companyName,
  slug: NewSlug,
  name: oneLineText("company/your-name-missing"),
  email: z.email({ error: "company/email-invalid" }).max(254, { error: "company/email-invalid" }),
  plan: z.enum(plans),
});
export type SignUp = z.output<typeof SignUp>;

/** What the link in the mail says. Only this house can have written it. */
export const SignUpStatement = SignUp.extend({ tenantId: z.string().regex(/^ten_[0-9a-z]{22}$/) });
export type SignUpStatement = z.output<typeof SignUpStatement>;

export const ConfirmSignUp = z.object({
  token: z.string().min(1).max(4_000),
  /** Longer than any may be, so that the rules can say so. */
  password: z.string().max(1_000),
  /** Another address name than the one in the link, when that was taken meanwhile. */
  slug: NewSlug.optional(),
});
export type ConfirmSignUp = z.output<typeof ConfirmSignUp>;

/** The code that says why an address name cannot be had; null when it can. */
export const SlugAnswer = z.object({ problem: z.string().nullable() });
export type SlugAnswer = z.output<typeof SlugAnswer>;

/** What a link would make. */
export const SignUpPreview = z.object({ ...SignUp.shape, slug: z.string(), isSlugTaken: z.boolean() });
export type SignUpPreview = z.output<typeof SignUpPreview>;

/** The company that was made. */
export const SignUpDone = z.object({ slug: z.string() });

export const Company = z.object({
  slug: z.string(),
  name: z.string(),
  timeZone: z.string(),
  plan: z.enum(plans),
  createdAt: z.iso.datetime(),
  /** When all of it was last exported; null for never. */
  exportedAt: z.iso.datetime().nullable(),
  /** Until when that export lets the company be deleted; null when there is none, or it is too old. */
  deletableUntil: z.iso.datetime().nullable(),
});
export type Company = z.output<typeof Company>;

/** What whoever takes everything along has to be allowed to read, in the whole company. */
export const exportNeeds = ["people:read", "payroll:read", "audit:read"] as const satisfies readonly Permission[];

export const ChangeCompany = z.object({ name: companyName, timeZone: z.enum(timeZones, { error: "company/time-zone-unknown" }) });
export type ChangeCompany = z.output<typeof ChangeCompany>;

export const DeleteCompany = z.object({
  /** The company's own address name, typed by hand. */
  slug: z.string().trim().max(60),
  reason: z.string().trim().max(500, { error: "company/text-too-long" }).default(""),
});
export type DeleteCompany = z.output<typeof DeleteCompany>;

/** A company has begun: whoever has something to lay into it does so now. */
export const tenantCreated = defineEvent("identity/tenant.created", z.object({ tenantId: z.string() }));

export const companyErrors = defineErrors({
  "company/name-missing": "invalid",
  "company/your-name-missing": "invalid",
  "company/text-too-long": "invalid",
  "company/email-invalid": "invalid",
  "company/time-zone-unknown": "invalid",
  "company/slug-too-short": "invalid",
  "company/slug-shape": "invalid",
  "company/slug-reserved": "invalid",
  "company/slug-look-alike": "invalid",
  /** Another company has it, or one that looks the same. */
  "company/slug-taken": "conflict",
  "company/slug-wrong": "invalid",
  "company/export-first": "conflict",
  "company/not-active": "conflict",
  "company/not-suspended": "conflict",
  "company/not-deleted": "conflict",
  "company/deleted-too-long": "conflict",
  "company/is-ours": "forbidden",
});

export const signUpErrors = defineErrors({
  /** The link is older than a day, was cut short, or is not ours. */
  "sign-up/link-invalid": "invalid",
  /** The parameter `slug` names the company that this very link has made. */
  "sign-up/already-confirmed": "conflict",
  "sign-up/mail-failed": "unavailable",
  "sign-up/mail-refused": "invalid",
  "sign-up/too-often": "too-early",
});
