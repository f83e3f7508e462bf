import { isTenantSlug } from "@atrium/kernel";
import { NextResponse } from "next/server";
import type { NextRequest } from "next/server";
import { isDevelopment, isHttps } from "./edge/env.ts";
import { claimedSlug, isFromElsewhere, trustedHeaders } from "./edge/request-headers.ts";
import { requestIdFrom } from "./edge/request-id.ts";
import { contentSecurityPolicy, securityHeaders } from "./edge/security-headers.ts";

/** Everything but what the build made: those files are the same for everybody and carry their own name's hash. */
export const config = { matcher: ["/((?!_next/static/|_next/image|favicon\\.ico$|icon\\.svg$).*)"] };

/** Paths that are no company's. */
const houseRoots = new Set(["", "api", "outbox"]);

/** Before every request, on the edge: its id, the company it claims, no header that pretends, and how a browser guards the answer. */
export function middleware(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const requestId = requestIdFrom(request.headers.get("x-request-id"));
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce, isDevelopment);
  const slug = claimedSlug(pathname);
  const isHouse = houseRoots.has(slug);

  const headers = trustedHeaders(request.headers);
  headers.set("x-request-id", requestId);
  headers.set("content-security-policy", policy);
  headers.set("x-atrium-path", `${pathname}${search}`);
  headers.set("x-atrium-nonce", nonce);
  if (!isHouse) headers.set("x-tenant-claimed", slug);

  // No company can have such a name: the pages' layout says so in words, their doors say it here.
  const isNobodysDoor = !isHouse && !isTenantSlug(slug) && pathname.split("/")[2] === "api";
  const refuse = (code: string, status: number) => NextResponse.json({ error: { code, requestId } }, { status });
  const answer = isFromElsewhere(request.method, request.headers)
    ? refuse("request/cross-site", 403)
    : isNobodysDoor
      ? refuse("tenant/not-found", 404)
      : NextResponse.next({ request: { headers } });
  answer.headers.set("x-request-id", requestId);
  answer.headers.set("content-security-policy", policy);
  // Whatever a company's path answers is for that person alone; no cache on the way may keep it.
  if (!isHouse) answer.headers.set("cache-control", "private, no-store");
  for (const [name, value] of Object.entries(securityHeaders(isHttps))) answer.headers.set(name, value);
  return answer;
}
