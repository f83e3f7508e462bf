import type { Actor, Ctx } from "@atrium/api";
import { Prisma } from "@atrium/db";
import type { Database } from "@atrium/db";
import { AppError, refusal } from "@atrium/kernel";
import { asGuest } from "../guest.ts";
import { endEverySession } from "../session/service.ts";
import { companyErrors } from "./contract.ts";
import type { OutsideRequest } from "./founding.ts";
import { refuseStep } from "./rules.ts";
import type { LifecycleAct, Standing } from "./rules.ts";

/** A company as an operator finds it, deleted ones among them. */
export interface FoundCompany extends Standing {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly timeZone: string;
  readonly plan: string;
  readonly suspendedBecause: string | null;
  readonly createdAt: Date;
}

const columns = Prisma.sql`id, slug, name, time_zone AS "timeZone", status, kind, plan, suspended_because AS "suspendedBecause", created_at AS "createdAt", deleted_at AS "deletedAt"`;

/** Which company, and who decides that. */
export interface LifecycleOrder {
  readonly slug: string;
  readonly reason?: string;
  /** An operator of ours; without one, whoever has the command line. */
  readonly by?: Pick<Actor, "operatorId" | "name">;
}

/** Every company in the order of the address names, ours left out. Reads as the system role. */
export async function listCompanies(database: Database): Promise<readonly FoundCompany[]> {
  return database.withSystem((db) => db.$queryRaw<FoundCompany[]>`SELECT ${columns} FROM tenant WHERE kind = 'company' ORDER BY slug`);
}

/** The company of this address name, whatever has become of it. Throws `tenant_not_found`. */
export async function findCompanyOf(database: Database, slug: string): Promise<FoundCompany> {
  const [found] = await database.withSystem((db) => db.$queryRaw<FoundCompany[]>`SELECT ${columns} FROM tenant WHERE slug = ${slug}`);
  if (!found) throw new AppError("tenant_not_found", "not-found");
  return found;
}

/** Shuts a company's doors until `resumeTenant`. Its sessions stay, and open nothing meanwhile. Throws `company/not-active`. */
export const suspendTenant = (request: OutsideRequest, order: LifecycleOrder & { readonly reason: string }): Promise<void> => takeStep(request, "suspend", order);

/** Opens the doors again. Throws `company/not-suspended`. */
export const resumeTenant = (request: OutsideRequest, order: LifecycleOrder): Promise<void> => takeStep(request, "resume", order);

/** Ends every session and hides the company. For thirty days it can be brought back. Throws `company/not-active` for one that is deleted. */
export const deleteTenant = (request: OutsideRequest, order: LifecycleOrder): Promise<void> => takeStep(request, "delete", order);

/** Brings a deleted company back as it was. Its people sign in anew. Throws `company/not-deleted`, `company/deleted-too-long`. */
export const restoreTenant = (request: OutsideRequest, order: LifecycleOrder): Promise<void> => takeStep(request, "restore", order);

async function takeStep(request: OutsideRequest, act: LifecycleAct, { slug, reason, by }: LifecycleOrder): Promise<void> {
  const tenant = await findCompanyOf(request.database, slug);
  const actor = by ? ({ kind: "operator", ...by } as const) : {};
  await asGuest({ ...request, claimedSlug: slug }, tenant, (ctx) => changeStanding(ctx, act, reason), actor);
}

/** One step in a company's life, in its own transaction. */
export async function changeStanding(ctx: Ctx, act: LifecycleAct, reason: string | undefined): Promise<void> {
  const { tenant, now } = ctx;
  const [before] = await ctx.db.$queryRaw<(Standing & { readonly suspendedBecause: string | null })[]>`
    SELECT status, kind, deleted_at AS "deletedAt", suspended_because AS "suspendedBecause" FROM tenant WHERE id = ${tenant.id} FOR UPDATE`;
  if (!before) throw new AppError("tenant_not_found", "not-found");
  const refused = refuseStep(act, before, now);
  if (refused) throw refusal(companyErrors, refused);
  const after = {
    suspend: { status: "suspended", suspendedBecause: reason ?? "" },
    resume: { status: "active", suspendedBecause: null },
    delete: { status: "deleted", deletedAt: now },
    // What was suspended before it was deleted is so again.
    restore: { status: before.suspendedBecause === null ? "active" : "suspended", deletedAt: null },
  }[act];
  await ctx.db.tenant.update({ where: { id: tenant.id }, data: after, select: { id: true } });
  if (act === "delete") await endEverySession(ctx, "company-deleted");
  ctx.audit({ action: `company.${act}`, entityId: tenant.id, before: { status: before.status }, after: { status: after.status }, ...(reason && { reason }) });
}
