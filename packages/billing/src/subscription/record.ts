import { storedBytes } from "@atrium/api";
import type { Ctx } from "@atrium/api";
import { modulesInUse, seatsUsed } from "@atrium/identity";
import { AppError, planAt } from "@atrium/kernel";
import { nothingPlanned, plannedIn } from "./rules.ts";
import type { PlanUse, Subscription } from "./rules.ts";

const columns = {
  kind: true, plan: true, seats: true, subscriptionFrom: true, subscriptionUntil: true, isTrial: true,
  nextPlan: true, nextSeats: true, nextPlanAt: true, cancelledAt: true,
} as const;

/** The company's subscription as its row says it. Throws `tenant_not_found`. */
export async function loadSubscription({ db, tenant }: Ctx): Promise<Subscription> {
  const row = await db.tenant.findUnique({ where: { id: tenant.id }, select: columns });
  if (!row) throw new AppError("tenant_not_found", "not-found");
  return row;
}

/** The same, held until the commit: of two that change it at the same moment the second sees what the first did. */
export async function holdSubscription(ctx: Ctx): Promise<Subscription> {
  await ctx.db.$queryRaw`SELECT id FROM tenant WHERE id = ${ctx.tenant.id} FOR NO KEY UPDATE`;
  return loadSubscription(ctx);
}

/** How much of a plan the company uses. */
export async function planUseOf(ctx: Ctx): Promise<PlanUse> {
  return { seats: await seatsUsed(ctx), storedBytes: await storedBytes(ctx), modules: await modulesInUse(ctx) };
}

export type SubscriptionChange = Partial<Omit<Subscription, "kind">>;

/**
 * Saves a change of what is in force by now, writes down both states, and has the limits told anew. A planned plan that has
 * begun is from here on the plan itself.
 */
export async function saveSubscription(ctx: Ctx, before: Subscription, change: SubscriptionChange, action: `subscription.${string}`): Promise<Subscription> {
  const { db, tenant, now } = ctx;
  const begun = plannedIn(before, now) ? {} : { ...planAt(before, now), ...nothingPlanned };
  const data = { ...begun, ...change };
  const after = await db.tenant.update({ where: { id: tenant.id }, data: { ...data, limitsVersion: { increment: 1 } }, select: columns });
  ctx.audit({ action, entityId: tenant.id, before: told(before), after: told(after) });
  ctx.limitsChanged();
  return after;
}

/** What the trail says of a subscription. */
const told = ({ plan, seats, isTrial, nextPlan, nextSeats, ...moments }: Subscription) => ({
  plan, seats, isTrial, nextPlan, nextSeats,
  from: moments.subscriptionFrom?.toISOString() ?? null,
  until: moments.subscriptionUntil?.toISOString() ?? null,
  nextPlanAt: moments.nextPlanAt?.toISOString() ?? null,
  cancelledAt: moments.cancelledAt?.toISOString() ?? null,
});
