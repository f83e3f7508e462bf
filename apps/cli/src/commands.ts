import { spawn } from "node:child_process";
import { environment } from "./env.ts";
import { ROOT } from "./paths.ts";

export type Outcome = { readonly isOk: boolean; readonly output: string };

export type CommandOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
};

/**
 * Runs a tool of the project to its end and answers all it printed. On abort the whole group it started is ended.
 * `node` is the one this runs on; everything else is looked up as npm would.
 */
export function command(program: string, args: readonly string[], options: CommandOptions = {}): Promise<Outcome> {
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
  const child = spawn(program === "node" ? process.execPath : program, args, {
    cwd: options.cwd ?? ROOT,
    env: { NODE_ENV: "production", ...environment(options.env ?? {}) },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
  const end = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGTERM");
  };
  options.signal?.addEventListener("abort", end, { once: true });
  // A killed launcher is noticed by its services; a tool that is merely running is ended here.
  process.once("exit", end);
  child.once("error", reject);
  child.once("close", (code) => {
    options.signal?.removeEventListener("abort", end);
    process.removeListener("exit", end);
    resolve({ isOk: code === 0, output });
  });
  if (options.signal?.aborted === true) end();
  return promise;
}
