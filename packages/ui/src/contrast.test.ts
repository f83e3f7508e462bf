import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { contrastRatio, controlContrast, textContrast } from "./contrast.ts";

const css = readFileSync(new URL("./theme.css", import.meta.url), "utf8");
const declaration = /--color-([a-z-]+): light-dark\((#[0-9a-f]{6})(?:[0-9a-f]{2})?, (#[0-9a-f]{6})(?:[0-9a-f]{2})?\)/g;
const tokens = new Map([...css.matchAll(declaration)].map(([, name, light, dark]) => [name, { light, dark }] as const));

function token(name: string, theme: "light" | "dark"): string {
  const colour = tokens.get(name)?.[theme];
  if (colour === undefined) throw new Error(`theme.css has no token --color-${name}`);
  return colour;
}

const surfaces = ["canvas", "surface", "raised", "sunken"];
const texts = ["ink", "ink-soft", "ink-faint", "accent-text", "good", "attention", "danger"];

const textPairs: [string, string][] = [
  ...texts.flatMap((text) => surfaces.map((surface): [string, string] => [text, surface])),
  ...["accent", "good", "attention", "danger"].map((tone): [string, string] => ["ink", `${tone}-soft`]),
  ["ink-soft", "accent-soft"],
  ["ink-soft", "good-soft"],
  ["ink-soft", "attention-soft"],
  ["ink-soft", "danger-soft"],
  ["accent-text", "accent-soft"],
  ["good", "good-soft"],
  ["attention", "attention-soft"],
  ["danger", "danger-soft"],
  ["accent-ink", "accent"],
  ["accent-ink", "accent-hover"],
  ["danger-ink", "danger-fill"],
  ["danger-ink", "danger-fill-hover"],
];

const controlPairs: [string, string][] = [
  ...["line-strong", "focus", "accent"].flatMap((mark) => ["canvas", "surface", "raised"].map((surface): [string, string] => [mark, surface])),
  ["focus", "sunken"],
  ["focus", "accent-soft"],
];

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  it.each(textPairs)("%s is readable on %s", (text, ground) => {
    expect(contrastRatio(token(text, theme), token(ground, theme))).toBeGreaterThanOrEqual(textContrast);
  });

  it.each(controlPairs)("%s can be told from %s", (mark, ground) => {
    expect(contrastRatio(token(mark, theme), token(ground, theme))).toBeGreaterThanOrEqual(controlContrast);
  });
});

describe("contrast", () => {
  it("is 21 between black and white, whichever comes first", () => {
    expect(contrastRatio("#000000", "#ffffff")).toBeCloseTo(21, 5);
    expect(contrastRatio("#ffffff", "#000000")).toBeCloseTo(21, 5);
  });

  it("refuses a colour it cannot read", () => {
    expect(() => contrastRatio("red", "#ffffff")).toThrow(RangeError);
  });
});
