/** Durations and dates as the SDK writes them: "2s", "1m30s", "7d", or an ISO date. */

const UNIT_MS = new Map([
  ["ns", 1e-6],
  ["us", 1e-3],
  ["ms", 1],
  ["s", 1_000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
  ["w", 604_800_000],
]);

/** Milliseconds of a duration such as "1m30s", or undefined when it is not one. */
export function parseDuration(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|ms|s|m|h|d|w)/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join("") !== text) return undefined;
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNIT_MS.get(unit ?? "") ?? 0), 0);
}

/** The moment a duration from now, or an ISO date, stands for; undefined when it is neither. */
export function parseMoment(text: string, now = new Date()): Date | undefined {
  const duration = parseDuration(text);
  const moment = duration === undefined ? new Date(text) : new Date(now.getTime() + duration);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}
