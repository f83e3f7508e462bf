import { networkOf } from "@atrium/kernel";
import type { Ask, Route } from "@atrium/limits";
import type { NextRequest } from "next/server";
import type { TokenSession } from "../session-token.ts";
import { digestOf, mailboxIn } from "./mailbox.ts";

/** Who sends a request to which company's path, as far as the middleware has proved it. */
export interface Caller {
  /** The session of this very company; undefined for everybody else. */
  readonly session: TokenSession | undefined;
  readonly slug: string;
  /** Whether it is a door rather than a page, where it matters that a session was ended. */
  readonly isDoor: boolean;
  /** A page for whoever is not signed in: whether the session was ended must be known this very moment. */
  readonly isOpenPage: boolean;
}

/** The network a request comes from: whoever may choose among its addresses is one. */
const networkIn = (request: NextRequest): string => networkOf(request.headers.get("x-forwarded-for") ?? "unknown");

/** What the limiter is asked about a request. A promise only where the body has to be read; "too-long" when that has no end. */
export function askOf(request: NextRequest, route: Route, caller: Caller): Ask | Promise<Ask | "too-long"> {
  const { session, isDoor, isOpenPage } = caller;
  const { routeClass, cost } = route;
  const address = networkIn(request);
  const nobody = { cost, tenantId: undefined, userId: undefined, sessionId: undefined, address, account: undefined };
  if (routeClass === "sign-in") return askToSignIn(request, route, caller, { ...nobody, routeClass });
  // The page for pages; whoever shows no session of this company is one of its address, whatever they ask for.
  if (session === undefined || routeClass === "guest") return { ...nobody, routeClass: routeClass === "page" ? "page" : "guest" };
  const { tenantId, userId, sessionId } = session;
  return { routeClass, cost, tenantId, userId, sessionId: isDoor || isOpenPage ? sessionId : undefined, address, account: undefined, isFresh: isOpenPage };
}

/** The limiter counts an account's tries for each network by itself: nobody can keep another out by failing in their name. */
function askToSignIn(request: NextRequest, { account }: Route, { session, slug }: Caller, ask: Ask): Ask | Promise<Ask | "too-long"> {
  if (account === "none") return ask;
  if (account === "session") return session === undefined ? ask : { ...ask, account: session.userId };
  return mailboxIn(request, account).then(async ({ mailbox, isTooLong }) => {
    if (isTooLong) return "too-long";
    return mailbox === undefined ? ask : { ...ask, account: await digestOf(slug, mailbox) };
  });
}
