import { testDatabase } from "@atrium/db/testing";
import { testKeyring } from "@atrium/vault/testing";
import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { seed } from "./index.ts";
import { makeCompany } from "./company.ts";
import type { CompanyPlan } from "./company.ts";

const clock = { now: new Date("2026-11-20T06:00:00Z"), today: "2026-11-20", keyring: testKeyring() };
const keys = { ATRIUM_KEYS: JSON.stringify({ current: "k1", keys: { k1: randomBytes(32).toString("base64") } }) };
const plan: CompanyPlan = { slug: "cut-short", name: "Cut Short", codePrefix: "CUT", employees: 3, seed: 7, locations: [{ name: "Bengaluru", state: "KA" }], plan: "starter", seats: 10 };

it("a seed that is cut short leaves nothing of the company, so that the next one makes it whole", async () => {
  const database = await testDatabase();
  const slugs = () => database.withSystem((db) => db.$queryRaw<{ slug: string }[]>`SELECT slug FROM tenant WHERE slug = 'cut-short'`);
  const stops = () => Promise.reject(new Error("The machine went down."));
  await expect(makeCompany(database, plan, "none", clock, stops)).rejects.toThrow("The machine went down.");
  expect(await slugs()).toEqual([]);
  await makeCompany(database, plan, "none", clock);
  expect(await slugs()).toEqual([{ slug: "cut-short" }]);
});

it("the demo is made once, with its past paid and this month open", async () => {
  const database = await testDatabase();
  const demo = { name: "demo", appUrl: database.appUrl, password: "a password of the demo", keys, now: clock.now };
  expect([await seed(demo), await seed(demo)]).toEqual([{ made: true }, { made: false }]);
  const companies = await database.withSystem((db) => db.$queryRaw<{ id: string }[]>`SELECT id FROM tenant WHERE slug IN ('acme', 'globex')`);
  expect(companies).toHaveLength(2);
  for (const { id } of companies) {
    const runs = await database.withTenant(id, (db) => db.payrollRun.findMany({ select: { period: true, status: true }, orderBy: { period: "asc" } }));
    expect(runs).toEqual([{ period: "2026-09", status: "published" }, { period: "2026-10", status: "published" }]);
  }
});
