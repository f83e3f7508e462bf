import type { SessionClaims } from "@atrium/api";
import { Claims } from "@atrium/identity";
import { decode } from "next-auth/jwt";

/** A session ends after a working day, whatever its person does meanwhile: nothing renews it. */
export const sessionSeconds = 12 * 60 * 60;

export interface CookieNames {
  readonly session: string;
  readonly csrf: string;
  readonly callback: string;
}

/**
 * Each company's session has a cookie of its own name, so that one browser can be signed in to several. `__Host-` makes
 * the browser insist on https, this very host and the whole path.
 */
export function cookieNames(slug: string, isSecure: boolean): CookieNames {
  const prefix = isSecure ? "__Host-" : "";
  return { session: `${prefix}atrium-session-${slug}`, csrf: `${prefix}atrium-csrf-${slug}`, callback: `${prefix}atrium-callback-${slug}` };
}

/** The claims in a session's cookie; undefined when there is none, it has expired, or it was not made by this house. */
export async function claimsFrom(cookie: string | undefined, secret: string): Promise<SessionClaims | undefined> {
  if (cookie === undefined) return undefined;
  const payload = await decode({ token: cookie, secret }).catch(() => null);
  return Claims.safeParse(payload?.["claims"]).data;
}
