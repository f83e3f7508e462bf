import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { atriumRules } from "./eslint-rules.ts";
import { buildHouse, type House, repository } from "./fixture-house.ts";

const configFile = join(repository, "packages/config/eslint.config.mjs");
const people = "packages/people/src";
const web = "apps/web/src";
const lines = (count: number) => "  work();\n".repeat(count);
const work = "declare function work(): void;\n";
const sql = "type Tag = (text: TemplateStringsArray, ...values: number[]) => string;\nexport declare const Prisma: { sql: Tag };\nexport declare const db: { $queryRaw: Tag; $executeRaw: Tag };\n";
const query = "type Ask = (by?: object) => string;\ndeclare const ctx: { db: { employee: { findMany: Ask; count: Ask } } };\n";
const later = "declare function later(): Promise<void>;\n";

/** Texts, each of which breaks one rule and no other. The path is made from the rule unless it matters. */
const bad: readonly (readonly [rule: string, text: string, path?: string])[] = [
  ["@typescript-eslint/no-explicit-any", "export type Row = any;"],
  ["@typescript-eslint/no-unsafe-assignment", `export const row: string = JSON.parse("1");`],
  ["@typescript-eslint/no-unsafe-call", `JSON.parse("1")();`],
  ["@typescript-eslint/no-unsafe-return", `export const read = (): string => JSON.parse("1");`],
  ["@typescript-eslint/no-unsafe-argument", `Number.parseFloat(JSON.parse("1"));`],
  ["@typescript-eslint/no-unsafe-member-access", `export const name = String(JSON.parse("1").name);`],
  ["@typescript-eslint/no-non-null-assertion", "export const first = (row: string | null) => row!.length;"],
  ["@typescript-eslint/no-floating-promises", `${later}later();`],
  ["@typescript-eslint/no-misused-promises", `${later}[1].forEach(async () => { await later(); });`],
  ["@typescript-eslint/switch-exhaustiveness-check", `export function f(s: "in" | "out") {\n  switch (s) {\n    case "in": return 1;\n  }\n  return 2;\n}`],
  ["@typescript-eslint/consistent-type-assertions", "interface Row { a?: string }\nexport const row = {} as Row;"],
  ["@typescript-eslint/no-unsafe-type-assertion", "export const row = (value: unknown) => value as string;"],
  ["@typescript-eslint/ban-ts-comment", "// @ts-expect-error because it is simpler than mending it\nexport const row: string = 1;"],
  ["@typescript-eslint/no-unnecessary-condition", "export const f = (row: { a: string }) => row.a ?? 1;"],
  ["@typescript-eslint/only-throw-error", `export function f() { throw "words"; }`],
  ["eqeqeq", `export const f = (a: string) => a == "1";`],
  ["max-lines", "export {};\n".repeat(301)],
  ["max-lines-per-function", `${work}export function f() {\n${lines(49)}}`],
  ["react-hooks/rules-of-hooks", `import { useId } from "react";\nexport function Row({ on }: { on: boolean }) {\n  return on ? useId() : null;\n}`, `${web}/rules-of-hooks.tsx`],
  ["react-hooks/exhaustive-deps", `import { useEffect } from "react";\nexport function Row({ on }: { on: string }) {\n  useEffect(() => { document.title = on; }, []);\n  return null;\n}`, `${web}/deps.tsx`],
  ["atrium/no-lint-comments", "/* eslint-disable max-lines */\nexport const a = 1;"],
  ["atrium/no-lint-comments", "export const a = 1; // eslint-disable-line", `${people}/one-line.ts`],
  ["atrium/env-in-one-place", "export const a = process.env.DATABASE_URL;"],
  ["atrium/env-in-one-place", `export const a = process["env"];`, `${people}/env-quoted.ts`],
  ["atrium/env-in-one-place", "export const { env } = process;", `${people}/env-taken.ts`],
  ["atrium/env-in-one-place", "export const a = globalThis.process.env;", `${people}/env-global.ts`],
  ["atrium/env-in-one-place", `export { env } from "node:process";`, `${people}/env-exported.ts`],
  ["atrium/transactions-in-db", "export const f = (db: { $transaction(): void }) => db.$transaction();"],
  ["atrium/transactions-in-db", "export const f = (db: { $queryRawUnsafe(): void }) => db.$queryRawUnsafe();", `${people}/unsafe-query.ts`],
  ["atrium/transactions-in-db", "export const f = (db: { $executeRawUnsafe(): void }) => db.$executeRawUnsafe();", `${people}/unsafe-execute.ts`],
  ["atrium/transactions-in-db", "export const f = ({ $transaction }: { $transaction: string }) => $transaction;", `${people}/unsafe-taken.ts`],
  ["atrium/transactions-in-db", "declare const sql: (text: TemplateStringsArray) => string;\nexport const text = sql`SELECT set_config('app.tenant_id', 'ten_other', true)`;", `${people}/other-tenant.ts`],
  ["atrium/transactions-in-db", "declare const Prisma: { raw(sql: string): void };\nPrisma.raw(\"\");", `${people}/unsafe-raw.ts`],
  ["atrium/tenant-in-query", `${query}export const rows = ctx.db.employee.findMany({ where: { code: "E1" } });`],
  ["atrium/tenant-in-query", `${query}export const rows = ctx.db.employee.findMany({ orderBy: "id" });`, `${people}/unfiltered.ts`],
  ["atrium/tenant-in-query", `${query}const { db } = ctx;\nexport const total = db.employee.count();`, `${people}/counted-all.ts`],
  ["atrium/tenant-in-sql", `${sql}export const rows = db.$queryRaw\`SELECT id FROM employee WHERE id = ${"${1}"}\`;`],
  ["atrium/tenant-in-sql", `${sql}export const rows = Prisma.sql\`SELECT e.id FROM employee e JOIN department d ON d.id = e.department_id WHERE e.tenant_id = ${"${1}"}\`;`, `${people}/joined.ts`],
  ["atrium/tenant-in-sql", `${sql}export const rows = db.$executeRaw\`UPDATE "payslip" SET published_at = NULL\`;`, `${people}/updated.ts`],
  ["atrium/trpc-error-in-api", `import { TRPCError } from "@trpc/server";\nthrow new TRPCError({ code: "NOT_FOUND" });`],
  ["atrium/clock-injected", "export const now = () => new Date();", `${people}/leave/rules.ts`],
  ["atrium/clock-injected", "export const now = () => Date.now();", `${people}/leave/service.ts`],
  ["atrium/no-unrun-tests", `import { it } from "vitest";\nit.only("runs alone", () => {});`, `${people}/only.test.ts`],
  ["atrium/no-unrun-tests", `import { describe } from "vitest";\ndescribe.skip("rows", () => {});`, `${people}/skip.test.ts`],
  ["atrium/no-unrun-tests", `import { it } from "vitest";\nit.todo("runs one day");`, `${people}/todo.int.test.ts`],
  ["atrium/no-unrun-tests", `import { test } from "@playwright/test";\ntest.describe.skip("rows", () => {});`, "apps/web/e2e/skip.spec.ts"],
  ["atrium/no-sleep-in-tests", "setTimeout(() => {}, 1);", `${people}/sleep.test.ts`],
  ["atrium/no-sleep-in-tests", `import { setTimeout as wait } from "node:timers/promises";\nawait wait(1);`, `${people}/wait.test.ts`],
  ["atrium/no-sleep-in-tests", "export const f = (page: { waitForTimeout(ms: number): void }) => page.waitForTimeout(1);", "apps/web/e2e/sleep.ts"],
  ["atrium/no-retries", `import { it } from "vitest";\nit("runs", { retry: 2 }, () => {});`, `${people}/retry.test.ts`],
  ["atrium/no-retries", `import { test } from "@playwright/test";\ntest.describe.configure({ retries: 2 });`, "apps/web/e2e/retry.spec.ts"],
  ["atrium/retries-zero", "export default { retries: 1 };", "apps/web/playwright.config.ts"],
  ["atrium/no-server-actions", `"use server";\nexport const save = () => 1;`],
  ["atrium/no-ambient-cache", `export function rows() {\n  "use cache";\n  return 1;\n}`],
  ["atrium/no-ambient-cache", `import { unstable_cache } from "next/cache";\nexport const rows = unstable_cache;`, `${web}/cache.ts`],
  ["atrium/strings-through-next-intl", "export const A = () => <p>Hello</p>;", `${web}/text.tsx`],
  ["atrium/strings-through-next-intl", "export const A = () => <>Hello</>;", `${web}/fragment.tsx`],
  ["atrium/strings-through-next-intl", `export const A = () => <p>{"Hello"}</p>;`, `${web}/quoted.tsx`],
  ["atrium/strings-through-next-intl", "export const A = ({ n }: { n: number }) => <p>{`${n} people`}</p>;", `${web}/counted.tsx`],
  ["atrium/strings-through-next-intl", `export const A = ({ on }: { on: boolean }) => <p>{on ? "Yes" : 1}</p>;`, `${web}/chosen.tsx`],
  ["atrium/strings-through-next-intl", `export const A = () => <input placeholder="Name" />;`, `${web}/placeholder.tsx`],
  ["atrium/strings-through-next-intl", `export const A = () => <nav aria-label="Pages" />;`, "packages/ui/src/label.tsx"],
];

/** What each of those rules lets pass, because it is right there. */
const good: Readonly<Record<string, string>> = {
  "packages/people/src/env.ts": "export const url = process.env.DATABASE_URL;",
  "apps/web/src/instrumentation.ts": `export const isServer = process.env.NEXT_RUNTIME === "nodejs";`,
  "packages/people/src/second-fence-of-prisma.ts": `${query}const tenantId = "ten_1";\nconst where = { tenantId };\nexport const rows = [ctx.db.employee.findMany({ where: { tenantId, code: "E1" } }), ctx.db.employee.findMany({ where }), ctx.db.employee.count({ where: { ...where } })];`,
  "packages/people/src/second-fence.ts": `${sql}export const rows = db.$queryRaw\`WITH above AS (SELECT id FROM employee WHERE tenant_id = ${"${1}"}) SELECT id FROM above\`;\nexport const part = Prisma.sql\`e.department_id = ${"${2}"}\`;`,
  "packages/db/src/tenant.ts": "export const f = (db: { $transaction(): void }) => db.$transaction();",
  "packages/api/src/errors.ts": `import { TRPCError } from "@trpc/server";\nthrow new TRPCError({ code: "NOT_FOUND" });`,
  "packages/stack/src/clock.ts": "export const now = () => new Date();\nsetTimeout(now, 1);",
  "packages/people/src/leave/contract.ts": `export const kinds = ["sick"] as const;\nexport const day = new Date("2026-11-20");`,
  "packages/people/src/fifty-lines.ts": `${work}export function f() {\n${lines(48)}}`,
  "packages/people/src/three-hundred.ts": "export {};\n".repeat(300),
  "packages/people/src/runs.test.ts": `import { it } from "vitest";\nit("runs", { timeout: 9 }, () => {\n${"  Number(1);\n".repeat(60)}});\n// @ts-expect-error a name is not a number\nexport const name: number = "1";`,
  "packages/people/src/loop.ts": `${later}export async function f() {\n  while (true) await later();\n}`,
  "apps/web/src/greeting.tsx": `export const A = ({ t }: { t: (key: string) => string }) => <p className="big" title={t("a")}>{t("b")} · 1 <kbd>K</kbd></p>;`,
  "apps/web/e2e/sign-in.spec.ts": `import { test } from "@playwright/test";\ntest.setTimeout(1);\ntest("signs in", () => {});`,
};

function pathOf([rule, , path]: (typeof bad)[number]): string {
  return path ?? `${people}/${rule.replace(/.*\//, "")}.ts`;
}

const Message = z.object({ ruleId: z.string().nullable(), severity: z.number() });
const Lint = z.array(z.object({ filePath: z.string(), messages: z.array(Message) }));
const Resolved = z.object({ rules: z.record(z.string(), z.tuple([z.number()], z.unknown())) });
const eslint = "eslint/bin/eslint.js";

let house: House;
let results: z.infer<typeof Lint>;

beforeAll(async () => {
  house = await buildHouse({ ...good, ...Object.fromEntries(bad.map((row) => [pathOf(row), row[1]])) });
  results = Lint.parse(JSON.parse(await house.run(eslint, ["-c", configFile, "-f", "json", "."])));
}, 120_000);

afterAll(() => house.remove());

function reportsOn(path: string): (string | null)[] {
  const found = results.find(({ filePath }) => filePath === join(house.root, path));
  if (!found) return ["never linted"];
  // The one warning there is comes from no rule: it says that a disabling comment had no effect.
  const errors = found.messages.filter(({ severity }) => severity === 2);
  return [...new Set(errors.map(({ ruleId }) => ruleId))];
}

describe("lint", () => {
  it.each(bad.map((row) => [row[0], pathOf(row)] as const))("%s reports %s, and no other rule does", (rule, path) => {
    expect(reportsOn(path)).toEqual([rule]);
  });

  it.each(Object.keys(good))("no rule reports %s", (path) => {
    expect(reportsOn(path)).toEqual([]);
  });

  it("has a bad file for every rule of the house", () => {
    const tried = new Set(bad.map(([rule]) => rule));
    for (const name of Object.keys(atriumRules.rules ?? {})) expect(tried).toContain(`atrium/${name}`);
  });

  it.each(["packages/people/src/leave/rules.ts", "apps/web/src/text.tsx", "packages/people/src/only.test.ts"])(
    "has no warnings, only errors, for %s",
    async (path) => {
      const { rules } = Resolved.parse(JSON.parse(await house.run(eslint, ["-c", configFile, "--print-config", path])));
      expect(Object.entries(rules).filter(([, [severity]]) => severity === 1)).toEqual([]);
    },
    30_000,
  );
});
