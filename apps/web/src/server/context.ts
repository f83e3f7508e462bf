import { sendEvents } from "@atrium/api";
import type { RequestContext } from "@atrium/api";
import { callerAddress } from "./address.ts";
import { publishChanged } from "./limits.ts";
import { claimsFrom, cookieNames } from "./session.ts";
import { runtime } from "./runtime.ts";
import { siteOf } from "./site.ts";

/** What of a request decides who may do what. */
export interface RequestParts {
  /** The first part of the path: claimed, not proved. */
  readonly slug: string;
  readonly headers: Headers;
  readonly cookie: (name: string) => string | undefined;
}

/** The context of a request, whichever door it came to. */
export async function requestContext({ slug, headers, cookie }: RequestParts): Promise<RequestContext> {
  const { env, database, keyring, client, log, clock, onSessionsEnded, limits, readUsage, readHouse } = await runtime();
  const requestId = headers.get("x-request-id") ?? "none";
  const names = cookieNames(slug, isSecure(env.ATRIUM_URL));
  return {
    database,
    keyring,
    session: await claimsFrom(cookie(names.session), env.NEXTAUTH_SECRET),
    claimedSlug: slug,
    requestId,
    address: callerAddress(headers),
    userAgent: (headers.get("user-agent") ?? "unknown").slice(0, 300),
    site: siteOf(headers.get("host"), slug, env),
    log: log.child({ requestId, tenant: slug }),
    now: clock(),
    sendEvents: (events) => sendEvents(client, events),
    ...(onSessionsEnded && { onSessionsEnded }),
    ...(limits && { onLimitsChanged: publishChanged(limits) }),
    ...(readUsage && { readUsage }),
    ...(readHouse && { readHouse }),
  };
}

export const isSecure = (url: string): boolean => url.startsWith("https://");
