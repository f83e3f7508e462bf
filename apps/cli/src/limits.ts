import { setInterval } from "node:timers/promises";
import type { CompanyLimits } from "@atrium/billing/contract";
import type { OutsideRequest } from "@atrium/identity";
import type { RedisDoor } from "@atrium/limits";
import { withLimits } from "./limits-house.ts";
import { readOrder } from "./limits-order.ts";
import type { TypedOverride } from "./limits-order.ts";
import { drawLimits } from "./limits-picture.ts";
import type { Scene } from "./limits-picture.ts";
import { watch } from "./limits-watch.ts";
import { say } from "./report.ts";

// The packages of the domains are loaded late: their database client may have been generated a moment ago.

/** `atrium limits show`. @returns the exit code */
export function showLimits(dataDir: string, slug: string, isJson: boolean): Promise<number> {
  return withLimits(dataDir, async ({ request, door }) => {
    const scene = await look(request, slug, door);
    if (isJson) say(JSON.stringify({ ...scene.company, degraded: scene.degraded }, null, 2));
    else for (const line of drawLimits(scene, canvas())) say(line);
  });
}

/** `atrium limits set`. What was typed is judged before anything is opened. @returns the exit code */
export async function setLimits(dataDir: string, slug: string, typed: TypedOverride): Promise<number> {
  const { perMinute, perHour, until, reason } = readOrder(typed, new Date());
  return withLimits(dataDir, async ({ request, news }) => {
    const { setCompanyOverride } = await import("@atrium/billing");
    await setCompanyOverride(request, slug, { ...(perMinute !== null && { perMinute }), ...(perHour !== null && { perHour }), until: until.toISOString(), reason });
    const said = [...(perMinute === null ? [] : [`${perMinute} a minute`]), ...(perHour === null ? [] : [`${perHour} an hour`])];
    say(`${slug}: ${said.join(", ")} until ${until.toISOString().slice(0, 16)} UTC.`);
    say(news.said);
  });
}

/** `atrium limits clear`. @returns the exit code */
export function clearLimits(dataDir: string, slug: string): Promise<number> {
  return withLimits(dataDir, async ({ request, news }) => {
    const { clearCompanyOverride } = await import("@atrium/billing");
    await clearCompanyOverride(request, slug);
    say(`${slug} has its plan's limits again.`);
    say(news.said);
  });
}

const everyMs = 1_000;

/** `atrium limits watch`: until Ctrl-C, or until whoever reads the lines has enough of them. @returns the exit code */
export function watchLimits(dataDir: string, slug: string): Promise<number> {
  return withLimits(dataDir, async ({ request, door, lifetime }) => {
    const { stdout } = process;
    // Whoever closes the pipe ends the watch; that is no failure.
    stdout.on("error", () => lifetime.leave("nobody reads on"));
    let last = await look(request, slug, door);
    const lookAgain = async (): Promise<Scene> => {
      const now = new Date();
      last = await look({ ...request, now }, slug, door).catch(() => ({ ...last, now, trouble: "The database does not answer. It is asked again every second." }));
      return last;
    };
    const size = () => ({ columns: stdout.columns, rows: stdout.rows });
    const screen = { isTerminal: stdout.isTTY, hasColour: hasColour(), size, write: (text: string) => void stdout.write(text) };
    await watch(lookAgain, setInterval(everyMs, undefined, { signal: lifetime.signal }), screen);
  });
}

async function look(request: OutsideRequest, slug: string, door: RedisDoor | undefined): Promise<Scene> {
  const { companyLimits, degradedDecisions } = await import("@atrium/billing");
  const [company, degraded] = await Promise.all([companyLimits(request, { slug }), degradedDecisions(request)]);
  return { company, degraded: degraded.counts, now: request.now, trouble: troubleOf(company, door) };
}

function troubleOf({ usage }: CompanyLimits, door: RedisDoor | undefined): string | undefined {
  if (usage.isLive) return undefined;
  return door === undefined ? "Atrium is not running on this data folder, so nobody knows what is used." : "Redis does not answer, so nobody knows what is used.";
}

const hasColour = (): boolean => process.stdout.isTTY && process.stdout.hasColors();
/** A pipe has no width; its lines are as long as they are. */
const canvas = () => ({ columns: process.stdout.isTTY ? process.stdout.columns : Number.MAX_SAFE_INTEGER, hasColour: hasColour() });
