import { isTenantSlug } from "@atrium/kernel";
import { makeLimiter, routeOf } from "@atrium/limits";
import type { Limiter, Verdict } from "@atrium/limits";
import { NextResponse } from "next/server";
import type { NextRequest } from "next/server";
import { cookieNames } from "./cookie-names.ts";
import type { EdgeSettings } from "./env.ts";
import { askOf } from "./limits/asking.ts";
import { askHouse } from "./limits/house.ts";
import type { House } from "./limits/house.ts";
import { limitRefusal, setLimitHeaders } from "./limits/refusing.ts";
import { statusOfPage } from "./outcomes.ts";
import { isCircuit, isNobodys, isOpenPage, pathFinder } from "./paths.ts";
import { isApiPath, refuse } from "./refusals.ts";
import type { Refused } from "./refusals.ts";
import { areTrusted, claimedSlug, isFromElsewhere, trustedHeaders } from "./request-headers.ts";
import { requestIdFrom } from "./request-id.ts";
import { guardsFor } from "./security-headers.ts";
import type { Guards } from "./security-headers.ts";
import { emptiedCookie, tokenReader } from "./session-token.ts";
import type { TokenSession } from "./session-token.ts";

/** What the gate decided about a request: a refusal, or the path it goes on to, and what becomes of the session's cookie. */
interface Decision {
  readonly refusal?: Refused;
  readonly pathname: string;
  readonly emptied?: string | undefined;
  readonly verdict?: Verdict;
}

/**
 * The gate before every request: its id, the company it claims by host or path, no header that pretends, no session of
 * another company, what it draws on, and how a browser guards the answer.
 */
export function gate(settings: EdgeSettings, origin: string): (request: NextRequest) => Promise<NextResponse> {
  const house = askHouse(origin, settings.secret);
  const limiter = makeLimiter({ redis: settings.redis, refresh: house.refresh, wallClock: Date.now });
  void limiter.getReady();
  const decide = decider(settings, origin, house, limiter);
  const guards = guardsFor(settings);
  return async (request) => {
    const requestId = requestIdFrom(request.headers.get("x-request-id"));
    const { refusal, pathname, emptied, verdict } = await decide(request);
    const guard = isApiPath(pathname) ? guards.door : guards.page();
    const answer = refusal ? refuse(refusal, pathname, requestId) : pass(request, pathname, requestId, guard);
    const { headers } = answer;
    // Set by hand: what Next's own way of setting sets, the page would read as the request's cookie, and miss the wrong one.
    if (emptied !== undefined) headers.append("set-cookie", emptiedCookie(emptied, settings.isHttps));
    headers.set("X-Request-Id", requestId);
    headers.set("Content-Security-Policy", guard.policy);
    for (const [name, value] of guard.others) headers.set(name, value);
    if (verdict) setLimitHeaders(headers, verdict);
    return answer;
  };
}

/**
 * Lets a request go on with the headers the rest of the house may believe. What stands at another path inside the house is
 * redirected there and not rewritten: a page tells by the address in the browser where it stands, and a rewritten request
 * may reach Next's server a second time over the network, as if this machine had asked.
 */
function pass(request: NextRequest, pathname: string, requestId: string, { policy }: Guards): NextResponse {
  const { nextUrl, headers: given } = request;
  if (pathname !== nextUrl.pathname) {
    const inside = nextUrl.clone();
    inside.pathname = pathname;
    return NextResponse.redirect(inside);
  }
  // A door needs none of what follows, and to hand all headers on once more costs it more than everything before.
  if (isApiPath(pathname) && given.get("x-request-id") === requestId && areTrusted(given)) return NextResponse.next();
  const slug = claimedSlug(pathname);
  const headers = trustedHeaders(given);
  headers.set("x-request-id", requestId);
  headers.set("content-security-policy", policy);
  headers.set("x-atrium-path", `${pathname}${nextUrl.search}`);
  if (!isNobodys(slug)) headers.set("x-tenant-claimed", slug);
  return NextResponse.next({ request: { headers }, status: statusOfPage(pathname) });
}

function decider(settings: EdgeSettings, origin: string, house: House, limiter: Limiter): (request: NextRequest) => Promise<Decision> {
  const insidePath = pathFinder(settings, origin);
  const sessionIn = sessionFinder(settings);
  return async (request) => {
    const given = request.nextUrl.pathname;
    const found = insidePath(request.headers.get("host"), given);
    const pathname = found instanceof Promise ? await found : found;
    if (typeof pathname === "object") return { refusal: pathname, pathname: given };
    if (isFromElsewhere(request.method, request.headers)) return { refusal: { code: "request/cross-site" }, pathname };
    if (pathname === "/_next/image") return { refusal: { code: "request/not-found" }, pathname };
    const slug = claimedSlug(pathname);
    // No company can have such a name: the pages' layout says so in words, their doors say it here.
    if (!isNobodys(slug) && !isTenantSlug(slug) && isApiPath(pathname)) return { refusal: { code: "tenant_not_found" }, pathname };
    const route = routeOf(request.method, pathname);
    if (typeof route === "string") return { refusal: { code: route }, pathname };
    // The house's own doors draw on nothing; what is sent elsewhere draws there.
    if (route === undefined || pathname !== given) return { pathname };
    const { session, emptied } = await sessionIn(request, slug);
    const isDoor = route.routeClass !== "page";
    // Whoever is to sign in again must be able to: the circuit is open, and no form of an open page meets the dead session.
    // The other pages are shown it: they say why they ask to sign in.
    const caller = { session: isCircuit(slug, pathname) ? undefined : session, slug, isDoor, isOpenPage: isOpenPage(slug, pathname) };
    const asked = askOf(request, route, caller);
    const ask = asked instanceof Promise ? await asked : asked;
    if (ask === "too-long") return { refusal: { code: "request/too-large" }, pathname };
    const decided = limiter.decide(ask);
    const verdict = decided instanceof Promise ? await decided : decided;
    if (verdict.alarms.length > 0 && ask.tenantId !== undefined) void house.alert(ask.tenantId, verdict.alarms);
    if (verdict.outcome === "ended") return isDoor ? { refusal: { code: "session/ended" }, pathname } : { pathname, emptied: cookieNames(slug, settings.isHttps).session };
    const refusal = limitRefusal(verdict);
    return refusal ? { refusal, pathname, emptied, verdict } : { pathname, emptied, verdict };
  };
}

interface Shown {
  /** The session of this very company. */
  readonly session?: TokenSession | undefined;
  /** The cookie that holds another company's. The doors end that session and write it down; the browser loses it here, whatever they answer. */
  readonly emptied?: string;
}

const nothing: Shown = {};

function sessionFinder({ isHttps, secret }: EdgeSettings): (request: NextRequest, slug: string) => Shown | Promise<Shown> {
  const read = tokenReader(secret);
  return (request, slug) => {
    if (isNobodys(slug) || !isTenantSlug(slug)) return nothing;
    const { session: cookie } = cookieNames(slug, isHttps);
    const shown = (session: TokenSession | undefined): Shown => (session === undefined || session.tenantSlug === slug ? { session } : { emptied: cookie });
    const found = read(request.cookies.get(cookie)?.value);
    return found instanceof Promise ? found.then(shown) : shown(found);
  };
}
