import { houseRoots, isTenantSlug } from "@atrium/kernel";
import { NextResponse } from "next/server";
import type { NextRequest } from "next/server";
import { cookieNames } from "./cookie-names.ts";
import { askMirror } from "./ended-sessions.ts";
import type { EdgeSettings } from "./env.ts";
import { pathWithin, placeOf } from "./hosts.ts";
import { statusOfPage } from "./outcomes.ts";
import { askTheHouse, rememberDomains } from "./own-domains.ts";
import { isApiPath, refuse } from "./refusals.ts";
import type { EdgeRefusal } from "./refusals.ts";
import { claimedSlug, isFromElsewhere, trustedHeaders } from "./request-headers.ts";
import { requestIdFrom } from "./request-id.ts";
import { contentSecurityPolicy, securityHeaders } from "./security-headers.ts";
import { emptiedCookie, tokenSession } from "./session-token.ts";

/** Paths that are no company's. */
const nobodys = new Set(["", ...houseRoots, "_next"]);

/** Probes, the job server and the question for a domain come by the process's address, whatever the house is called. */
const isForEveryHost = (pathname: string): boolean => /^\/api\/(health|inngest|hosts)(\/|$)/.test(pathname);

/** Signing in and out, which asks for no session. */
const isCircuit = (slug: string, pathname: string): boolean => pathname.startsWith(`/${slug}/api/auth/`);

const openPages = ["sign-in", "forgot", "reset", "invitation", "confirm-email"];
/** A page for whoever is not signed in. */
const isOpenPage = (slug: string, pathname: string): boolean => openPages.some((page) => pathname === `/${slug}/${page}`);

/** What the gate decided about a request: a refusal, or the path it goes on to, and what becomes of the session's cookie. */
interface Decision {
  readonly refusal?: EdgeRefusal;
  readonly pathname: string;
  readonly emptied?: string;
}

/**
 * The gate before every request: its id, the company it claims by host or path, no header that pretends, no session of
 * another company, and how a browser guards the answer.
 */
export function gate(settings: EdgeSettings, origin: string): (request: NextRequest) => Promise<NextResponse> {
  const decide = decider(settings, origin);
  return async (request) => {
    const requestId = requestIdFrom(request.headers.get("x-request-id"));
    const nonce = btoa(crypto.randomUUID());
    const policy = contentSecurityPolicy(nonce, settings);
    const { refusal, pathname, emptied } = await decide(request);
    const guards = { "x-request-id": requestId, "content-security-policy": policy };
    const answer = refusal ? refuse(refusal, pathname, requestId) : pass(request, pathname, guards);
    // Set by hand: what Next's own way of setting sets, the page would read as the request's cookie, and miss the wrong one.
    if (emptied !== undefined) answer.headers.append("set-cookie", emptiedCookie(emptied, settings.isHttps));
    // Whatever is answered is for that person alone; no cache on the way may keep it.
    const all = { ...guards, "cache-control": "private, no-store", ...securityHeaders(settings.isHttps) };
    for (const [name, value] of Object.entries(all)) answer.headers.set(name, value);
    return answer;
  };
}

/**
 * Lets a request go on with the headers the rest of the house may believe. What stands at another path inside the house is
 * redirected there and not rewritten: a page tells by the address in the browser where it stands, and a rewritten request
 * may reach Next's server a second time over the network, as if this machine had asked.
 */
function pass(request: NextRequest, pathname: string, ours: Readonly<Record<string, string>>): NextResponse {
  if (pathname !== request.nextUrl.pathname) {
    const inside = request.nextUrl.clone();
    inside.pathname = pathname;
    return NextResponse.redirect(inside);
  }
  const slug = claimedSlug(pathname);
  const headers = trustedHeaders(request.headers);
  for (const [name, value] of Object.entries(ours)) headers.set(name, value);
  headers.set("x-atrium-path", `${pathname}${request.nextUrl.search}`);
  if (!nobodys.has(slug)) headers.set("x-tenant-claimed", slug);
  return NextResponse.next({ request: { headers }, status: statusOfPage(pathname) });
}

function decider(settings: EdgeSettings, origin: string): (request: NextRequest) => Promise<Decision> {
  const insidePath = pathFinder(settings, origin);
  const isEnded = askMirror(settings.redis);
  return async (request) => {
    const given = request.nextUrl.pathname;
    const pathname = await insidePath(request.headers.get("host"), given);
    if (typeof pathname === "object") return { ...pathname, pathname: given };
    if (isFromElsewhere(request.method, request.headers)) return { refusal: "request/cross-site", pathname };
    const slug = claimedSlug(pathname);
    if (pathname === "/_next/image") return { refusal: "request/not-found", pathname };
    if (nobodys.has(slug)) return { pathname };
    // No company can have such a name: the pages' layout says so in words, their doors say it here.
    if (!isTenantSlug(slug)) return isApiPath(pathname) ? { refusal: "tenant_not_found", pathname } : { pathname };
    const { session: cookie } = cookieNames(slug, settings.isHttps);
    const session = await tokenSession(request.cookies.get(cookie)?.value, settings.secret);
    // The doors end such a session and write it down; the browser loses it here, whatever they answer.
    if (session && session.tenantSlug !== slug) return { pathname, emptied: cookie };
    // Whoever is to sign in again must be able to: the circuit is open, and no form of an open page meets the dead session.
    // The other pages are shown it: they say why they ask to sign in.
    const isApi = isApiPath(pathname);
    const matters = isApi ? !isCircuit(slug, pathname) : isOpenPage(slug, pathname);
    const hasEnded = matters && session?.sessionId !== undefined && (await isEnded(session.sessionId));
    if (!hasEnded) return { pathname };
    return isApi ? { refusal: "session/ended", pathname } : { pathname, emptied: cookie };
  };
}

/** Finds the path inside the house that a host and a path lead to, or says why there is none. */
function pathFinder({ house }: EdgeSettings, origin: string) {
  const findByDomain = rememberDomains(askTheHouse(origin));
  return async (host: string | null, pathname: string): Promise<string | { readonly refusal: EdgeRefusal }> => {
    if (isForEveryHost(pathname)) return pathname;
    const place = placeOf(host, house);
    if (place.kind === "house") return pathname;
    if (place.kind === "elsewhere") return { refusal: "request/misdirected" };
    try {
      const slug = place.kind === "tenant" ? place.slug : await findByDomain(place.name);
      return slug === undefined ? { refusal: "request/misdirected" } : pathWithin(slug, pathname);
    } catch {
      return { refusal: "request/busy" };
    }
  };
}
