import { setTimeout as pause } from "node:timers/promises";
import type { Lifetime } from "./lifetime.ts";
import { complain, say } from "./report.ts";

/** A process that has come up. */
export type Running = {
  /** Settles when it is gone, with a word on how. */
  readonly exited: Promise<string>;
  readonly stop: () => Promise<void>;
};

const LONGEST_WAIT_MS = 30_000;

/**
 * Starts a process and keeps it running until the end is asked for: when it dies it is started again, after half a
 * second the first time and twice as long each further time. It counts as well again once it has run for a minute.
 * Rejects only when the first start fails.
 */
export async function keepRunning(name: string, log: string, lifetime: Lifetime, start: () => Promise<Running>): Promise<void> {
  let current = await start();
  lifetime.add(name, () => current.stop());
  const watch = async () => {
    let waitMs = 500;
    let startedAt = performance.now();
    while (!lifetime.isLeaving()) {
      const how = await current.exited;
      if (lifetime.isLeaving()) return;
      if (performance.now() - startedAt > 60_000) waitMs = 500;
      say(`  ${name} ended unexpectedly (${how}); it starts again in ${waitMs / 1000} s. Its log: ${log}`);
      await pause(waitMs, undefined, { signal: lifetime.signal }).catch(() => undefined);
      if (lifetime.isLeaving()) return;
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
      startedAt = performance.now();
      try {
        current = await start();
        say(`  ${name} is running again`);
      } catch (error) {
        complain(error);
        current = { exited: Promise.resolve("it did not come up"), stop: async () => undefined };
      }
    }
  };
  watch().catch((error: unknown) => {
    complain(error);
    lifetime.leave(`${name} could not be watched`);
  });
}
