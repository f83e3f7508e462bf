export interface PatienceOptions {
  /** So many tries, */
  readonly tries: number;
  /** within so long. */
  readonly withinMs: number;
}

/** Beyond so many keys the oldest are forgotten: a flood from everywhere may not fill the memory. */
const mostKeys = 10_000;

/**
 * Counts what is tried before there is a company to count it in, by this process alone. Answers how long to wait, in ms;
 * 0 when the try is taken.
 */
export function patience({ tries, withinMs }: PatienceOptions): (key: string, now: Date) => number {
  const taken = new Map<string, readonly number[]>();
  return (key, now) => {
    const nowMs = now.getTime();
    const recent = (taken.get(key) ?? []).filter((at) => nowMs - at < withinMs);
    const [first = nowMs] = recent;
    if (recent.length >= tries) return first + withinMs - nowMs;
    // Written anew, the key is the youngest of the map.
    taken.delete(key);
    taken.set(key, [...recent, nowMs]);
    const [oldest] = taken.keys();
    if (taken.size > mostKeys && oldest !== undefined) taken.delete(oldest);
    return 0;
  };
}
