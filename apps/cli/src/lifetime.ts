import { isRunByNpm } from "./env.ts";
import { complain, say } from "./report.ts";

/** What is running, in the order it came up. Closing goes the other way round. */
export class Lifetime {
  readonly #closers: { name: string; close: () => Promise<void> }[] = [];
  readonly #leaving = new AbortController();
  #failure: { readonly error: unknown } | undefined;

  /** Aborted as soon as the end has been asked for: whatever can be cut short listens to it. */
  get signal(): AbortSignal {
    return this.#leaving.signal;
  }

  /** Whether the end has been asked for by now. */
  isLeaving(): boolean {
    return this.signal.aborted;
  }

  /** Notes something that has come up and must be closed. */
  add(name: string, close: () => Promise<void>): void {
    this.#closers.push({ name, close });
  }

  /** Asks for the end; the first reason stands. */
  leave(reason: string): void {
    this.#leaving.abort(reason);
  }

  /** Asks for the end because of a failure; only the first one is kept, what follows from it is noise. */
  fail(error: unknown): void {
    if (!this.signal.aborted) this.#failure = { error };
    this.leave("something failed");
  }

  /** The failure that ended this lifetime, if one did. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  /** Waits for several things at once. The first that fails ends the lifetime; the others are waited for before it is thrown. */
  async together<const T extends readonly Promise<unknown>[]>(work: T): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
    for (const one of work) one.catch((error: unknown) => this.fail(error));
    await Promise.allSettled(work);
    return Promise.all(work);
  }

  /** Resolves when the end has been asked for. */
  whenLeaving(): Promise<void> {
    return new Promise((resolve) => {
      if (this.signal.aborted) resolve();
      else this.signal.addEventListener("abort", () => resolve(), { once: true });
    });
  }

  /** Closes everything, the newest first. One that fails is told and does not keep the others open. */
  async close(): Promise<void> {
    this.leave("everything is done");
    for (const { name, close } of this.#closers.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        complain(new Error(`${name} could not be stopped`, { cause: error }));
      }
    }
  }
}

/** A terminal, npm and the shell between may each pass on one Ctrl-C; within this time they are one. */
const ONE_KEYSTROKE_MS = 800;
const HARD_LIMIT_MS = 30_000;

/**
 * Lets Ctrl-C, SIGTERM and the end of whatever started this process end it in order. A second Ctrl-C, or 30 seconds,
 * end it at once: every service notices by itself that its launcher is gone.
 */
export function leaveOnSignals(lifetime: Lifetime): void {
  let firstAt: number | undefined;
  const onSignal = (reason: string) => {
    const now = performance.now();
    if (firstAt !== undefined && now - firstAt > ONE_KEYSTROKE_MS) process.exit(130);
    if (firstAt !== undefined) return;
    firstAt = now;
    say(`\nStopping (${reason}) …`);
    setTimeout(() => {
      complain(new Error("Stopping took longer than 30 seconds; the services are being ended."));
      process.exit(1);
    }, HARD_LIMIT_MS).unref();
    lifetime.leave(reason);
  };
  process.on("SIGINT", () => onSignal("Ctrl-C"));
  process.on("SIGTERM", () => onSignal("SIGTERM"));
  process.on("SIGHUP", () => onSignal("the terminal closed"));
  process.on("disconnect", () => onSignal("its starter ended"));
  watchParent(() => onSignal("npm ended"));
}

/** npm killed with -9 tells nobody, and what it started would run on unseen. */
function watchParent(onGone: () => void): void {
  if (!isRunByNpm()) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, 500);
  timer.unref();
}
