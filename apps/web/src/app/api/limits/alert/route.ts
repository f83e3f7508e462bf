import { announceNearlyUsed } from "@atrium/billing";
import { AlertWindow } from "@atrium/billing/contract";
import { houseRoute } from "../../../../server/route.ts";
import { notThere, orderIn } from "../../../../server/limits.ts";
import { runtime } from "../../../../server/runtime.ts";

/** Has those told who look after a company that is close to its limits: a word of this process's own edge, which saw it. */
export const POST = houseRoute(async (request, context) => {
  const { env } = await runtime();
  const order = await orderIn(request, "limits-alert", env.NEXTAUTH_SECRET);
  if (order === undefined) return notThere();
  for (const bucket of order.buckets) {
    const { data: window } = AlertWindow.safeParse(bucket);
    if (window !== undefined) await announceNearlyUsed(context, order.tenantId, window);
  }
  return new Response(null, { status: 204 });
});
