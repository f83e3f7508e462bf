/** The versions of a package that are known to be good: from one, and below another when the next line is not. */
export interface Floor {
  readonly from: string;
  readonly below?: string | undefined;
}

/** Whether a released version lies in the range. A pre-release does not: it comes before its release. */
export function isWithin(version: string, { from, below }: Floor): boolean {
  if (!/^\d+\.\d+\.\d+$/.test(version)) return false;
  return compare(version, from) >= 0 && (below === undefined || compare(version, below) < 0);
}

function compare(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
