const wellFormed = /^[A-Za-z0-9][A-Za-z0-9_-]{7,63}$/;

/**
 * The id under which a request is found in every log. A well-formed one that came along is kept, so that a proxy's log
 * and ours tell of the same; whatever else came is not, because it would be written into logs and pages.
 */
export function requestIdFrom(given: string | null): string {
  return given !== null && wellFormed.test(given) ? given : `req-${crypto.randomUUID()}`;
}
