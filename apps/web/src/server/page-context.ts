import { appErrorFrom } from "@atrium/api";
import type { RequestContext } from "@atrium/api";
import type { Me } from "@atrium/identity/contract";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { requestContext } from "./context.ts";
import { appRouter } from "./routers.ts";

/** The context of the request that a page is rendered for. */
export async function pageContext(slug: string): Promise<RequestContext> {
  const [given, jar] = await Promise.all([headers(), cookies()]);
  return requestContext({ slug, headers: given, cookie: (name) => jar.get(name)?.value });
}

/**
 * Who is signed in to this company. Without a session that holds, the answer is the sign-in page, which leads back here.
 * Asked once a request, however many layouts want to know.
 */
export const requireMe = cache(async (slug: string): Promise<Me> => {
  const context = await pageContext(slug);
  const { me } = appRouter.createCaller(context).identity.session;
  try {
    return await me();
  } catch (thrown) {
    const { code, kind } = appErrorFrom(thrown);
    // Another company's session in this one's cookie is as good as none.
    if (kind !== "unauthenticated" && code !== "session/tenant-mismatch") throw thrown;
    const wanted = new URLSearchParams({ next: (await headers()).get("x-atrium-path") ?? `/${slug}` });
    if (code === "session/ended") wanted.set("why", "ended");
    return redirect(`/${slug}/sign-in?${wanted.toString()}`);
  }
});
