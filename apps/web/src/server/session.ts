import type { SessionClaims } from "@atrium/api";
import { Claims } from "@atrium/identity";
import { decode } from "next-auth/jwt";

export { cookieNames } from "../edge/cookie-names.ts";

/** The claims in a session's cookie; undefined when there is none, it has expired, or it was not made by this house. */
export async function claimsFrom(cookie: string | undefined, secret: string): Promise<SessionClaims | undefined> {
  if (cookie === undefined) return undefined;
  const payload = await decode({ token: cookie, secret }).catch(() => null);
  return Claims.safeParse(payload?.["claims"]).data;
}
