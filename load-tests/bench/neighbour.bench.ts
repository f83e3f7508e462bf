/*
 * What one company's storm is to another: Globex works while Acme sends ten times what it may, against Globex working
 * alone, before one running production build. The two in turn, in rounds.
 */
import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { defaultPlan, isPlan, plans, planTerms } from "@atrium/kernel";
import { freePort, openHome, removeHome } from "@atrium/stack";
import { bringUp, during } from "../../apps/cli/src/start.ts";
import { sendEvenly } from "./pace.ts";
import type { Asked } from "./pace.ts";
import { setLimits } from "./set-limits.ts";
import type { StormOrder } from "./storm.ts";
import { signIn } from "./sign-in.ts";
import { percentile, rounded } from "./statistics.ts";

/** A busy office, within what the largest tier allows. */
const workPerSecond = 10;
/** Many and short, so that whatever else this machine does falls on both alike. */
const rounds = 16;
const roundSeconds = 5;
/** A full bucket takes so long to run dry; what flowed in while the storm paused is gone after the shorter time. */
const drySeconds = 12;
const leadSeconds = 1;
const warmUpSeconds = 8;

/** What screens read as people go through them. */
const reads: readonly (readonly [procedure: string, input?: unknown])[] = [
  ["identity.session.me"],
  ["people.employee.home"],
  ["people.employee.list", { limit: 25, sort: "name", direction: "asc" }],
  ["people.organisation.list"],
  ["people.employee.search", { text: "an" }],
  ["payroll.payslip.mine"],
];
const people = ["owner", "hr", "payroll"];

/** @param options the tier of the company that storms: the default one unless another is named */
export async function run([tier = defaultPlan]: readonly string[] = []): Promise<Readonly<Record<string, unknown>>> {
  if (!isPlan(tier)) throw new TypeError(`Name a tier: ${plans.join(" | ")}`);
  const stormPerSecond = (10 * planTerms[tier].limits.perMinute) / 60;
  const dataDir = await mkdtemp(path.join(tmpdir(), "atrium-bench-"));
  let figures: Readonly<Record<string, unknown>> = {};
  const code = await during(async (lifetime) => {
    const options = { mode: "start", port: await freePort(), dataDir, isReset: false, isConfirmed: true } as const;
    const { demoPassword } = await bringUp(options, lifetime);
    await setLimits(dataDir, "acme", planTerms[tier].limits);
    await setLimits(dataDir, "globex", planTerms.enterprise.limits);
    figures = await measure(`http://127.0.0.1:${options.port}`, demoPassword, stormPerSecond);
  });
  removeHome(await openHome(dataDir));
  if (code !== 0) throw new Error("The stack did not come up.");
  return { ...figures, tier, stormPerSecond: rounded(stormPerSecond, 1) };
}

interface Round {
  /** How long each of the neighbour's requests took, in ms. */
  readonly alone: readonly number[];
  readonly stormed: readonly number[];
  readonly storm: Readonly<Record<number, number>>;
}

async function measure(origin: string, password: string, stormPerSecond: number): Promise<Readonly<Record<string, unknown>>> {
  const work = await askedOf(origin, "globex", password);
  const stormed = await askedOf(origin, "acme", password);
  const storm = fork(fileURLToPath(new URL("storm.ts", import.meta.url)));
  const died = once(storm, "exit").then(() => Promise.reject(new Error("The storm ended by itself.")));
  const rage = (seconds: number) => Promise.race([send(storm, { asked: stormed, perSecond: stormPerSecond, seconds }), died]);
  try {
    await workFor(work, warmUpSeconds);
    await rage(drySeconds);
    const seen: Round[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const alone = await workFor(work, roundSeconds);
      const raging = rage(leadSeconds + roundSeconds);
      await workFor(work, leadSeconds);
      seen.push({ alone, stormed: await workFor(work, roundSeconds), storm: await raging });
      console.error(`round ${round}: ${JSON.stringify(figuresOf(seen.slice(-1)))}`);
    }
    return figuresOf(seen);
  } finally {
    // That it ends now is meant.
    died.catch(() => undefined);
    if (storm.connected) storm.disconnect();
  }
}

/** Every read by every person, each known to be answered. */
async function askedOf(origin: string, slug: string, password: string): Promise<readonly Asked[]> {
  const cookies = await Promise.all(people.map((name) => signIn(origin, slug, `${name}@${slug}.test`, password)));
  const urls = reads.map(([procedure, input]) => `${origin}/${slug}/api/trpc/${procedure}${input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`}`);
  const asked = urls.flatMap((url) => cookies.map((cookie) => ({ url, cookie })));
  for (const { url, cookie } of asked) {
    const answer = await fetch(url, { headers: { cookie } });
    if (!answer.ok) throw new Error(`${url} was answered with ${answer.status}: ${(await answer.text()).slice(0, 200)}`);
  }
  return asked;
}

/** Nothing of the neighbour's may be refused. @returns how long each of its requests took, in ms */
async function workFor(work: readonly Asked[], seconds: number): Promise<readonly number[]> {
  const { times, statuses } = await sendEvenly(work, workPerSecond, seconds);
  if (statuses[200] !== times.length) throw new Error(`The neighbour was answered with ${JSON.stringify(statuses)}.`);
  return times;
}

/** One storm, sent by the process beside this one. @returns how often each status was answered */
async function send(storm: ChildProcess, order: StormOrder): Promise<Readonly<Record<number, number>>> {
  const over: Promise<readonly unknown[]> = once(storm, "message");
  storm.send(order);
  const [message] = await over;
  return typeof message === "object" && message !== null && "statuses" in message && typeof message.statuses === "object" ? { ...message.statuses } : {};
}

function figuresOf(seen: readonly Round[]): Readonly<Record<string, unknown>> {
  const alone = percentile(seen.flatMap((round) => round.alone), 0.95);
  const stormed = percentile(seen.flatMap((round) => round.stormed), 0.95);
  const answers = seen.flatMap(({ storm }) => Object.entries(storm));
  const answered = (status?: string) => answers.reduce((sum, [name, count]) => sum + (status === undefined || status === name ? count : 0), 0);
  return {
    ratio: rounded(stormed / alone),
    p95AloneMs: rounded(alone, 1),
    p95InTheStormMs: rounded(stormed, 1),
    stormAdmitted: answered("200"),
    stormRefused: answered("429"),
    stormSent: answered(),
    workPerSecond,
    rounds: seen.length,
  };
}
