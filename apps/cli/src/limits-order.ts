import { Refusal } from "./report.ts";

/** What was typed after `atrium limits set`. */
export interface TypedOverride {
  readonly perMinute?: string;
  readonly perHour?: string;
  readonly for?: string;
  readonly until?: string;
  readonly reason?: string;
}

/** An override as it was meant: a limit that was left out stays the plan's. */
export interface OverrideOrder {
  readonly perMinute: number | null;
  readonly perHour: number | null;
  readonly until: Date;
  readonly reason: string;
}

const most = 10_000_000;
const longestDays = 366;
const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Reads what was typed. Throws one sentence for each thing that is wrong with it, all at once. */
export function readOrder(typed: TypedOverride, now: Date): OverrideOrder {
  const faults: string[] = [];
  const note = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      faults.push(error.message);
      return undefined;
    }
  };
  if (typed.perMinute === undefined && typed.perHour === undefined) faults.push("Say which limit is to hold: --per-minute N, --per-hour N, or both.");
  const perMinute = note(() => requests("--per-minute", typed.perMinute));
  const perHour = note(() => requests("--per-hour", typed.perHour));
  const until = note(() => end(typed, now));
  const reason = note(() => why(typed.reason));
  if (faults.length > 0 || perMinute === undefined || perHour === undefined || until === undefined || reason === undefined) {
    throw new Refusal(faults.join("\n"));
  }
  return { perMinute, perHour, until, reason };
}

/** So many requests; null where nothing was typed. */
function requests(flag: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  // A comma or an underscore between the thousands is how people write them.
  const plain = text.trim().replaceAll(/(?<=\d)[,_](?=\d)/g, "");
  if (/^-\d+$/.test(plain)) throw new Refusal(`${flag} must be at least 1; it was ${text}.`);
  if (!/^\d+$/.test(plain)) throw new Refusal(`${flag} takes a whole number such as 500; it was "${text}".`);
  const count = Number(plain);
  if (count === 0) throw new Refusal(`${flag} 0 would let nobody in. To shut a company's doors: atrium tenant suspend.`);
  if (count > most) throw new Refusal(`${flag} may be ${most.toLocaleString("en")} at most: more than that protects nobody.`);
  return count;
}

function end(typed: TypedOverride, now: Date): Date {
  if (typed.for !== undefined && typed.until !== undefined) throw new Refusal("Give --for or --until, not both.");
  if (typed.for === undefined && typed.until === undefined) throw new Refusal("Say until when it holds: --for 2h, or --until 2026-11-21T18:00.");
  const until = typed.for === undefined ? moment(typed.until ?? "") : after(typed.for, now);
  if (until <= now) throw new Refusal(`--until ${typed.until ?? ""} is over already: it is ${now.toISOString().slice(0, 16)} UTC.`);
  if (until.getTime() - now.getTime() > longestDays * unitMs.d) throw new Refusal(`An override ends within ${longestDays} days. For longer than that, change the plan.`);
  return until;
}

function after(text: string, now: Date): Date {
  const { count, unit } = /^(?<count>\d{1,6})(?<unit>[mhd])$/.exec(text.trim().toLowerCase())?.groups ?? {};
  const isUnit = (letter: string | undefined): letter is keyof typeof unitMs => letter !== undefined && letter in unitMs;
  if (!isUnit(unit) || Number(count) === 0) throw new Refusal(`--for takes a length such as 30m, 2h or 3d; it was "${text}".`);
  return new Date(now.getTime() + Number(count) * unitMs[unit]);
}

/** A moment on this machine's clock, or on the one that is written behind it (Z, +05:30). */
function moment(text: string): Date {
  const isShaped = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?$/.test(text.trim());
  const read = new Date(isShaped ? text.trim() : Number.NaN);
  // The 31st of a month that has 30 days would be read as the 1st of the next.
  const isThere = isShaped && Number(text.trim().slice(8, 10)) <= new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate();
  if (!isThere || Number.isNaN(read.getTime())) throw new Refusal(`--until takes a moment such as 2026-11-21T18:00, with Z or +05:30 behind it for another clock than this machine's; it was "${text}".`);
  return read;
}

function why(text: string | undefined): string {
  const reason = text?.trim() ?? "";
  if (reason.length < 5) throw new Refusal(`Say why: --reason "…", at least 5 characters. It stands in the company's audit trail.`);
  if (reason.length > 500) throw new Refusal("The reason has 500 characters at most.");
  return reason;
}
