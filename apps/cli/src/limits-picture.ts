import type { CompanyLimits, CompanyUsage, DegradedDto, UsageBucketDto } from "@atrium/billing/contract";
import { oneLine } from "@atrium/kernel";

/** What the picture shows, at one moment. */
export interface Scene {
  readonly company: CompanyLimits;
  readonly degraded: readonly DegradedDto[];
  readonly now: Date;
  /** A sentence on what could not be asked. */
  readonly trouble?: string | undefined;
}

/** Where it is drawn. */
export interface Canvas {
  readonly columns: number;
  readonly hasColour: boolean;
}

const tones = { strong: 1, soft: 2, bad: 31, good: 32, attention: 33 } as const;
type Tone = keyof typeof tones;
type Piece = string | { readonly text: string; readonly tone: Tone };
type Line = readonly Piece[];

const strong = (text: string): Piece => ({ text, tone: "strong" });
const soft = (text: string): Piece => ({ text, tone: "soft" });
const bad = (text: string): Piece => ({ text, tone: "bad" });

const numbers = new Intl.NumberFormat("en");
const labelWidth = 14;
const label = (text: string): string => `  ${text.padEnd(labelWidth)}`;

/** The lines of a company's limits, none longer than the canvas is wide. */
export function drawLimits({ company, degraded, now, trouble }: Scene, canvas: Canvas): string[] {
  const { usage } = company;
  const lines: Line[] = [
    heading(company),
    [],
    [label("Limits"), limitsText(company.limits), ...planNote(company)],
    ...overrideLines(company, now),
    ...(trouble === undefined ? [] : [[], [bad(`  ${oneLine(trouble)}`)]]),
  ];
  if (usage.isLive) {
    lines.push([], ...usage.buckets.map((bucket) => bucketLine(bucket, canvas.columns)), [], ...minuteLines(usage.minutes));
    lines.push(...refusedLines(company));
  }
  lines.push(...degradedLines(degraded));
  return lines.map((line) => render(line, canvas));
}

/** One line for a log or a pipe, with every number by its name. */
export function oneLineOf({ company, now, trouble }: Scene): string {
  const { usage, slug } = company;
  const at = now.toISOString().slice(0, 19);
  if (!usage.isLive) return `${at}Z ${slug} ${oneLine(trouble ?? "usage unknown")}`;
  const buckets = usage.buckets.map(({ name, remaining, capacity }) => `${name}=${remaining}/${capacity}`);
  const [admitted, refused] = [sum(usage.minutes.map((minute) => minute.admitted)), sum(usage.minutes.map((minute) => minute.refused))];
  return [`${at}Z`, slug, ...buckets, `admitted-60min=${admitted}`, `refused-60min=${refused}`, ...(company.override ? [`override-until=${company.override.until ?? "cleared"}`] : [])].join(" ");
}

function heading({ slug, name, status, plan, standing }: CompanyLimits): Line {
  const facts = [oneLine(name), plan, ...(standing === "open" ? [] : [standing]), ...(status === "active" ? [] : [status])];
  return [strong(slug), `  ${facts.join(" · ")}`];
}

const limitsText = ({ perMinute, perHour }: CompanyLimits["limits"]): string => `${numbers.format(perMinute)} a minute, ${numbers.format(perHour)} an hour`;

function planNote({ limits, planLimits }: CompanyLimits): Line {
  const isPlans = limits.perMinute === planLimits.perMinute && limits.perHour === planLimits.perHour;
  return isPlans ? [] : [soft(`  (the plan: ${limitsText(planLimits)})`)];
}

function overrideLines({ override }: CompanyLimits, now: Date): Line[] {
  if (override === null) return [[label("Override"), soft("none")]];
  const { until, madeBy, reason } = override;
  const end = until === null ? "until it is cleared" : `until ${momentText(new Date(until))}`;
  return [
    [label("Override"), { text: end, tone: "attention" }, until === null ? "" : `, ${lengthText(Date.parse(until) - now.getTime())} left`],
    [label(""), `by ${oneLine(madeBy)}: ${oneLine(reason)}`],
  ];
}

const barWidth = (columns: number): number => Math.max(5, Math.min(30, columns - labelWidth - 32));

function bucketLine({ name, capacity, remaining }: UsageBucketDto, columns: number): Line {
  const used = capacity === 0 ? 0 : (capacity - remaining) / capacity;
  const width = barWidth(columns);
  const filled = used > 0 ? Math.max(1, Math.round(used * width)) : 0;
  const tone: Tone = used >= 0.9 ? "bad" : used >= 0.7 ? "attention" : "good";
  const numbersText = `${numbers.format(remaining)} of ${numbers.format(capacity)} left`;
  return [label(name), { text: "█".repeat(filled), tone }, soft("░".repeat(width - filled)), ` ${percent(used)}  ${numbersText}`];
}

const percent = (share: number): string => `${String(Math.floor(share * 100)).padStart(3)} %`;

const levels = " ▁▂▃▄▅▆▇█";

/** The last hour as one row of bars; a minute in which somebody was refused is marked. */
function minuteLines(minutes: CompanyUsage["minutes"]): Line[] {
  const most = Math.max(1, ...minutes.map(({ admitted, refused }) => admitted + refused));
  const bars = minutes.map(({ admitted, refused }): Piece => {
    const all = admitted + refused;
    const bar = levels.charAt(all === 0 ? 0 : Math.max(1, Math.round((all / most) * (levels.length - 1))));
    return refused > 0 ? bad(bar) : bar;
  });
  const [admitted, refused] = [sum(minutes.map((minute) => minute.admitted)), sum(minutes.map((minute) => minute.refused))];
  return [
    [label("Last hour"), `${numbers.format(admitted)} admitted, `, refused > 0 ? bad(`${numbers.format(refused)} refused`) : "none refused"],
    [label(""), ...bars],
  ];
}

const mostNamed = 8;

function refusedLines({ usage }: CompanyLimits): Line[] {
  const { refusedFor } = usage;
  if (refusedFor.length === 0) return [];
  const named = refusedFor.slice(0, mostNamed).map(({ memberId, bucket, count }): Line => [label(""), numbers.format(count).padStart(8), `  ${oneLine(memberId)}`, soft(`  ${bucket}`)]);
  const rest = refusedFor.length - named.length;
  return [[label("Refused for"), soft("in the last 30 days")], ...named, ...(rest > 0 ? [[label(""), soft(`and ${rest} more: --json shows all`)]] : [])];
}

function degradedLines(degraded: readonly DegradedDto[]): Line[] {
  if (degraded.length === 0) return [];
  const days = [...new Set(degraded.map(({ day }) => day))];
  return [
    [],
    [label("Without Redis"), soft("decisions of the whole house")],
    ...days.map((day): Line => [label(""), day, `  ${degraded.filter((one) => one.day === day).map(({ routeClass, count }) => `${routeClass} ${numbers.format(count)}`).join(", ")}`]),
  ];
}

/** On this machine's clock, which stands behind it. */
const momentText = (moment: Date): string =>
  new Intl.DateTimeFormat("en-IN", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" }).format(moment);

function lengthText(ms: number): string {
  const minutes = Math.max(0, Math.ceil(ms / 60_000));
  const [days, hours] = [Math.floor(minutes / 1_440), Math.floor((minutes % 1_440) / 60)];
  if (days > 0) return `${days} d ${hours} h`;
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}

/** As the terminal counts them, or nearly: a sign of two code points is rare, and shortens a line by one. */
const signs = (text: string): readonly string[] => Array.from(text);

const sum = (counts: readonly number[]): number => counts.reduce((total, one) => total + one, 0);

/** Cut to the canvas; a line that was cut ends with an ellipsis. */
function render(line: Line, { columns, hasColour }: Canvas): string {
  const pieces = line.map((piece) => (typeof piece === "string" ? { text: piece, tone: undefined } : piece));
  const length = sum(pieces.map(({ text }) => signs(text).length));
  let room = length > columns ? Math.max(0, columns - 1) : length;
  let drawn = "";
  for (const { text, tone } of pieces) {
    const shown = signs(text).slice(0, room).join("");
    room -= signs(shown).length;
    drawn += hasColour && tone !== undefined && shown !== "" ? `\u001B[${tones[tone]}m${shown}\u001B[0m` : shown;
  }
  return (length > columns ? `${drawn}…` : drawn).trimEnd();
}
