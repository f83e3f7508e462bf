import type { Ctx } from "@atrium/api";
import type { Database } from "@atrium/db";
import { faultFrom } from "@atrium/db";
import { firstSubscription, refusal, slugSkeleton } from "@atrium/kernel";
import { asGuest } from "../guest.ts";
import type { GuestRequest } from "../guest.ts";
import { companyErrors, signUpErrors, tenantCreated } from "./contract.ts";
import type { SignUpStatement } from "./contract.ts";

/** A request that claims no company. */
export type OutsideRequest = Omit<GuestRequest, "claimedSlug">;

/** Whether a company has this address name, or one that looks the same. Those that were deleted keep theirs until their rows are gone. */
export async function isSlugTaken(database: Database, slug: string): Promise<boolean> {
  const found = await database.withSystem((db) => db.$queryRaw<{ id: string }[]>`SELECT id FROM tenant WHERE slug_skeleton = ${slugSkeleton(slug)}`);
  return found.length > 0;
}

/** A company to be made, and its first member, who owns it. */
export interface Founding extends SignUpStatement {
  readonly ownerId: string;
  /** Undefined for somebody who is invited and chooses a password then. */
  readonly passwordHash?: string | undefined;
}

const defaultTimeZone = "Asia/Kolkata";

/**
 * Makes the company and its owner in one transaction. `also` is what else belongs into it. Throws `company/slug-taken`,
 * and `sign-up/already-confirmed` when this very company is there already: its id stands in the link, so the same link
 * makes it once.
 */
export async function foundCompany(request: OutsideRequest, founding: Founding, also: (ctx: Ctx) => Promise<void> = () => Promise.resolve()): Promise<void> {
  const { tenantId, slug, company, name, ownerId } = founding;
  const tenant = { id: tenantId, slug, name: company, timeZone: defaultTimeZone };
  try {
    await asGuest({ ...request, claimedSlug: slug }, tenant, (ctx) => writeCompany(ctx, founding, also), { kind: "member", memberId: ownerId, name });
  } catch (error) {
    if (faultFrom(error)?.kind !== "unique") throw error;
    const made = await request.database.withTenant(tenantId, (db) => db.tenant.findUnique({ where: { id: tenantId }, select: { slug: true } }));
    if (made) throw refusal(signUpErrors, "sign-up/already-confirmed", { params: { slug: made.slug } });
    throw refusal(companyErrors, "company/slug-taken", { field: "slug", params: { slug } });
  }
}

async function writeCompany(ctx: Ctx, founding: Founding, also: (ctx: Ctx) => Promise<void>): Promise<void> {
  const { tenantId, slug, company, name, email, plan, ownerId, passwordHash } = founding;
  const { now } = ctx;
  const hasPassword = passwordHash !== undefined;
  const subscription = firstSubscription(plan, now);
  await ctx.db.tenant.create({ data: { id: tenantId, slug, name: company, ...subscription, timeZone: defaultTimeZone, createdAt: now } });
  await ctx.db.member.create({
    data: {
      tenantId, id: ownerId, name, email, roles: ["owner"], createdAt: now, passwordHash: passwordHash ?? null,
      status: hasPassword ? "active" : "invited", ...(hasPassword && { emailVerifiedAt: now, passwordChangedAt: now }),
    },
  });
  await also(ctx);
  ctx.audit(
    { action: "company.create", entityId: tenantId, after: { slug, name: company, plan } },
    { action: "subscription.begin", entityId: tenantId, after: { ...subscription, subscriptionUntil: subscription.subscriptionUntil?.toISOString() ?? null } },
    { action: "member.create", entityId: ownerId, after: { name, email, roles: ["owner"] } },
  );
  ctx.emit(tenantCreated, `tenant-created-${tenantId}`, {});
}
