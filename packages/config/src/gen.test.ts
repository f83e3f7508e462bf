import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { buildHouse, type House, repository } from "./fixture-house.ts";
import { generateSlice } from "./gen.ts";

const config = (file: string) => join(repository, "packages/config", file);
const Lint = z.array(z.object({ filePath: z.string(), messages: z.array(z.object({ message: z.string() })) }));
const Cruise = z.object({ summary: z.object({ violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })), totalCruised: z.number().positive() }) });

let house: House;
let made: string[];
let printed: { readonly types: string; readonly lint: string; readonly imports: string };

beforeAll(async () => {
  const empty = "export {};\n";
  const doors = { "packages/people/src/index.ts": empty, "packages/people/src/contract.ts": empty, "packages/people/src/testing.ts": empty };
  house = await buildHouse(doors, ["kernel", "db", "api"]);
  made = generateSlice(house.root, "people", "leave-days");
  const [types, lint, imports] = await Promise.all([
    house.run("typescript/bin/tsc", ["--noEmit", "--pretty", "false", "-p", "packages/config/tsconfig.check.json"]),
    house.run("eslint/bin/eslint.js", ["-c", config("eslint.config.mjs"), "-f", "json", "packages/people"]),
    house.run("dependency-cruiser/bin/dependency-cruise.mjs", ["-c", config("dependency-cruiser.cjs"), "packages/people", "-T", "json"]),
  ]);
  printed = { types, lint, imports };
}, 120_000);

afterAll(() => house.remove());

describe("npm run gen", () => {
  it("writes the seven files and names the two doors it changed", () => {
    const seven = ["contract.ts", "rules.ts", "service.ts", "router.ts", "jobs.ts", "rules.test.ts", "service.int.test.ts"];
    expect(made).toEqual([...seven.map((file) => `packages/people/src/leave-days/${file}`), "packages/people/src/contract.ts", "packages/people/src/index.ts"]);
  });

  it("exports the slice from the package", async () => {
    expect(await readFile(join(house.root, "packages/people/src/contract.ts"), "utf8")).toBe(`export * from "./leave-days/contract.ts";\n`);
    expect(await readFile(join(house.root, "packages/people/src/index.ts"), "utf8")).toContain("export { leaveDaysRouter }");
  });

  it("makes a slice that compiles", () => {
    // What is wrong in the copied rooms themselves is for their own check to say.
    const mistakes = printed.types.split("\n").filter((line) => /^\S/.test(line) && !/^packages\/(kernel|db|api)\//.test(line));
    expect(mistakes).toEqual([]);
  });

  it("makes a slice that the linter passes", () => {
    const results = Lint.parse(JSON.parse(printed.lint));
    expect(results.length).toBeGreaterThanOrEqual(9);
    expect(results.flatMap(({ messages }) => messages)).toEqual([]);
  });

  it("makes a slice that keeps the boundaries", () => {
    const { summary } = Cruise.parse(JSON.parse(printed.imports));
    expect(summary.violations.filter(({ from }) => from.startsWith("packages/people/"))).toEqual([]);
  });

  it.each([
    ["people", "leave-days", "exists already"],
    ["people", "LeaveDays", "kebab-case"],
    ["peopel", "leave", "does not exist"],
  ])("refuses %s %s with a sentence that says why", (room, slice, why) => {
    expect(() => generateSlice(house.root, room, slice)).toThrow(why);
  });
});
