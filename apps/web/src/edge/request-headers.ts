/** Headers by which only the house speaks to itself. One that came from outside is dropped. */
export const ours = /^x-(tenant|middleware|atrium)(-|$)/i;

/** The headers of the request as the rest of the house may believe them. */
export function trustedHeaders(given: Headers): Headers {
  return new Headers([...given].filter(([name]) => !ours.test(name)));
}

/** Which company, if any, a path claims: its first part. Whether the caller belongs to it is proved later. */
export function claimedSlug(pathname: string): string {
  return pathname.split("/")[1] ?? "";
}

/**
 * Whether a page of another site, or of another origin of this one, had the browser send a request that may change
 * something. The cookie's own rule keeps other sites out; a neighbour on the same host passes it. Browsers write this
 * header themselves, and no page can; without it no browser asks.
 */
export function isFromElsewhere(method: string, given: Headers): boolean {
  const site = given.get("sec-fetch-site");
  return method !== "GET" && method !== "HEAD" && (site === "cross-site" || site === "same-site");
}
