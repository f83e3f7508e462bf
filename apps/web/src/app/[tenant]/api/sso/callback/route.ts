import { requireTenant, ssoSettings, takeAnswer } from "@atrium/identity";
import { isSecure } from "../../../../../server/context.ts";
import { pathRoute } from "../../../../../server/route.ts";
import { runtime } from "../../../../../server/runtime.ts";
import { setSessionCookie } from "../../../../../server/session.ts";
import { ownPath } from "../../../../../server/sign-in.ts";
import { forgetQuestion, leadBack, readQuestion, refusedTo, withOutcome } from "../../../../../server/sso.ts";

/** Takes the answer that a person brings back from their company's identity provider. */
export const GET = pathRoute(async (request, context) => {
  const { env } = await runtime();
  const { claimedSlug: slug } = context;
  const question = await readQuestion(request, slug, env);
  const next = ownPath(question?.next, slug);
  const purpose = question?.purpose ?? "sign-in";
  try {
    const tenant = await requireTenant(context);
    const outcome = await takeAnswer(context, tenant, question, request.nextUrl.searchParams, ssoSettings());
    const answer = leadBack(outcome.kind === "signed-in" ? next : withOutcome(next, outcome.kind));
    forgetQuestion(answer, slug, env);
    if (outcome.kind === "signed-in") await setSessionCookie(answer, { claims: outcome.claims, maxMinutes: tenant.sessionMaxMinutes, secret: env.NEXTAUTH_SECRET, isSecure: isSecure(env.ATRIUM_URL) });
    return answer;
  } catch (thrown) {
    const answer = leadBack(refusedTo(context, thrown, { purpose, next }));
    forgetQuestion(answer, slug, env);
    return answer;
  }
});
