export interface CookieNames {
  readonly session: string;
  readonly csrf: string;
  readonly callback: string;
  /** What was asked of an identity provider, until its answer comes. */
  readonly sso: string;
}

/**
 * Each company's session has a cookie of its own name, so that one browser can be signed in to several. `__Host-` makes
 * the browser insist on https, this very host and the whole path.
 */
export function cookieNames(slug: string, isSecure: boolean): CookieNames {
  const prefix = isSecure ? "__Host-" : "";
  return {
    session: `${prefix}atrium-session-${slug}`,
    csrf: `${prefix}atrium-csrf-${slug}`,
    callback: `${prefix}atrium-callback-${slug}`,
    sso: `${prefix}atrium-sso-${slug}`,
  };
}
