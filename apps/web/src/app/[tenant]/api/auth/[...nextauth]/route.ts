import { findTenant } from "@atrium/identity";
import NextAuth from "next-auth";
import type { NextRequest } from "next/server";
import { authOptions } from "../../../../../server/sign-in.ts";
import { requestContext } from "../../../../../server/context.ts";
import { runtime } from "../../../../../server/runtime.ts";

/** What of next-auth is open. The rest shows pages of its own, renews sessions or writes what anybody sends into the log. */
const open = new Set(["GET csrf", "POST callback/credentials", "POST callback/passkey", "POST signout"]);

/** The circuit of signing in and out, for the company in the path. */
async function handle(request: NextRequest, { params }: { readonly params: Promise<{ tenant: string; nextauth: string[] }> }): Promise<Response> {
  const { tenant: slug, nextauth } = await params;
  if (!open.has(`${request.method} ${nextauth.join("/")}`)) return new Response(null, { status: 404 });
  const { env, database } = await runtime();
  const context = await requestContext({ slug, headers: request.headers, cookie: (name) => request.cookies.get(name)?.value });
  const options = authOptions(env, context, await findTenant(database, slug));
  const answer: unknown = await NextAuth(request, { params: { nextauth } }, options);
  if (!(answer instanceof Response)) throw new TypeError("next-auth answered something else than a Response.");
  return toOwnPage(answer, slug);
}

/** next-auth knows no address below which it stands, so what it means as its own error page becomes our sign-in page. */
function toOwnPage(answer: Response, slug: string): Response {
  const location = answer.headers.get("location");
  if (location === null || location.startsWith("/")) return answer;
  const error = new URL(location).searchParams.get("error") ?? "request/invalid";
  answer.headers.set("location", `/${slug}/sign-in?error=${encodeURIComponent(error)}`);
  return answer;
}

export { handle as GET, handle as POST };
