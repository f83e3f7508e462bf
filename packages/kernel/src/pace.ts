/** How quickly long work goes on, and how long the rest takes at that rate. Null while there is nothing to tell from. */
export interface Pace {
  /** Whole pieces of work a second. */
  readonly perSecond: number | null;
  readonly secondsLeft: number | null;
}

/** The pace of work of which `done` of `total` pieces took `elapsedMs`. */
export function paceOf(done: number, total: number, elapsedMs: number): Pace {
  if (done <= 0 || elapsedMs <= 0) return { perSecond: null, secondsLeft: null };
  const perSecond = (done * 1_000) / elapsedMs;
  return { perSecond: Math.round(perSecond), secondsLeft: Math.ceil(Math.max(0, total - done) / perSecond) };
}
