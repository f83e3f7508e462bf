import { stripVTControlCharacters } from "node:util";
import type { CompanyLimits } from "@atrium/billing/contract";
import { describe, expect, test } from "vitest";
import { drawLimits, oneLineOf } from "./limits-picture.ts";
import type { Scene } from "./limits-picture.ts";

const now = new Date("2026-11-20T10:00:00Z");
const minutes = Array.from({ length: 60 }, (_, minute) => ({
  at: new Date(now.getTime() - (59 - minute) * 60_000).toISOString(),
  admitted: minute,
  refused: minute > 57 ? 30 : 0,
}));
const override = {
  id: "ovr_1", perMinute: 1_000, perHour: null, until: "2026-11-20T12:30:00.000Z", reason: "A migration over the weekend.",
  madeBy: "Om Operator", madeAt: "2026-11-20T09:00:00.000Z", endedAt: null, endedBy: null, isInForce: true,
};
const company: CompanyLimits = {
  slug: "acme", name: "Acme Industries", status: "active", plan: "professional", standing: "open",
  planLimits: { perMinute: 200, perHour: 5_000 },
  limits: { perMinute: 1_000, perHour: 5_000 },
  override,
  usage: {
    isLive: true,
    at: now.toISOString(),
    buckets: [
      { name: "minute", capacity: 1_000, remaining: 40, windowMs: 60_000, waitMs: 60 },
      { name: "hour", capacity: 5_000, remaining: 5_000, windowMs: 3_600_000, waitMs: 0 },
    ],
    minutes,
    days: [],
    refusedFor: [{ memberId: "mem_01k0000000000000000000", bucket: "user", count: 50 }, { memberId: "mem_02k0000000000000000000", bucket: "minute", count: 10 }],
  },
};
const unknown = { ...company.usage, isLive: false };
const scene: Scene = { company, degraded: [{ day: "2026-11-20", routeClass: "read", count: 1_204 }, { day: "2026-11-20", routeClass: "sign-in", count: 3 }], now };
const plain = { columns: 100, hasColour: false };
const draw = (odd: Partial<CompanyLimits> = {}, rest: Partial<Scene> = {}) => drawLimits({ ...scene, ...rest, company: { ...company, ...odd } }, plain).join("\n");

describe("the picture of a company's limits", () => {
  test("says what holds, until when, by whom and why", () => {
    const drawn = draw();
    expect(drawn).toMatch(/^acme {2}Acme Industries · professional$/m);
    expect(drawn).toContain("1,000 a minute, 5,000 an hour  (the plan: 200 a minute, 5,000 an hour)");
    expect(drawn).toMatch(/Override +until 20 Nov 2026, \d\d:\d\d .+, 2 h 30 min left\n +by Om Operator: A migration over the weekend\./);
    expect(draw({ override: { ...override, until: null } })).toMatch(/Override +until it is cleared\n/);
    expect(draw({ override: null, limits: company.planLimits })).toMatch(/^ {2}Limits +200 a minute, 5,000 an hour\n {2}Override +none$/m);
  });

  test("says what is left, what was refused, for whom, and what was decided without Redis", () => {
    const drawn = draw();
    expect(drawn).toMatch(/minute +█+░ +96 % {2}40 of 1,000 left/);
    expect(drawn).toMatch(/hour +░+ +0 % {2}5,000 of 5,000 left/);
    expect(drawn).toContain("1,770 admitted, 60 refused");
    expect(drawn).toMatch(/50 {2}mem_01k0000000000000000000 {2}user\n +10 {2}mem_02k0000000000000000000 {2}minute/);
    expect(drawn).toMatch(/2026-11-20 {2}read 1,204, sign-in 3/);
  });

  test("says what could not be asked, and draws the rest", () => {
    const drawn = draw({ usage: unknown }, { trouble: "Redis does not answer." });
    expect(drawn).toContain("Redis does not answer.");
    expect(drawn).toContain("1,000 a minute");
    expect(drawn).not.toContain("Last hour");
  });

  test.each([20, 40, 79, 200])("fits a terminal of %i columns", (columns) => {
    const name = "A Company Whose Name Goes On And On And On And On And On Until Nobody Reads It Any More, Limited";
    const lines = drawLimits({ ...scene, company: { ...company, name } }, { columns, hasColour: true });
    expect(Math.max(...lines.map((line) => Array.from(stripVTControlCharacters(line)).length))).toBeLessThanOrEqual(columns);
  });

  test("is without colours where they are not wanted, and the same text with them", () => {
    const coloured = drawLimits(scene, { columns: 100, hasColour: true });
    expect(coloured.join("")).toContain("\u001B[31m");
    expect(coloured.map((line) => stripVTControlCharacters(line).trimEnd())).toEqual(drawLimits(scene, plain));
    expect(draw()).not.toContain("\u001B");
  });

  test("lets nothing that a company has written move the terminal's hand", () => {
    const drawn = draw({ name: "Acme\u001B[2J\u0007\nRoot", override: { ...override, madeBy: "O\u001B]0;x\u0007m", reason: "a\rb" } });
    expect(drawn.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
  });
});

test("a line for a pipe says every number by its name", () => {
  expect(oneLineOf(scene)).toBe("2026-11-20T10:00:00Z acme minute=40/1000 hour=5000/5000 admitted-60min=1770 refused-60min=60 override-until=2026-11-20T12:30:00.000Z");
  expect(oneLineOf({ ...scene, company: { ...company, usage: unknown }, trouble: "Redis does not answer." })).toBe("2026-11-20T10:00:00Z acme Redis does not answer.");
});
