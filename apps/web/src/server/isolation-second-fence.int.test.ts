import { checksum, ownerQuery, testDatabase } from "@atrium/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { comeIn, makeMarkedCompany } from "./testing/company.ts";
import type { MarkedCompany } from "./testing/company.ts";
import { faultsOfAnswer, faultsOfCrossing } from "./testing/crossing.ts";
import { openTestRuntime } from "./testing/doors.ts";
import { jobsOfNews, toldByJob } from "./testing/forged-jobs.ts";
import { callRoute, guardedRoutes } from "./testing/routes.ts";

/*
 * The same calls once more with row-level security taken away from every table: each query names the company itself, so
 * that one fence may fall and the other still stands.
 */

let a: MarkedCompany;
let b: MarkedCompany;
let close: () => void;
let fenced: readonly string[] = [];

beforeAll(async () => {
  close = await openTestRuntime();
  [a, b] = [await makeMarkedCompany("A"), await makeMarkedCompany("B")];
  const found = await ownerQuery<{ name: string }>("SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity");
  fenced = found.map(({ name }) => name);
  for (const name of fenced) await ownerQuery(`ALTER TABLE ${name} DISABLE ROW LEVEL SECURITY`);
});
afterAll(async () => {
  for (const name of fenced) await ownerQuery(`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`);
  close();
});

it("the database answers with every company's rows to whoever does not ask for one's own", async () => {
  const database = await testDatabase();
  expect(await database.withTenant(a.tenant.id, (db) => db.tenant.count({ where: { id: b.tenant.id } }))).toBe(1);
});

// Between them they reach every procedure, and each by every scope.
const callers = ["owner", "manager", "employee", "department"] as const;

it.each(callers)("a call by %s with another company's ids shows no byte of that company and moves nothing in it", async (caller) => {
  const before = await checksum(b.tenant.id);
  expect(await faultsOfCrossing({ from: a, into: b, caller })).toEqual([]);
  expect(await checksum(b.tenant.id)).toEqual(before);
}, 60_000);

it("a route handler shows its caller no byte of another company whose ids are asked for", async () => {
  const before = await checksum(b.tenant.id);
  for (const route of Object.keys(guardedRoutes)) {
    const answer = await callRoute(route, b.ids, { slug: a.tenant.slug, cookie: await comeIn(a, "owner") });
    expect(faultsOfAnswer(answer.line, answer, b)).toEqual([]);
  }
  expect(await checksum(b.tenant.id)).toEqual(before);
}, 30_000);

it("a job of one company's news does nothing in another and says nothing of it", async () => {
  const before = await checksum(b.tenant.id);
  for (const job of await jobsOfNews()) {
    expect([job.id, await toldByJob(job, a, b)]).toEqual([job.id, []]);
    expect([job.id, await checksum(b.tenant.id)]).toEqual([job.id, before]);
  }
});
