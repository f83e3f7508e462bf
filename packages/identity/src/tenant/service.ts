import { assertSteppedUp } from "@atrium/api";
import type { Ctx, SessionClaims } from "@atrium/api";
import { AppError, covers, newId, refusal } from "@atrium/kernel";
import { assertGood } from "../credential/service.ts";
import { handOutLink } from "../link/service.ts";
import { hashPassword } from "../password.ts";
import { findTenant, openSession } from "../session/service.ts";
import { Company, companyErrors, exportNeeds, signUpErrors } from "./contract.ts";
import type { ChangeCompany, DeleteCompany, SignUp, SignUpStatement } from "./contract.ts";
import { foundCompany, isSlugTaken } from "./founding.ts";
import type { OutsideRequest } from "./founding.ts";
import { changeStanding } from "./lifecycle.ts";
import { exportHoldsUntil, refuseDeletion } from "./rules.ts";

export { deleteTenant, findCompanyOf, listCompanies, restoreTenant, resumeTenant, suspendTenant } from "./lifecycle.ts";
export { isSlugTaken } from "./founding.ts";
export type { OutsideRequest } from "./founding.ts";
export type { FoundCompany, LifecycleOrder } from "./lifecycle.ts";

/**
 * Begins a sign-up: what the link in the mail has to say. Nothing is written, so that whoever never confirms leaves no
 * trace. Throws `company/slug-taken`.
 */
export async function beginSignUp({ database, now }: Pick<OutsideRequest, "database" | "now">, signUp: SignUp): Promise<SignUpStatement> {
  if (await isSlugTaken(database, signUp.slug)) throw refusal(companyErrors, "company/slug-taken", { field: "slug", params: { slug: signUp.slug } });
  return { ...signUp, tenantId: newId("ten", now.getTime()) };
}

/**
 * Makes the company that the link speaks of, for whoever has the link and with it the mailbox, and signs its owner in.
 * Throws `company/slug-taken`, `sign-up/already-confirmed`, and the codes of the password's rules.
 */
export async function confirmSignUp(request: OutsideRequest, statement: SignUpStatement, password: string): Promise<SessionClaims> {
  assertGood({ slug: statement.slug, name: statement.company }, statement, password);
  const ownerId = newId("mem", request.now.getTime());
  await foundCompany(request, { ...statement, ownerId, passwordHash: await hashPassword(password) });
  const tenant = await findTenant(request.database, statement.slug);
  if (!tenant) throw refusal(signUpErrors, "sign-up/link-invalid");
  return openSession({ ...request, claimedSlug: tenant.slug }, tenant, { memberId: ownerId, method: "password", isStrong: false });
}

/** Makes a company for somebody else: answers the secret of the link by which its owner chooses a password. Throws `company/slug-taken`. */
export async function createTenant(request: OutsideRequest, signUp: SignUp): Promise<string> {
  const statement = await beginSignUp(request, signUp);
  const ownerId = newId("mem", request.now.getTime());
  let secret = "";
  await foundCompany(request, { ...statement, ownerId }, async (ctx) => {
    secret = await handOutLink(ctx, { memberId: ownerId, purpose: "invitation" });
  });
  return secret;
}

/** The caller's company, for whoever runs it. */
export async function describeCompany(ctx: Ctx): Promise<Company> {
  const { slug, name, timeZone, plan, createdAt } = await ctx.db.tenant.findUniqueOrThrow({
    where: { id: ctx.tenant.id }, select: { slug: true, name: true, timeZone: true, plan: true, createdAt: true },
  });
  const exportedAt = await lastExportOf(ctx);
  const until = exportedAt && exportHoldsUntil(exportedAt);
  return Company.parse({
    slug, name, timeZone, plan, createdAt: createdAt.toISOString(),
    exportedAt: exportedAt?.toISOString() ?? null,
    deletableUntil: until && until >= ctx.now ? until.toISOString() : null,
  });
}

/** Gives the company another name or clock. What was done before keeps the clock it was done by. */
export async function changeCompany(ctx: Ctx, { name, timeZone }: ChangeCompany): Promise<Company> {
  const { id, name: oldName, timeZone: oldZone } = ctx.tenant;
  await ctx.db.tenant.update({ where: { id }, data: { name, timeZone }, select: { id: true } });
  ctx.audit({ action: "company.change", entityId: id, before: { name: oldName, timeZone: oldZone }, after: { name, timeZone } });
  return describeCompany(ctx);
}

/** Deletes the caller's company for thirty days, then for good. Throws `company/slug-wrong`, `company/export-first`. */
export async function deleteCompany(ctx: Ctx, { slug, reason }: DeleteCompany): Promise<void> {
  const refused = refuseDeletion({ slug: ctx.tenant.slug, typed: slug, exportedAt: await lastExportOf(ctx), now: ctx.now });
  if (refused) throw refusal(companyErrors, refused, refused === "company/slug-wrong" ? { field: "slug" } : {});
  await changeStanding(ctx, "delete", reason);
}

/**
 * Notes that somebody begins to take everything along. Throws `session/step-up-required`, and `permission/missing` for
 * whoever may not read all that is in it: whoever runs the company does not by that see what people earn.
 */
export function beginExport(ctx: Ctx): void {
  // Asked here and not by the door: each of an export's many transactions goes through it, and a long one outlasts the proof.
  assertSteppedUp(ctx);
  const permission = exportNeeds.find((needed) => !covers(ctx.actor.grants[needed], "tenant"));
  if (permission) throw new AppError("permission/missing", "forbidden", { params: { permission } });
  ctx.audit({ action: "company.begin-export", entityId: ctx.tenant.id });
}

/** Notes that the export went out to its last row, with how many rows of which table. */
export function finishExport(ctx: Ctx, rows: Readonly<Record<string, number>>): void {
  ctx.audit({ action: "company.export", entityId: ctx.tenant.id, after: { rows } });
}

/** The trail itself knows when the whole company last went out. */
async function lastExportOf(ctx: Ctx): Promise<Date | undefined> {
  const { id: entityId } = ctx.tenant;
  const last = await ctx.db.auditEvent.findFirst({ where: { tenantId: ctx.tenant.id, entity: "company", entityId, action: "company.export" }, orderBy: { id: "desc" }, select: { at: true } });
  return last?.at;
}
