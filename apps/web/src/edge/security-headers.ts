interface Surroundings {
  readonly isDevelopment: boolean;
  readonly isHttps: boolean;
}

/**
 * What a page may load. Scripts run only with this answer's nonce and what those scripts load themselves. Styles may stand
 * in attributes, where components place popups and bars, and in elements, which the library of the notices makes for itself.
 */
export function contentSecurityPolicy(nonce: string, { isDevelopment, isHttps }: Surroundings): string {
  const directives = {
    "default-src": ["'self'"],
    // React tells more about an error in development by way of eval.
    "script-src": ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(isDevelopment ? ["'unsafe-eval'"] : [])],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "blob:", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'", ...(isDevelopment ? ["ws:"] : [])],
    "object-src": ["'none'"],
    "frame-src": ["'none'"],
    "media-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    ...(isHttps && { "upgrade-insecure-requests": [] }),
  };
  return Object.entries(directives)
    .map(([name, values]) => [name, ...values].join(" "))
    .join("; ");
}

/** What a door answers is read by programs. Opened as a page it loads nothing, runs nothing and stands in no frame. */
const doorPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function securityHeaders(isHttps: boolean): Readonly<Record<string, string>> {
  return {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    ...(isHttps && { "Strict-Transport-Security": "max-age=63072000; includeSubDomains" }),
  };
}

/** How a browser guards an answer: the policy, and all that is the same for every answer. */
export interface Guards {
  readonly policy: string;
  readonly others: readonly (readonly [name: string, value: string])[];
}

/** What is the same for every answer is put together once. Answers the guards of a door, and those of a page with a nonce of its own. */
export function guardsFor(surroundings: Surroundings): { readonly door: Guards; readonly page: () => Guards } {
  // Whatever is answered is for that person alone; no cache on the way may keep it.
  const others = Object.entries({ "Cache-Control": "private, no-store", ...securityHeaders(surroundings.isHttps) });
  const [before = "", after = ""] = contentSecurityPolicy("|", surroundings).split("|");
  return {
    door: { policy: doorPolicy, others },
    page: () => ({ policy: `${before}${btoa(crypto.randomUUID())}${after}`, others }),
  };
}
