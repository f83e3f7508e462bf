import { lookIn } from "@atrium/identity";
import { NextResponse } from "next/server";
import { isSecure } from "../../../../../server/context.ts";
import { pathRoute } from "../../../../../server/route.ts";
import { runtime } from "../../../../../server/runtime.ts";
import { setSessionCookie } from "../../../../../server/session.ts";

/** Opens a session of an operator in a company that let them look in. It stands in a cookie of that company. */
export const POST = pathRoute(async (request, context) => {
  const { env } = await runtime();
  const wanted: unknown = await request.json().catch(() => undefined);
  const { claims, expiresAt } = await lookIn(context, wanted);
  const answer = NextResponse.json({ home: `/${claims.tenantSlug}` });
  const maxMinutes = Math.ceil((expiresAt.getTime() - context.now.getTime()) / 60_000);
  await setSessionCookie(answer, { claims, maxMinutes, secret: env.NEXTAUTH_SECRET, isSecure: isSecure(env.ATRIUM_URL) });
  return answer;
});
