import { appErrorFrom } from "@atrium/api";
import type { RequestContext } from "@atrium/api";
import type { Me } from "@atrium/identity/contract";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { requestContext } from "./context.ts";
import { appRouter } from "./routers.ts";

/** The context of the request that a page is rendered for. */
export async function pageContext(slug: string): Promise<RequestContext> {
  const [given, jar] = await Promise.all([headers(), cookies()]);
  return requestContext({ slug, headers: given, cookie: (name) => jar.get(name)?.value });
}

/** What stays open below a company's path when its subscription is over. */
const openWhenOver = ["subscription", "settings/billing", "settings/billing/change", "settings/company", "account/security"];

/**
 * Who is signed in to this company. Without a session that holds, the answer is the sign-in page, which leads back here;
 * where the company's doors are shut, the page that says why. Asked once a request, however many layouts want to know.
 */
export const requireMe = cache(async (slug: string): Promise<Me> => {
  const path = (await headers()).get("x-atrium-path") ?? `/${slug}`;
  const me = await askWho(slug, path);
  const page = path.replace(/\?.*/s, "").slice(slug.length + 2);
  if (me.obstacle === "expired" && !openWhenOver.includes(page)) redirect(`/${slug}/subscription`);
  if (me.obstacle === "enrolling" && page !== "account/security") redirect(`/${slug}/account/security?${new URLSearchParams({ next: path }).toString()}`);
  return me;
});

type Caller = ReturnType<typeof appRouter.createCaller>;

/**
 * What the first question of a page answers, and when: known with the page itself, so that whatever hangs on it is asked in
 * one request. Undefined where it was refused: the page then asks itself, and says why.
 */
export async function firstAnswer<T>(slug: string, ask: (caller: Caller) => Promise<T>): Promise<{ readonly answer: T; readonly at: number } | undefined> {
  const context = await pageContext(slug);
  try {
    return { answer: await ask(appRouter.createCaller(context)), at: context.now.getTime() };
  } catch {
    return undefined;
  }
}

async function askWho(slug: string, path: string): Promise<Me> {
  const context = await pageContext(slug);
  const { me } = appRouter.createCaller(context).identity.session;
  try {
    return await me();
  } catch (thrown) {
    const { code, kind } = appErrorFrom(thrown);
    if (code === "tenant_not_found") notFound();
    if (code === "tenant_suspended") redirect(`/${slug}/suspended`);
    // Another company's session in this one's cookie is as good as none.
    if (kind !== "unauthenticated" && code !== "tenant_mismatch") throw thrown;
    const wanted = new URLSearchParams({ next: path });
    if (code === "session/ended") wanted.set("why", "ended");
    if (code === "tenant_mismatch") wanted.set("why", "mismatch");
    return redirect(`/${slug}/sign-in?${wanted.toString()}`);
  }
}
