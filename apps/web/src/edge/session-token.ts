import { decode } from "next-auth/jwt";

/** What the middleware reads in a session's token. The doors read the rest, and ask the database whether it still holds. */
export interface TokenSession {
  readonly tenantSlug: string;
  readonly sessionId: string | undefined;
}

/** The session in a cookie; undefined when there is none, it has expired, or it was not made by this house. */
export async function tokenSession(cookie: string | undefined, secret: string): Promise<TokenSession | undefined> {
  if (cookie === undefined) return undefined;
  const payload = await decode({ token: cookie, secret }).catch(() => null);
  const claims = payload?.["claims"];
  if (typeof claims !== "object" || claims === null || !("tenantSlug" in claims) || typeof claims.tenantSlug !== "string") return undefined;
  return { tenantSlug: claims.tenantSlug, sessionId: "sessionId" in claims && typeof claims.sessionId === "string" ? claims.sessionId : undefined };
}

/**
 * Takes a cookie away. Not `Clear-Site-Data`: that would also end the person's sessions in their other companies, which
 * stand beside this one in the same browser.
 */
export const emptiedCookie = (name: string, isSecure: boolean): string =>
  `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
