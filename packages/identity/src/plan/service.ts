import type { Ctx } from "@atrium/api";
import { AppError, planTerms, plansAhead, refusal, standingAt } from "@atrium/kernel";
import type { Module, SubscriptionFacts } from "@atrium/kernel";
import { planErrors } from "./contract.ts";

/**
 * Makes sure that one more person may sign in, until the commit: of two who take the last seat at the same moment one gets
 * it. While a plan with fewer seats is planned there are only those. Those who have yet to accept sit already. Nobody joins a
 * company that can only be read, by whichever door they come. Throws `member/no-seat-left`, `subscription_expired`.
 */
export async function takeSeat(ctx: Ctx): Promise<void> {
  const { db, tenant, now } = ctx;
  const [row] = await db.$queryRaw<SubscriptionFacts[]>`
    SELECT kind, plan, seats, next_plan AS "nextPlan", next_seats AS "nextSeats", next_plan_at AS "nextPlanAt",
           subscription_until AS "subscriptionUntil", cancelled_at AS "cancelledAt"
    FROM tenant WHERE id = ${tenant.id} FOR NO KEY UPDATE`;
  if (!row || row.kind === "platform") return;
  const standing = standingAt(row, now);
  if (standing === "read-only" || standing === "closed") throw new AppError("subscription_expired", "payment-required");
  const seats = Math.min(...plansAhead(row, now).map((plan) => plan.seats));
  if ((await seatsUsed(ctx)) >= seats) throw refusal(planErrors, "member/no-seat-left", { params: { seats } });
}

/** The people who may sign in, and those who have yet to accept. */
export const seatsUsed = ({ db, tenant }: Pick<Ctx, "db" | "tenant">): Promise<number> => db.member.count({ where: { tenantId: tenant.id, status: { in: ["active", "invited"] } } });

/** Parts of the house that are set up, and not simply there. */
type SetUp = Extract<Module, "sso" | "own-domain" | "custom-roles">;

/** Throws `plan/without-sso`, `plan/without-own-domain` or `plan/without-custom-roles` when it is no part of the plan in force, or of the one that is planned. */
export async function requireModule({ db, tenant, now }: Ctx, module: SetUp): Promise<void> {
  const row = await db.tenant.findUniqueOrThrow({
    where: { id: tenant.id }, select: { kind: true, plan: true, seats: true, nextPlan: true, nextSeats: true, nextPlanAt: true },
  });
  const without = plansAhead(row, now).find(({ plan }) => !planTerms[plan].modules.includes(module));
  if (row.kind !== "platform" && without) throw refusal(planErrors, `plan/without-${module}`, { params: { module, plan: without.plan } });
}

/** How much a company has set up of each part that not every plan holds. */
export async function modulesInUse({ db, tenant }: Ctx): Promise<Readonly<Record<SetUp, number>>> {
  const where = { tenantId: tenant.id };
  return { sso: await db.ssoConnection.count({ where }), "own-domain": await db.tenantDomain.count({ where }), "custom-roles": await db.role.count({ where }) };
}
