import { findRedisProgram, installRedis, installWithApt } from "@atrium/stack";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { buildWeb, isBuildStale } from "./build.ts";
import { command } from "./commands.ts";
import type { Outcome } from "./commands.ts";
import { BUILD_MARK, withoutServices } from "./env.ts";
import { generateClient, isClientStale } from "./generate.ts";
import type { Lifetime } from "./lifetime.ts";
import { inRoot } from "./paths.ts";
import { line, Refusal, say, step } from "./report.ts";
import { during } from "./start.ts";

/** What a runner counted. */
type Count = { readonly passed: number; readonly failed: number };

/** A stage that is no test runner counts as one test: it passes or it fails. */
type Stage = { readonly name: string; readonly run: () => Promise<Outcome & { readonly count?: Count }> };

const CHROMIUM = "/usr/bin/chromium";

/**
 * `npm test`: everything that must hold, on servers of its own, the cheap stages first and side by side.
 * @param only the names of the stages to run; all of them when it is empty
 * The very last line, `N passed, N failed`, is the sum over all runners. @returns the exit code
 */
export async function runTests(only: readonly string[]): Promise<number> {
  const began = performance.now();
  const total = { passed: 0, failed: 0 };
  const code = await during(async (lifetime) => {
    await prepare(lifetime);
    const folder = mkdtempSync(join(tmpdir(), "atrium-test-run-"));
    lifetime.add("the reports", async () => rmSync(folder, { recursive: true, force: true }));
    const stages = new Stages(lifetime, total, only);
    await stages.sideBySide([
      tool("types", "tsc", ["--noEmit", "-p", "packages/config/tsconfig.check.json"], lifetime),
      tool("lint", "eslint", ["-c", "packages/config/eslint.config.mjs", "."], lifetime),
      tool("boundaries", "depcruise", ["-c", "packages/config/dependency-cruiser.cjs", "packages", "apps", "prisma/seed"], lifetime),
      vitest("unit", folder, lifetime),
      { name: "build", run: () => build(lifetime) },
    ]);
    await stages.one(script("secrets", ["packages/config/src/scan-build.ts", "apps/web/.next", BUILD_MARK], lifetime));
    await stages.one(vitest("integration", folder, lifetime));
    await stages.one({ name: "e2e", run: () => endToEnd(folder, lifetime) });
  });
  say(line("all", performance.now() - began));
  if (code !== 0 && total.failed === 0) total.failed = 1;
  say(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

/** Makes and installs what the stages need and a fresh machine lacks. */
async function prepare(lifetime: Lifetime): Promise<void> {
  if (isClientStale()) await step("database client", () => generateClient(lifetime.signal));
  if ((await findRedisProgram()) === undefined) await step("Redis", installRedis);
  if (existsSync(CHROMIUM)) return;
  if (!(await step("Chromium", () => installWithApt("chromium")))) {
    throw new Refusal(`The end-to-end tests need Chromium at ${CHROMIUM}, and it can be installed from here only as root on Debian. Install it (apt-get install chromium), then test again.`);
  }
}

/** Runs stages, prints a line for each, shows the output of those that failed, and adds up what they counted. */
class Stages {
  readonly #lifetime: Lifetime;
  readonly #total: { passed: number; failed: number };

  readonly #only: readonly string[];

  constructor(lifetime: Lifetime, total: { passed: number; failed: number }, only: readonly string[]) {
    this.#lifetime = lifetime;
    this.#only = only;
    this.#total = total;
  }

  async one({ name, run }: Stage): Promise<void> {
    if (this.#only.length > 0 && !this.#only.includes(name)) return;
    this.#lifetime.signal.throwIfAborted();
    const began = performance.now();
    const { isOk, output, count } = await run();
    this.#lifetime.signal.throwIfAborted();
    const { passed, failed } = count ?? { passed: isOk ? 1 : 0, failed: isOk ? 0 : 1 };
    // A runner that breaks before it counts, or after, has failed all the same.
    const failures = isOk ? failed : Math.max(failed, 1);
    this.#total.passed += passed;
    this.#total.failed += failures;
    if (failures > 0) say(`\n${output.trim()}\n`);
    say(line(name, performance.now() - began, count === undefined ? (isOk ? "ok" : "FAILED") : `${passed} passed, ${failures} failed`));
  }

  /** As many at a time as there are processors, in the order given. */
  async sideBySide(stages: readonly Stage[]): Promise<void> {
    const waiting = [...stages];
    const lane = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await this.one(next);
    };
    await this.#lifetime.together(Array.from({ length: Math.min(2, cpus().length) }, lane));
  }
}

function tool(name: string, program: string, args: readonly string[], { signal }: Lifetime): Stage {
  return { name, run: () => command(inRoot("node_modules", ".bin", program), args, { signal, env: { NODE_ENV: "test" } }) };
}

function script(name: string, args: readonly string[], { signal }: Lifetime): Stage {
  return { name, run: () => command("node", args, { signal, env: { NODE_ENV: "test" } }) };
}

const VitestReport = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });

function vitest(project: "unit" | "integration", folder: string, { signal }: Lifetime): Stage {
  const file = join(folder, `${project}.json`);
  const args = ["run", "--config", "packages/config/vitest.config.ts", "--project", project, "--reporter", "default", "--reporter", "json", `--outputFile.json=${file}`];
  return {
    name: project,
    run: async () => {
      const outcome = await command(inRoot("node_modules", ".bin", "vitest"), args, { signal, env: { ...withoutServices, NODE_ENV: "test", NO_COLOR: "1" } });
      const report = readReport(file, VitestReport);
      return report === undefined ? outcome : { ...outcome, count: { passed: report.numPassedTests, failed: report.numFailedTests } };
    },
  };
}

async function build(lifetime: Lifetime): Promise<Outcome> {
  try {
    if (isBuildStale()) await buildWeb(lifetime.signal);
    return { isOk: true, output: "" };
  } catch (error) {
    return { isOk: false, output: error instanceof Error ? error.message : String(error) };
  }
}

const PlaywrightReport = z.object({ stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }) });

/** Lets Playwright loose; its set-up starts the production build on a folder and a port of its own. */
async function endToEnd(folder: string, { signal }: Lifetime): Promise<Outcome & { count?: Count }> {
  const file = join(folder, "end-to-end.json");
  const outcome = await command("node", [inRoot("node_modules", "@playwright", "test", "cli.js"), "test", "--reporter", "line,json"], {
    cwd: inRoot("apps", "web"),
    signal,
    env: { ...withoutServices, NODE_ENV: "test", NO_COLOR: "1", PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  });
  const stats = readReport(file, PlaywrightReport)?.stats;
  return stats === undefined ? outcome : { ...outcome, count: { passed: stats.expected, failed: stats.unexpected + stats.flaky } };
}

function readReport<T>(file: string, schema: z.ZodType<T>): T | undefined {
  return existsSync(file) ? schema.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
}
