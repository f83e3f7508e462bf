/** Headers by which only the middleware speaks to what comes after it. One that came from outside is dropped. */
const ours = /^x-(tenant|middleware|atrium)(-|$)/i;

/** The headers of the request as the rest of the house may believe them. */
export function trustedHeaders(given: Headers): Headers {
  return new Headers([...given].filter(([name]) => !ours.test(name)));
}

/** Which company, if any, a path claims: its first part. Whether the caller belongs to it is proved later. */
export function claimedSlug(pathname: string): string {
  return pathname.split("/")[1] ?? "";
}
