import { setTimeout as pause } from "node:timers/promises";

/**
 * Asks `check` again and again until it answers true.
 * Files and processes of other users give no event to wait for, so this looks every few milliseconds.
 * @returns false when `timeoutMs` milliseconds went by first
 */
export async function waitUntil(
  check: () => boolean | Promise<boolean>,
  timeoutMs: number,
  everyMs = 15,
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (!(await check())) {
    if (performance.now() > deadline) return false;
    await pause(everyMs);
  }
  return true;
}
