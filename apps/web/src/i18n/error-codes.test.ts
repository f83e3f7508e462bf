import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { messages } from "./messages.ts";

/* The codes that a refusal carries and the sentences that people read belong together, whoever throws and wherever. */

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "packages", "apps"], { cwd: root, encoding: "utf8" }).split("\n");
const sources = listed.filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|\/e2e\/|\/testing(\.ts$|\/)|^packages\/(config|stack)\//.test(path));
const code = sources.map((path) => withoutComments(readFileSync(`${root}${path}`, "utf8"))).join("\n");

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "");
}

describe("a code and its sentence", () => {
  it("every code that is thrown has a sentence", () => {
    const thrown = [...code.matchAll(/\b(?:AppError\(|refusal\(\s*\w+,)\s*"([^"]+)"/g)].flatMap(([, one]) => one ?? []);
    expect(thrown.length).toBeGreaterThan(60);
    expect([...new Set(thrown)].filter((one) => !Object.hasOwn(messages.errors, one))).toEqual([]);
  });

  it("every sentence belongs to a code that something says", () => {
    // What a schema finds wrong with a field is named by the kind of fault; `unknown` stands for whatever has no sentence.
    const said = Object.keys(messages.errors).filter((one) => !one.startsWith("field/") && one !== "unknown");
    expect(said.filter((one) => !code.includes(`"${one}"`) && !new RegExp(`\\b${one}:`).test(code))).toEqual([]);
  });

  it("no sentence speaks of what is inside the house", () => {
    const inside = /\b(null|undefined|SQL|Prisma|Postgres\w*|Redis|Inngest|JWT|tRPC|zod|stack trace|exception|row-level)\b/i;
    expect(Object.entries(messages.errors).filter(([, sentence]) => inside.test(sentence))).toEqual([]);
  });
});
