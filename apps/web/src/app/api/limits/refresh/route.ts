import type { NextRequest } from "next/server";
import { notThere, orderIn, publishInForce } from "../../../../server/limits.ts";
import { runtime } from "../../../../server/runtime.ts";

/** Writes how much a company may do where the edge looks: a question of this process's own edge, which has no way to the database. */
export async function POST(request: NextRequest): Promise<Response> {
  const { env, limits } = await runtime();
  const order = await orderIn(request, "limits-refresh", env.NEXTAUTH_SECRET);
  if (order === undefined || limits === undefined) return notThere();
  await publishInForce(limits, order.tenantId);
  return new Response(null, { status: 204 });
}
