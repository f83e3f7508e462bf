import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { once } from "node:events";
import { waitUntil } from "./wait-until.ts";

/** The unprivileged account a service runs as when the stack is started by root. */
export type ServiceUser = { readonly uid: number; readonly gid: number };

/** A finished command: its exit code (-1 when a signal ended it) and what it printed. */
export type Finished = { readonly code: number; readonly stdout: string; readonly stderr: string };

export type RunOptions = {
  readonly user?: ServiceUser | undefined;
  readonly env?: Record<string, string>;
  readonly cwd?: string;
};

/** Runs one command to its end. Rejects only when the command cannot be started at all (ENOENT, EACCES). */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ["ignore", "pipe", "pipe"],
      ...placeOf(options),
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ code: code ?? -1, stdout, stderr });
    });
  });
}

/** Next's types ask for NODE_ENV in every environment; to a program that is not ours it means nothing. */
function placeOf({ user, env, cwd }: RunOptions): { uid?: number; gid?: number; env?: NodeJS.ProcessEnv; cwd?: string } {
  return {
    ...user,
    ...(env === undefined ? {} : { env: { NODE_ENV: "production", ...env } }),
    ...(cwd === undefined ? {} : { cwd }),
  };
}

export type ServiceOptions = RunOptions & {
  readonly command: string;
  readonly args: readonly string[];
  /** Everything the service prints is appended here; a file past 5 MB is set aside first. Without one it prints on the terminal. */
  readonly logFile: string | undefined;
  /** The signal that asks this service to finish its work and leave. */
  readonly stopSignal: NodeJS.Signals;
  /** How long `stop` waits before it kills, in milliseconds. */
  readonly graceMs: number;
  /** Set for a Node program of ours that reports over IPC; it sees the channel close when this process dies. */
  readonly onMessage?: (message: unknown) => void;
};

export type Service = {
  readonly pid: number;
  /** Settles when the process is gone, whoever ended it, with a word on how. */
  readonly exited: Promise<string>;
  readonly isRunning: () => boolean;
  /** Asks the process to leave, kills it when it does not, and resolves when it is gone. */
  readonly stop: () => Promise<void>;
};

/**
 * Starts a long-running process in a session of its own, so that a Ctrl-C in the terminal reaches only the launcher
 * and the launcher decides the order in which things stop.
 * A small shell holds the other end of a pipe and ends the process when this one dies, even by `kill -9`.
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const log = options.logFile === undefined ? "inherit" : openLog(options.logFile);
  const child = spawn(options.command, options.args, {
    stdio: options.onMessage === undefined ? ["ignore", log, log] : ["ignore", log, log, "ipc"],
    detached: true,
    ...placeOf(options),
  });
  if (typeof log === "number") closeSync(log);
  if (options.onMessage !== undefined) child.on("message", options.onMessage);
  await once(child, "spawn");
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${options.command} has no process id`);
  const leash = attachLeash(pid, options.stopSignal);
  let running = true;
  const exited = once(child, "exit").then(([code, signal]: unknown[]) => {
    running = false;
    leash.stdin?.end("released\n");
    return typeof signal === "string" ? `ended by ${signal}` : `exit code ${String(code)}`;
  });
  return {
    pid,
    exited,
    isRunning: () => running,
    stop: async () => {
      if (running) signalGroup(pid, options.stopSignal);
      const timer = setTimeout(() => {
        signalGroup(pid, "SIGKILL");
      }, options.graceMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** A line on its input releases the shell; the end of its input means that the launcher died, so the service goes too. */
const LEASH = 'read -r line && exit 0; kill -s "$2" -- "-$1"; sleep 20; kill -s KILL -- "-$1"';

function attachLeash(pid: number, stopSignal: NodeJS.Signals): ChildProcess {
  const signal = stopSignal.replace(/^SIG/, "");
  const leash = spawn("/bin/sh", ["-c", LEASH, "leash", String(pid), signal], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    cwd: "/",
  });
  leash.stdin.on("error", () => undefined);
  leash.on("error", () => undefined);
  leash.unref();
  return leash;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already, which is what the signal was for.
  }
}

function openLog(file: string): number {
  if (existsSync(file) && statSync(file).size > 5_000_000) renameSync(file, `${file}.previous`);
  return openSync(file, "a", 0o600);
}

/** The command line of a living process with its arguments separated by spaces, or undefined when there is none. */
export async function commandLine(pid: number): Promise<string | undefined> {
  if (process.platform === "linux") {
    try {
      const line = readFileSync(`/proc/${String(pid)}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      return line === "" ? undefined : line;
    } catch {
      return undefined;
    }
  }
  const { code, stdout } = await run("ps", ["-o", "command=", "-p", String(pid)]);
  return code === 0 ? stdout.trim() : undefined;
}

/**
 * Stops a process that an earlier, killed launcher left behind.
 * @param isOurs reads the command line; a process that is not ours (the id was used again) is left alone
 * @returns true when nothing of ours runs under this id any more
 */
export async function stopLeftover(
  pid: number,
  isOurs: (command: string) => boolean,
  stopSignal: NodeJS.Signals,
): Promise<boolean> {
  const isGone = async () => {
    const command = await commandLine(pid);
    return command === undefined || !isOurs(command);
  };
  for (const [signal, timeoutMs] of [[stopSignal, 15_000], ["SIGKILL", 5_000]] as const) {
    if (await isGone()) return true;
    try {
      process.kill(pid, signal);
    } catch {
      // It left between the look and the signal.
    }
    if (await waitUntil(isGone, timeoutMs)) return true;
  }
  return false;
}

/** The last line of a text that says what went wrong, or its last line at all; empty when there is none. */
export function tellingLine(text: string): string {
  const lines = text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  return lines.findLast((line) => /FATAL|PANIC|ERROR|could not|No space left/i.test(line)) ?? lines.at(-1) ?? "";
}

/** The telling line of a log file; empty when there is no such file. */
export function lastLogLine(file: string): string {
  return existsSync(file) ? tellingLine(readFileSync(file, "utf8")) : "";
}
