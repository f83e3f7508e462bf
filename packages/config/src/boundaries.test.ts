import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { buildHouse, type House, repository } from "./fixture-house.ts";

const configFile = join(repository, "packages/config/dependency-cruiser.cjs");
const Config = z.object({ forbidden: z.array(z.object({ name: z.string(), comment: z.string(), severity: z.string() })) });
const rules = Config.parse(createRequire(import.meta.url)(configFile)).forbidden;

/** For each room, one that it may not know. */
const forbiddenNeighbour: Readonly<Record<string, string>> = {
  kernel: "db",
  config: "kernel",
  limits: "db",
  ui: "db",
  db: "api",
  stack: "api",
  vault: "api",
  api: "identity",
  identity: "people",
  billing: "people",
  approvals: "people",
  people: "time",
  time: "payroll",
  payroll: "billing",
  operations: "people",
};
const roomNames = Object.keys(forbiddenNeighbour);

/** One file for each rule, which breaks that rule and no other. */
const bad: readonly (readonly [rule: string, path: string, text: string])[] = [
  ...Object.entries(forbiddenNeighbour).map(
    ([room, neighbour]) => [`01-${room}`, `packages/${room}/src/upward.ts`, `import type {} from "@atrium/${neighbour}";`] as const,
  ),
  ["02-packages-know-no-app", "packages/people/src/app.ts", `import "../../../apps/web/src/env.ts";`],
  ["03-doors-only", "packages/people/src/deep.ts", `import "../../identity/src/members/service.ts";`],
  ["04-prisma-in-db", "packages/people/src/generated.ts", `import "../../db/src/generated/client.ts";`],
  ["04-prisma-in-db", "packages/people/src/prisma.ts", `import type {} from "@prisma/client";`],
  ["05-testing-for-tests", "packages/people/src/cheat.ts", `import "@atrium/identity/testing";`],
  ["05-testing-for-tests", "packages/people/src/joiners/export.ts", `import "./testing/rows.ts";`],
  ["05-testing-for-tests", "apps/web/src/server/shortcut.ts", `import "./testing/doors.ts";`],
  ["10-contract", "packages/people/src/joiners/contract.ts", `import type {} from "@atrium/db";`],
  ["11-rules", "packages/people/src/joiners/rules.ts", `import "./service.ts";`],
  ["11-rules", "packages/people/src/leavers/notice-rules.ts", `import "@atrium/db";`],
  ["12-service", "packages/people/src/leavers/service.ts", `import "./jobs.ts";`],
  ["13-slice-doors", "packages/people/src/leavers/router.ts", `import "./rules.ts";`],
  ["14-slice-to-slice", "packages/people/src/leavers/letter.ts", `import "../joiners/columns.ts";`],
  ["15-no-node-builtin", "packages/kernel/src/files.ts", `import "node:fs";`],
  ["15-no-node-builtin", "packages/people/src/leavers/rules.ts", `import "node:crypto";`],
  ["15-no-node-builtin", "apps/web/src/edge/clock.ts", `import "node:timers";`],
  ["20-web-pages", "apps/web/src/app/people/page.tsx", `import "@atrium/people";`],
  ["20-web-pages", "apps/web/src/components/table.tsx", `import type {} from "@atrium/people";`],
  ["21-web-browser", "apps/web/src/components/session.tsx", `import "../server/session.ts";`],
  ["21-web-browser", "apps/web/src/hooks/use-session.ts", `import "../server/session.ts";`],
  ["22-web-edge", "apps/web/src/middleware.ts", `import "@atrium/identity";`],
  ["23-web-without-stack", "apps/web/src/server/start.ts", `import "@atrium/stack";`],
  ["24-apps-apart", "apps/web/src/server/command.ts", `import "../../../cli/src/main.ts";`],
  ["25-cli", "apps/cli/src/look.ts", `import "@atrium/ui";`],
  ["26-seed", "prisma/seed/screens.ts", `import "@atrium/ui";`],
  ["30-no-cycle", "packages/people/src/egg.ts", `import type {} from "./hen.ts";`],
  ["31-no-orphan", "packages/people/src/forgotten.ts", "export const forgotten = 1;"],
  ["32-no-catch-all-folder", "packages/people/src/dates.ts", `import "./utils/dates.ts";`],
  ["33-resolvable", "packages/people/src/lost.ts", `import "./nowhere.ts";`],
  ["34-no-dev-dependency", "packages/people/src/spy.ts", `import "vitest";`],
  ["35-declared", "packages/people/src/borrowed.ts", `import "pino";`],
];

/** What the house's rooms are made of, none of which breaks a rule. */
const good: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    roomNames.flatMap((room) => ["index", "contract", "testing"].map((door) => [`packages/${room}/src/${door}.ts`, "export {};"])),
  ),
  "packages/db/src/generated/client.ts": "export {};",
  "packages/identity/src/members/service.ts": `import "@atrium/db"; import "node:crypto"; import "./contract.ts";`,
  "packages/identity/src/members/contract.ts": `import "zod"; import "@atrium/kernel";`,
  "packages/people/src/joiners/service.ts": `import "@atrium/db"; import "@atrium/identity"; import "../leavers/contract.ts"; import "./columns.ts";`,
  "packages/people/src/joiners/columns.ts": `import "@atrium/kernel";`,
  "packages/people/src/leavers/contract.ts": `import "zod"; import "@atrium/kernel"; import "@atrium/identity/contract";`,
  "packages/people/src/leavers/jobs.ts": `import "@atrium/api"; import "./contract.ts";`,
  // A cycle is reported once, at the first of its files.
  "packages/people/src/hen.ts": `import "./egg.ts";`,
  "packages/people/src/utils/dates.ts": `import "@atrium/kernel";`,
  "packages/people/src/rows.test.ts": `import "vitest"; import "node:fs"; import "@atrium/identity/testing";`,
  "apps/web/src/server/testing/doors.ts": `import "@atrium/identity/testing";`,
  "packages/people/src/joiners/testing/rows.ts": `import "vitest"; import "@atrium/identity/testing";`,
  "packages/payroll/src/runs/rules.ts": `import "@atrium/kernel"; import "./contract.ts"; import "../slips/rules.ts";`,
  "packages/payroll/src/runs/contract.ts": `import "zod";`,
  "packages/payroll/src/slips/rules.ts": `import "@atrium/kernel";`,
  "apps/web/src/env.ts": `import "zod"; import "@atrium/db";`,
  "apps/web/src/server/session.ts": `import "@atrium/identity"; import "@atrium/people"; import "@atrium/db";`,
  "apps/web/src/app/api/route.ts": `import "@atrium/people"; import "../../server/session.ts";`,
  "apps/web/src/app/people/layout.tsx": `import "../../server/session.ts"; import "@atrium/people/contract"; import "@atrium/ui"; import "@atrium/kernel";`,
  "apps/web/src/components/list.tsx": `import type {} from "../server/session.ts"; import "@atrium/people/contract";`,
  "apps/cli/src/main.ts": `import "@atrium/stack"; import "@atrium/payroll"; import "@atrium/db";`,
  "prisma/seed/demo.ts": `import "@atrium/people"; import "@atrium/people/testing";`,
};

const Cruise = z.object({
  modules: z.array(z.object({ source: z.string(), dependencies: z.array(z.object({ resolved: z.string() })) })),
  summary: z.object({ violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })) }),
});

let house: House;
let cruise: z.infer<typeof Cruise>;

beforeAll(async () => {
  house = await buildHouse({ ...good, ...Object.fromEntries(bad.map(([, path, text]) => [path, text])) });
  const args = ["-c", configFile, "packages", "apps", "prisma/seed", "-T", "json"];
  cruise = Cruise.parse(JSON.parse(await house.run("dependency-cruiser/bin/dependency-cruise.mjs", args)));
}, 60_000);

afterAll(() => house.remove());

function brokenBy(path: string): string[] {
  const violations = cruise.summary.violations.filter(({ from }) => from === path);
  return [...new Set(violations.map(({ rule }) => rule.name))];
}

describe("boundaries", () => {
  it.each(bad)("%s reports %s, and no other rule does", (rule, path) => {
    expect(brokenBy(path)).toEqual([rule]);
  });

  it.each(Object.keys(good))("no rule reports %s", (path) => {
    expect(brokenBy(path)).toEqual([]);
  });

  it("has a bad file for every rule", () => {
    expect(new Set(bad.map(([rule]) => rule))).toEqual(new Set(rules.map(({ name }) => name)));
  });

  it("has a rule for every room", () => {
    const found = readdirSync(join(repository, "packages")).filter((room) => existsSync(join(repository, "packages", room, "package.json")));
    expect(rules.map(({ name }) => name)).toEqual(expect.arrayContaining(found.map((room) => `01-${room}`)));
  });

  it("has errors only, each with its reason", () => {
    for (const { severity, comment } of rules) {
      expect(severity).toBe("error");
      expect(comment).toMatch(/^[A-Z].{30,}\.$/);
    }
  });

  it("sees an import of a package as one of that package's source", () => {
    const module = cruise.modules.find(({ source }) => source === "apps/cli/src/main.ts");
    const seen = module?.dependencies.map(({ resolved }) => resolved).sort();
    expect(seen).toEqual(["packages/db/src/index.ts", "packages/payroll/src/index.ts", "packages/stack/src/index.ts"]);
  });
});
