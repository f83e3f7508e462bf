import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { repository } from "./fixture-house.ts";
import { isWithin, type Floor } from "./versions.ts";

const read = (path: string) => readFileSync(join(repository, path), "utf8");
// What is committed or about to be: ignored files are nobody's to judge.
const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: repository, encoding: "utf8" });
const files = listed.split("\n").filter((path) => path !== "" && path !== "package-lock.json" && existsSync(join(repository, path)));

const maxLines = 300;
const maxDataBytes = 300_000;
const written = new Set([".ts", ".tsx", ".js", ".mjs", ".cjs", ".css", ".prisma", ".sql", ".sh", ".md", ".yml", ".yaml"]);
const data = new Set([".json", ".csv", ".snap", ".eml", ".txt", ".svg"]);

const Manifest = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});
const Lock = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional(), resolved: z.string().optional() })) });
const Floors = z.record(z.string(), z.object({ from: z.string(), below: z.string().optional(), reason: z.string().min(10) }));

const lock = Lock.parse(JSON.parse(read("package-lock.json"))).packages;
const floors: Readonly<Record<string, Floor>> = Floors.parse(JSON.parse(read("packages/config/floor.json")));

describe("files", () => {
  it(`have at most ${maxLines} lines when people read them`, () => {
    const long = files.filter((path) => written.has(extname(path)) && read(path).trimEnd().split("\n").length > maxLines);
    expect(long).toEqual([]);
  });

  it(`have at most ${maxDataBytes} bytes when programs read them`, () => {
    const big = files.filter((path) => data.has(extname(path)) && read(path).length > maxDataBytes);
    expect(big).toEqual([]);
  });

  it("leave nothing for later", () => {
    const marks = new RegExp(`\\b(${["TO" + "DO", "FIX" + "ME", "X" + "XX"].join("|")})\\b`);
    expect(files.filter((path) => written.has(extname(path)) && marks.test(read(path)))).toEqual([]);
  });

  it("are named after something, and so are their folders", () => {
    const nameless = /(^|\/)(lib|shared|common|utils|helpers)(\/|\.[cm]?[jt]sx?$)/;
    expect(files.filter((path) => nameless.test(path))).toEqual([]);
  });
});

describe("the top level", () => {
  it("has the names of the plan and no others", () => {
    const allowed = ["LICENSE", "README.md", "apps", "load-tests", "ops", "package.json", "packages", "prisma", "turbo.json"];
    const found = new Set(files.map((path) => path.replace(/\/.*/, "")).filter((name) => !name.startsWith(".")));
    expect([...found].filter((name) => !allowed.includes(name))).toEqual([]);
  });
});

describe("the compiler", () => {
  const Options = z.object({ compilerOptions: z.record(z.string(), z.unknown()).default({}) });
  const options = (path: string) => Options.parse(JSON.parse(read(path))).compilerOptions;
  const strict = {
    strict: true,
    noUncheckedIndexedAccess: true,
    noImplicitOverride: true,
    noFallthroughCasesInSwitch: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
  };

  it("is strict, and refuses what Node cannot run by stripping types", () => {
    expect(options("packages/config/tsconfig.base.json")).toMatchObject(strict);
  });

  it("is loosened by no package", () => {
    const others = files.filter((path) => /(^|\/)tsconfig[^/]*\.json$/.test(path) && !path.endsWith("tsconfig.base.json"));
    const loosened = others.filter((path) => Object.keys(options(path)).some((key) => key in strict || key.startsWith("strict")));
    expect(loosened).toEqual([]);
  });
});

describe("dependencies", () => {
  it("are pinned to one version each", () => {
    const loose = files.filter((path) => path.endsWith("package.json")).flatMap((path) => {
      const { dependencies, devDependencies } = Manifest.parse(JSON.parse(read(path)));
      const all = Object.entries({ ...dependencies, ...devDependencies });
      return all.filter(([name, version]) => !name.startsWith("@atrium/") && !/^\d+\.\d+\.\d+/.test(version)).map(([name]) => `${path}: ${name}`);
    });
    expect(loose).toEqual([]);
  });

  it.each(Object.entries(floors))("have no %s outside its known-good versions", (name, floor) => {
    const installed = Object.entries(lock).filter(([path]) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`));
    const bad = installed.filter(([, { version = "" }]) => !isWithin(version, floor));
    expect(bad).toEqual([]);
  });

  it("have a floor below everything that answers the outside: the web server, its doors, and what proves who is there", () => {
    const facing = ["next", "react", "react-dom", "@trpc/server", "next-auth", "openid-client", "@simplewebauthn/server", "@node-rs/argon2", "zod", "nodemailer", "inngest", "pg"];
    expect(facing.filter((name) => !(name in floors))).toEqual([]);
  });

  it("may be fetched from any registry: the lockfile names none", () => {
    expect(Object.values(lock).filter(({ resolved }) => resolved?.includes("://"))).toEqual([]);
    expect(read(".npmrc")).not.toMatch(/registry\s*=/);
  });
});

describe("isWithin", () => {
  it.each([
    ["16.4.6", { from: "16.4.6" }, true],
    ["16.10.0", { from: "16.4.6" }, true],
    ["16.4.5", { from: "16.4.6" }, false],
    ["9.99.99", { from: "16.4.6" }, false],
    ["7.10.9", { from: "7.10.0", below: "7.11.0" }, true],
    ["7.11.0", { from: "7.10.0", below: "7.11.0" }, false],
    ["16.4.6-canary.3", { from: "16.4.6" }, false],
    ["", { from: "1.0.0" }, false],
  ] as const)("%s in %o is %s", (version, floor, expected) => {
    expect(isWithin(version, floor)).toBe(expected);
  });
});
