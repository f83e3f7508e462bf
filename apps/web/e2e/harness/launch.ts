import { isPortTaken, openHome, removeHome, freePort } from "@atrium/stack";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bareEnvironment } from "./env.ts";
import type { House } from "./env.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const node = join(root, "node_modules", ".bin", "node");
const launcher = join(root, "apps", "cli", "src", "main.ts");

export interface RunningHouse extends House {
  readonly stop: () => Promise<void>;
}

/** Starts what `npm start` starts, on a free port over a folder of its own, and waits until it says that it is ready. */
export async function launchHouse(password: string, extra: Surroundings = {}): Promise<RunningHouse> {
  const folder = mkdtempSync(join(tmpdir(), "atrium-e2e-"));
  // The services' own account has to pass through.
  chmodSync(folder, 0o711);
  const port = await freePort();
  const { child, said } = run(["start", "--port", String(port), "--data", folder], password, extra);
  const clear = async () => {
    removeHome(await openHome(folder));
    rmSync(folder, { recursive: true, force: true });
    await refuseLeftovers(folder, port);
  };
  const stop = async () => {
    try {
      await end(child, said);
    } finally {
      await clear();
    }
  };
  try {
    return { url: await ready(child, said), folder, password, stop };
  } catch (error) {
    await clear();
    throw error;
  }
}

/** Makes the companies of a scenario in a house that runs. */
export async function seedInto(house: House, scenario: string): Promise<void> {
  await commandIn(house, ["seed", scenario]);
}

/** Runs a command of the operator's over the house's folder, and answers what it said. */
export async function commandIn({ folder, password }: House, args: readonly string[]): Promise<string> {
  const { child, said } = run([...args, "--data", folder], password);
  const [code]: unknown[] = await once(child, "close");
  if (code !== 0) throw new Error(`\`atrium ${args.join(" ")}\` failed:\n${said()}`);
  return said();
}

type Surroundings = Readonly<Record<string, string>>;

const surroundings: Surroundings = {
  // Chromium finds every name below localhost on this machine, so companies have hosts of their own; their identity
  // providers stand on it, too.
  ATRIUM_TENANT_HOSTS: ".localhost",
  ATRIUM_SSO_INSIDE: "127.0.0.1",
  // As behind a proxy, which says from where a browser comes.
  ATRIUM_TRUSTED_PROXIES: "1",
  // Browsers, servers and databases share this machine's processors: whoever waits a little longer is not told that Redis is gone.
  ATRIUM_REDIS_BUDGET_MS: "2000",
};

function run(args: readonly string[], password: string, extra: Surroundings = {}): { readonly child: ChildProcess; readonly said: () => string } {
  const child = spawn(node, [launcher, ...args], {
    cwd: root,
    env: { NODE_ENV: "production", ...bareEnvironment(), ATRIUM_DEMO_PASSWORD: password, ...surroundings, ...extra },
    // Over the channel the launcher sees when this process ends, however it ends.
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
  return { child, said: () => output };
}

function ready(child: ChildProcess, said: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on("data", () => {
      const url = /Atrium is ready at (\S+)/.exec(said())?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`The start ended with exit code ${code ?? "none"}:\n${said()}`)));
  });
}

async function end(child: ChildProcess, said: () => string): Promise<void> {
  if (child.exitCode !== null) throw new Error(`The house ended while it was tested, with exit code ${child.exitCode}:\n${said()}`);
  child.kill("SIGTERM");
  const [code]: unknown[] = await once(child, "close");
  if (code !== 0) throw new Error(`The house did not end in order:\n${said()}`);
}

/** A run leaves nothing running: no process that knows its folder, nobody at its port. */
async function refuseLeftovers(folder: string, port: number): Promise<void> {
  const commands = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(commandOf);
  const left = commands.filter((command) => command.includes(folder));
  if (left.length > 0) throw new Error(`The run has left these running:\n${left.join("\n")}`);
  if (await isPortTaken(port)) throw new Error(`The run has left something listening on port ${port}.`);
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    // It ended between the listing and the look.
    return "";
  }
}
