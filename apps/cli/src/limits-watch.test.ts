import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import type { Scene } from "./limits-picture.ts";
import { watch } from "./limits-watch.ts";
import type { Screen } from "./limits-watch.ts";

const now = new Date("2026-11-20T10:00:00Z");
const limits = { perMinute: 60, perHour: 1_000 };
const sceneOf = (remaining: number | undefined): Scene => ({
  company: {
    slug: "acme", name: "Acme", status: "active", plan: "starter", standing: "open", planLimits: limits, limits, override: null,
    usage: {
      isLive: remaining !== undefined, at: now.toISOString(), minutes: [], days: [], refusedFor: [],
      buckets: remaining === undefined ? [] : [{ name: "minute", capacity: 60, remaining, windowMs: 60_000, waitMs: 0 }],
    },
  },
  degraded: [],
  now,
  trouble: remaining === undefined ? "Redis does not answer. It is asked again every second." : undefined,
});

/** Watches `scenes`, one for each tick, on a screen that keeps what it is told. */
async function watched(scenes: readonly (number | undefined)[], options: Partial<Screen> = {}, end?: Error) {
  const written: string[] = [];
  const waiting = scenes.map(sceneOf);
  const screen: Screen = { isTerminal: true, hasColour: false, size: () => ({ columns: 80, rows: 24 }), write: (text) => void written.push(text), ...options };
  async function* ticks() {
    yield* scenes.slice(1);
    if (end) throw end;
  }
  const outcome = await watch(async () => waiting.shift() ?? sceneOf(0), ticks(), screen).then(() => "ended", (error: unknown) => error);
  return { written, outcome };
}

describe("a watch", () => {
  test("draws in place on a terminal, and leaves it as it was", async () => {
    const { written } = await watched([60, 30]);
    expect(written[0]).toBe("\u001B[?1049h\u001B[?25l\u001B[?7l");
    expect(written.at(-1)).toBe("\u001B[?7h\u001B[?25h\u001B[?1049l");
    const frames = written.slice(1, -1);
    expect(frames.map((frame) => frame.startsWith("\u001B[H"))).toEqual([true, true]);
    expect(frames.map((frame) => /\d+ of 60 left/.exec(stripVTControlCharacters(frame))?.[0])).toEqual(["60 of 60 left", "30 of 60 left"]);
  });

  test("leaves the terminal as it was when it breaks off, too", async () => {
    const { written, outcome } = await watched([60], {}, new Error("gone"));
    expect(outcome).toEqual(new Error("gone"));
    expect(written.at(-1)).toBe("\u001B[?7h\u001B[?25h\u001B[?1049l");
  });

  test("writes plain lines where there is no terminal", async () => {
    const { written } = await watched([60, 30], { isTerminal: false });
    expect(written).toEqual(["2026-11-20T10:00:00Z acme minute=60/60 admitted-60min=0 refused-60min=0\n", "2026-11-20T10:00:00Z acme minute=30/60 admitted-60min=0 refused-60min=0\n"]);
  });

  test("says that Redis is gone and goes on", async () => {
    const { written, outcome } = await watched([60, undefined, 59]);
    expect(outcome).toBe("ended");
    expect(stripVTControlCharacters(written[2] ?? "")).toContain("Redis does not answer. It is asked again every second.");
    expect(stripVTControlCharacters(written[3] ?? "")).toContain("59 of 60 left");
  });

  test.each([1, 3, 10])("is never higher than the terminal: %i rows", async (rows) => {
    const { written } = await watched([60], { size: () => ({ columns: 30, rows }) });
    expect(stripVTControlCharacters(written[1] ?? "").split("\r\n").length).toBeLessThanOrEqual(rows);
  });
});
