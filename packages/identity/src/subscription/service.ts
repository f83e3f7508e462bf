import type { Ctx } from "@atrium/api";
import { SubscriptionDto } from "./contract.ts";

/** What the company has subscribed to, and until when. */
export async function describeSubscription({ db, tenant, now }: Ctx): Promise<SubscriptionDto> {
  const { plan, subscriptionUntil: until } = await db.tenant.findUniqueOrThrow({ where: { id: tenant.id }, select: { plan: true, subscriptionUntil: true } });
  return SubscriptionDto.parse({ plan, until: until?.toISOString() ?? null, isOver: until !== null && until <= now });
}
