/** Headers by which only the house speaks to itself. One that came from outside is dropped. */
export const ours = /^x-(tenant|middleware|atrium)(-|$)/i;

/** The headers of the request as the rest of the house may believe them. */
export function trustedHeaders(given: Headers): Headers {
  return new Headers([...given].filter(([name]) => !ours.test(name)));
}

/** Whether a request brings none that the house does not believe. */
export function areTrusted(given: Headers): boolean {
  for (const name of given.keys()) if (ours.test(name)) return false;
  return true;
}

/** Which company, if any, a path claims: its first part. Whether the caller belongs to it is proved later. */
export function claimedSlug(pathname: string): string {
  return pathname.split("/", 2)[1] ?? "";
}

/**
 * Whether a page of another site, or of another origin of this one, had the browser send a request that may change
 * something. The cookie's own rule keeps other sites out; a neighbour on the same host passes it. Browsers write this
 * header themselves, and no page can; without it no browser asks.
 */
export function isFromElsewhere(method: string, given: Headers): boolean {
  if (method === "GET" || method === "HEAD") return false;
  const site = given.get("sec-fetch-site");
  return site === "cross-site" || site === "same-site";
}
