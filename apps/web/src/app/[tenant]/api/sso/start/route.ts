import { askProvider, questionMinutes, requireTenant, ssoSettings } from "@atrium/identity";
import { StartSso } from "@atrium/identity/contract";
import { NextResponse } from "next/server";
import { pathRoute } from "../../../../../server/route.ts";
import { runtime } from "../../../../../server/runtime.ts";
import { ownPath } from "../../../../../server/sign-in.ts";
import { keepQuestion, leadBack, refusedTo, wantedPurpose } from "../../../../../server/sso.ts";

/** Sends a person to their company's identity provider: to come in, to prove once more who they are, or to link it. */
export const GET = pathRoute(async (request, context) => {
  const { env } = await runtime();
  const asked = request.nextUrl.searchParams;
  const next = ownPath(asked.get("next") ?? undefined, context.claimedSlug);
  const purpose = wantedPurpose(asked.get("for"));
  const settings = ssoSettings();
  // The provider sends people back to the house's own address, so the question has to be kept there.
  if (context.site && context.site.origin !== new URL(settings.publicUrl).origin) return NextResponse.redirect(`${settings.publicUrl}/${context.claimedSlug}/api/sso/start${request.nextUrl.search}`, 303);
  try {
    const tenant = await requireTenant(context);
    const start = StartSso.parse({ purpose, connectionId: asked.get("connection") ?? undefined });
    const { url, question } = await askProvider(context, tenant, { ...start, next }, settings);
    const answer = NextResponse.redirect(url, 303);
    await keepQuestion(answer, { slug: tenant.slug, question, env, minutes: questionMinutes });
    return answer;
  } catch (thrown) {
    return leadBack(refusedTo(context, thrown, { purpose, next }));
  }
});
