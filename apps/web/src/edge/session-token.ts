import { decode } from "next-auth/jwt";

/** What the middleware reads in a session's token. The doors read the rest, and ask the database whether it still holds. */
export interface TokenSession {
  readonly tenantSlug: string;
  readonly tenantId: string;
  readonly sessionId: string;
  /** Whom the session is of; the session itself where its token says no more. */
  readonly userId: string;
}

interface OpenedToken {
  readonly session: TokenSession;
  /** In ms; nothing of the token holds beyond it. */
  readonly expiresAt: number;
}

/** The session in a cookie, as `tokenReader` finds it. */
export type ReadToken = (cookie: string | undefined) => TokenSession | undefined | Promise<TokenSession | undefined>;

const keptMs = 60_000;
const usuallyKept = 5_000;

/**
 * Reads sessions out of cookies; undefined when there is none, it has expired, or it was not made by this house. To open a
 * token costs more than all else the middleware does, so what was read is remembered for a minute, never beyond the
 * token's own end, and is then answered at once. That a session was ended is asked elsewhere, each time.
 */
export function tokenReader(secret: string, now: () => number = Date.now, mostKept = usuallyKept): ReadToken {
  const kept = new Map<string, { readonly session: TokenSession; readonly until: number }>();
  return (cookie) => {
    if (cookie === undefined) return undefined;
    const known = kept.get(cookie);
    if (known !== undefined && known.until > now()) return known.session;
    if (known !== undefined) kept.delete(cookie);
    return openToken(cookie, secret).then((opened) => {
      if (opened === undefined || opened.expiresAt <= now()) return undefined;
      const [oldest] = kept.keys();
      if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
      kept.set(cookie, { session: opened.session, until: Math.min(now() + keptMs, opened.expiresAt) });
      return opened.session;
    });
  };
}

async function openToken(cookie: string, secret: string): Promise<OpenedToken | undefined> {
  const payload = await decode({ token: cookie, secret }).catch(() => null);
  const claims: unknown = payload?.["claims"];
  const expires: unknown = payload?.["exp"];
  if (typeof claims !== "object" || claims === null || typeof expires !== "number") return undefined;
  const text = (name: string): string | undefined => {
    const value: unknown = Reflect.get(claims, name);
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const [tenantSlug, tenantId, sessionId] = [text("tenantSlug"), text("tenantId"), text("sessionId")];
  if (tenantSlug === undefined || tenantId === undefined || sessionId === undefined) return undefined;
  return { session: { tenantSlug, tenantId, sessionId, userId: text("userId") ?? sessionId }, expiresAt: expires * 1_000 };
}

/**
 * Takes a cookie away. Not `Clear-Site-Data`: that would also end the person's sessions in their other companies, which
 * stand beside this one in the same browser.
 */
export const emptiedCookie = (name: string, isSecure: boolean): string =>
  `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
