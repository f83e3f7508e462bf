import type { SessionClaims } from "@atrium/api";
import { Claims } from "@atrium/identity";
import { decode, encode } from "next-auth/jwt";
import type { NextResponse } from "next/server";
import { cookieNames } from "../edge/cookie-names.ts";

export { cookieNames } from "../edge/cookie-names.ts";

/** The claims in a session's cookie; undefined when there is none, it has expired, or it was not made by this house. */
export async function claimsFrom(cookie: string | undefined, secret: string): Promise<SessionClaims | undefined> {
  if (cookie === undefined) return undefined;
  const payload = await decode({ token: cookie, secret }).catch(() => null);
  return Claims.safeParse(payload?.["claims"]).data;
}

export interface NewSession {
  readonly claims: SessionClaims;
  /** How long it lasts at most. */
  readonly maxMinutes: number;
  readonly secret: string;
  readonly isSecure: boolean;
}

/** Gives the browser the cookie of a session that has just begun, as next-auth does for whoever signs in. */
export async function setSessionCookie(answer: NextResponse, { claims, maxMinutes, secret, isSecure }: NewSession): Promise<void> {
  const maxAge = maxMinutes * 60;
  const value = await encode({ token: { claims }, secret, maxAge });
  answer.cookies.set(cookieNames(claims.tenantSlug, isSecure).session, value, { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure, maxAge });
}
