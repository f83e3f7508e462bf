import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { buildHouse, type House, repository } from "./fixture-house.ts";
import { generateSlice } from "./gen.ts";
import { namesOf } from "./slice-template.ts";
import { wireIndex } from "./slice-wiring.ts";

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
  generateSlice(house.root, "people", "travel", "people:write");
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

  it("wires each slice into the package's doors, beside those that are there", async () => {
    const index = await readFile(join(house.root, "packages/people/src/index.ts"), "utf8");
    expect(index).toContain("export const peopleRouter = router({ leaveDays: leaveDaysRouter, travel: travelRouter });");
    expect(index).toContain("export const peopleJobs = [...leaveDaysJobs, ...travelJobs];");
    const contract = await readFile(join(house.root, "packages/people/src/contract.ts"), "utf8");
    expect(contract).toContain(`export * from "./travel/contract.ts";`);
    expect(contract).toContain("export const peopleErrors = { ...leaveDaysErrors, ...travelErrors };");
  });

  it("keeps a list that is written over several lines so", () => {
    const names = namesOf("people", "travel", "home:read");
    const text = `import { router } from "@atrium/api";\n\nexport const peopleRouter = router({\n  joiners: joinersRouter,\n});\n`;
    expect(wireIndex(text, names)).toContain("router({\n  joiners: joinersRouter,\n  travel: travelRouter,\n});");
    expect(wireIndex(text, names).match(/from "@atrium\/api"/g)).toHaveLength(1);
  });

  it.each(["identity", "payroll", "people", "time"])("adds to what %s has, and takes nothing away", async (room) => {
    const door = await readFile(join(repository, `packages/${room}/src/index.ts`), "utf8");
    const wired = wireIndex(door, namesOf(room, "travel", "home:read"));
    expect(wired.replaceAll(/^import .*travel.*\n|^ {2}travel: travelRouter,\n|,? travel: travelRouter|, \.\.\.travelJobs/gm, "")).toBe(door);
    expect(wired).toMatch(new RegExp(`^export const ${room}Jobs: (readonly )?JobDefinition\\[\\] = \\[.+, \\.\\.\\.travelJobs\\];$`, "m"));
  });

  it("makes a slice that compiles", () => {
    // What is wrong in the copied rooms themselves is for their own check to say.
    const mistakes = printed.types.split("\n").filter((line) => /^\S/.test(line) && !/^packages\/(kernel|db|api)\//.test(line));
    expect(mistakes).toEqual([]);
  });

  it("makes a slice that the linter passes", () => {
    const results = Lint.parse(JSON.parse(printed.lint));
    expect(results.length).toBeGreaterThanOrEqual(16);
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
