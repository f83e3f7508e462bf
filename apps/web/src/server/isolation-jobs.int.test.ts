import { checksum } from "@atrium/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeMarkedCompany } from "./testing/company.ts";
import type { MarkedCompany } from "./testing/company.ts";
import { openTestRuntime } from "./testing/doors.ts";
import { jobsOfNews, toldByJob } from "./testing/forged-jobs.ts";

/* The jobs: whatever news of one company carry, ids of another among it, its jobs do nothing in that and say nothing of it. */

let a: MarkedCompany;
let b: MarkedCompany;
let close: () => void;
beforeAll(async () => {
  close = await openTestRuntime();
  [a, b] = [await makeMarkedCompany("A"), await makeMarkedCompany("B")];
});
afterAll(() => close());

it("no job of one company's news does anything in another or says anything of it", async () => {
  const [jobs, before] = [await jobsOfNews(), await checksum(b.tenant.id)];
  expect(jobs.length).toBeGreaterThan(3);
  for (const job of jobs) {
    expect([job.id, await toldByJob(job, a, b)]).toEqual([job.id, []]);
    expect([job.id, await checksum(b.tenant.id)]).toEqual([job.id, before]);
  }
});
