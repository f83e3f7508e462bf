import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createLogger, sendEvents } from "@atrium/api";
import { callAs } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestDatabase, TestTenant } from "@atrium/db/testing";
import { payrollRouter } from "@atrium/payroll";
import { makePayroll } from "@atrium/payroll/testing";
import { startInngestServer } from "@atrium/stack/inngest";
import type { InngestServer } from "@atrium/stack/inngest";
import { Inngest } from "inngest";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { z } from "zod";

/* The heart of payroll: whatever dies, everybody is paid once and the sums agree to the paisa. */

const employees = 5_000;
const period = "2026-11";
/** When the month is started and approved: a month may not be started long before it begins. */
const now = new Date("2026-11-20T06:00:00Z");
const keys = { signingKey: randomBytes(32).toString("hex"), eventKey: randomBytes(24).toString("hex") };
const jobsDatabase = `killed_run_${randomBytes(4).toString("hex")}`;

let database: TestDatabase;
let jobServer: InngestServer;
let client: Inngest;
let app: ChildProcess | undefined;

beforeAll(async () => {
  database = await testDatabase();
  await asSuperuser((superuser) => superuser.query(`CREATE DATABASE ${jobsDatabase}`));
  jobServer = await startInngestServer({ databaseUrl: onServer(jobsDatabase), ...keys, retryIntervalMs: 20, log: createLogger("silent") });
  client = new Inngest({ id: "atrium", baseUrl: jobServer.url, ...keys, isDev: false });
});

afterAll(async () => {
  app?.kill("SIGKILL");
  await jobServer.stop();
  await asSuperuser((superuser) => superuser.query(`DROP DATABASE ${jobsDatabase} WITH (FORCE)`));
});

function onServer(name: string): string {
  const url = new URL(inject("superuserUrl"));
  url.pathname = `/${name}`;
  return url.href;
}

async function asSuperuser(work: (superuser: pg.Client) => Promise<unknown>): Promise<void> {
  const superuser = new pg.Client({ connectionString: inject("superuserUrl") });
  await superuser.connect();
  await work(superuser).finally(() => superuser.end());
}

const Told = z.object({ serveUrl: z.string() });

/** Starts the app's process and answers where it serves. */
async function startApp(port = "0"): Promise<string> {
  const script = fileURLToPath(new URL("app.ts", import.meta.url));
  app = fork(script, [database.appUrl, jobServer.url, keys.signingKey, keys.eventKey, port], { execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const told: unknown[] = await once(app, "message");
  return Told.parse(told[0]).serveUrl;
}

async function killApp(): Promise<void> {
  if (!app) return;
  const gone = once(app, "exit");
  app.kill("SIGKILL");
  await gone;
}

/** When each chunk that is done was done. */
async function doneChunks(tenant: TestTenant, runId: string): Promise<ReadonlyMap<number, number>> {
  const chunks = await database.withTenant(tenant.id, (db) => db.payrollRunChunk.findMany({ where: { runId, doneAt: { not: null } }, select: { number: true, doneAt: true } }));
  return new Map(chunks.map(({ number, doneAt }) => [number, doneAt?.getTime() ?? 0]));
}

const slipsOf = (tenant: TestTenant) =>
  database.withTenant(tenant.id, (db) =>
    db.payslip.findMany({ select: { id: true, employeeId: true, netMinor: true, grossMinor: true, deductionsMinor: true, employerMinor: true }, orderBy: { employeeId: "asc" } }),
  );

/** How many steps the job has under way at most. */
const atOnce = 3;

test("a run of 5,000 employees whose app is killed twice in the middle pays everybody once, and its header is the sum", { timeout: 180_000 }, async () => {
  const tenant = await makeTenant();
  const { starter, approver, employeeIds } = await makePayroll(database, tenant, employees);
  const starts = callAs(payrollRouter, { database, tenant, member: starter, now });
  const approves = callAs(payrollRouter, { database, tenant, member: approver, now });
  const serveUrl = await startApp();
  expect(await jobServer.syncApp(serveUrl)).toEqual({ ok: true });

  const { id } = await starts.call.run.start({ period });
  await sendEvents(client, starts.sent);
  const reached = (done: number) => vi.waitFor(async () => expect((await starts.call.run.progress({ id })).done).toBeGreaterThanOrEqual(done), { timeout: 60_000, interval: 5 });
  const stands = (status: string) => vi.waitFor(async () => expect((await starts.call.run.progress({ id })).status).toBe(status), { timeout: 60_000, interval: 20 });

  for (const done of [1_000, 3_000]) {
    await reached(done);
    await killApp();
    expect(await starts.call.run.progress({ id })).toMatchObject({ status: "computing", sums: { netMinor: expect.any(Number) as unknown } });
    const [chunks, slips] = [await doneChunks(tenant, id), await slipsOf(tenant)];
    await startApp(new URL(serveUrl).port);
    await reached(done + 500);
    // Only steps that were under way are run again: a kill between their commit and their answer leaves no other choice.
    const now = await doneChunks(tenant, id);
    expect([...chunks].filter(([number, doneAt]) => now.get(number) !== doneAt).length).toBeLessThanOrEqual(atOnce);
    // And what they had written they write again, the very same rows.
    const later = new Map((await slipsOf(tenant)).map((slip) => [slip.id, slip]));
    expect(slips.map(({ id: slipId }) => later.get(slipId))).toEqual(slips);
  }
  await stands("computed");

  const slips = await slipsOf(tenant);
  expect(slips.map(({ employeeId }) => employeeId).sort()).toEqual([...employeeIds].sort());
  const sum = (pick: (slip: (typeof slips)[number]) => bigint) => Number(slips.reduce((total, slip) => total + pick(slip), 0n));
  expect((await starts.call.run.ofMonth({ period })).run).toMatchObject({
    employees,
    sums: {
      grossMinor: sum(({ grossMinor }) => grossMinor),
      deductionsMinor: sum(({ deductionsMinor }) => deductionsMinor),
      netMinor: sum(({ netMinor }) => netMinor),
      employerMinor: sum(({ employerMinor }) => employerMinor),
    },
  });

  await approves.call.run.approve({ id });
  await sendEvents(client, approves.sent);
  await stands("published");
  expect(await database.withTenant(tenant.id, (db) => db.payslip.count({ where: { publishedAt: null } }))).toBe(0);
});
