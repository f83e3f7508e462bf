// What must survive `kill -9` at any moment, of the server or of the app: every event, and every step that was finished.
import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Inngest } from "inngest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { completed, dataOf, Diary, endedRun, endedRuns, EVENT_KEY, Gates, makeClient, runsOf, serveApp, settled, SIGNING_KEY, startJobsDatabase, startServerProcess, until } from "./testing/harness.ts";
import type { App, JobsDatabase, ServerProcess } from "./testing/harness.ts";
import { syncApp } from "./sync.ts";

const diary = new Diary();
const gates = new Gates();
let database: JobsDatabase;
let server: ServerProcess;
let app: App;
let client: Inngest;

beforeAll(async () => {
  database = await startJobsDatabase();
  server = await startServerProcess(database.url);
  client = makeClient(server.url);
  app = await serveApp(client, functionsOf(client));
  expect(await syncApp(app.serveUrl, SIGNING_KEY)).toEqual({ ok: true });
});
afterAll(async () => {
  await server.kill("SIGTERM");
  await app.stop();
  await database.stop();
});

async function killAndRestart(): Promise<void> {
  await server.kill("SIGKILL");
  server = await startServerProcess(database.url, server.port);
}

let executions = 0;
/** Each execution of a step gives another number, so a result tells which execution was stored. */
function execute(runId: string, name: string): number {
  executions += 1;
  diary.write(`${runId} ${name} ${String(executions)}`);
  return executions;
}
const lastExecution = (runId: string, name: string) => Number(diary.startingWith(`${runId} ${name} `).at(-1)?.split(" ")[2]);

const functionsOf = (inngest: Inngest) => [
  inngest.createFunction({ id: "inside", retries: 0, triggers: [{ event: "test/inside" }] }, async ({ step, attempt }) => {
    await step.run("a", () => diary.write("inside a"));
    await step.run("b", async () => {
      diary.write(`inside b ${String(attempt)}`);
      await gates.pass("inside");
    });
    await step.run("c", () => diary.write("inside c"));
  }),
  inngest.createFunction({ id: "between", retries: 10, triggers: [{ event: "test/between" }] }, async ({ event, runId, step }) => {
    const results: number[] = [];
    for (let i = 0; i < 4; i += 1) results.push(await step.run(`s${String(i)}`, () => execute(runId, `s${String(i)}`)));
    const names = ["p0", "p1", "p2", "p3"];
    results.push(...(await Promise.all(names.map((name) => step.run(name, () => execute(runId, name))))));
    for (let i = 4; i < 8; i += 1) results.push(await step.run(`s${String(i)}`, () => execute(runId, `s${String(i)}`)));
    return { runId, key: dataOf(event)["key"], results };
  }),
  inngest.createFunction({ id: "sleepy", triggers: [{ event: "test/sleepy" }] }, async ({ step }) => {
    await step.run("before", () => diary.write("sleepy before"));
    await step.sleep("nap", "1s");
    return "awake";
  }),
  inngest.createFunction({ id: "waiting", triggers: [{ event: "test/waiting" }] }, async ({ step }) => dataOf(await step.waitForEvent("answer", { event: "test/waited", timeout: "1h" }))),
  inngest.createFunction({ id: "queued", triggers: [{ event: "test/queued" }], concurrency: 1 }, ({ step }) =>
    step.run("work", async () => {
      diary.write("queued");
      await gates.pass("queued");
    }),
  ),
  inngest.createFunction({ id: "leaving", retries: 0, triggers: [{ event: "test/leaving" }] }, ({ step, attempt }) =>
    step.run("work", async () => {
      diary.write(`leaving ${String(attempt)}`);
      await gates.pass("leaving");
      return "done";
    }),
  ),
];

test("the server killed inside a step repeats that step's call, as the same attempt, and no finished step", async () => {
  await client.send({ name: "test/inside" });
  await until("b to have begun", () => diary.startingWith("inside b").length === 1);
  await killAndRestart();
  await until("b to be called again", () => diary.startingWith("inside b").length === 2);
  gates.open("inside");
  expect((await endedRun(database, "inside")).status).toBe("completed");
  expect(diary.startingWith("inside")).toEqual(["inside a", "inside b 0", "inside b 0", "inside c"]);
});

test("the server killed again and again loses no event and repeats no step whose result was stored", async () => {
  const keys = Array.from({ length: 20 }, (_, i) => i);
  const send = (key: number) => client.send({ name: "test/between", data: { key }, id: `between-${String(key)}` }).then(() => true, () => false);
  const sending = Promise.all(keys.map((key) => until(`event ${String(key)} to be taken`, () => send(key))));
  for (let kill = 1; kill <= 6; kill += 1) {
    const mark = executions + 23;
    await until("some steps more", () => executions >= mark);
    await killAndRestart();
  }
  await sending;
  const runs = await endedRuns(database, "between", keys.length);
  const results = z.array(z.object({ data: z.object({ runId: z.string(), key: z.number(), results: z.array(z.number()) }) })).parse(runs.map(({ result }) => result));
  expect(results.map(({ data }) => data.key).sort((a, b) => a - b)).toEqual(keys);
  const names = ["s0", "s1", "s2", "s3", "p0", "p1", "p2", "p3", "s4", "s5", "s6", "s7"];
  // At each kill at most the calls that were under way are made again.
  expect(executions).toBeLessThanOrEqual(12 * keys.length + 6 * 10);
  for (const { data } of results) expect(data.results).toEqual(names.map((name) => lastExecution(data.runId, name)));
});

test("a sleep and a wait outlive the server", async () => {
  await client.send([{ name: "test/sleepy" }, { name: "test/waiting" }]);
  await settled(database);
  await killAndRestart();
  await client.send({ name: "test/waited", data: { n: 1 } });
  expect(await endedRun(database, "sleepy")).toEqual(completed("awake"));
  expect(await endedRun(database, "waiting")).toEqual(completed({ n: 1 }));
  expect(diary.count("sleepy before")).toBe(1);
});

test("calls that waited in line for their concurrency limit outlive the server", async () => {
  await client.send(Array.from({ length: 4 }, () => ({ name: "test/queued" })));
  await until("three to be parked", async () => (await database.pool.query("select from graphile_worker.jobs where run_at > '9000-01-01'")).rowCount === 3);
  await killAndRestart();
  gates.open("queued");
  expect((await endedRuns(database, "queued", 4)).map(({ status }) => status)).toEqual(Array.from({ length: 4 }, () => "completed"));
});

test("a server that is asked to leave in the middle of a call leaves, and the next one makes the call again", async () => {
  await client.send({ name: "test/leaving" });
  await until("the call", () => diary.count("leaving 0") === 1);
  expect(await server.kill("SIGTERM")).toBe(0);
  server = await startServerProcess(database.url, server.port);
  gates.open("leaving");
  expect(await endedRun(database, "leaving")).toEqual(completed("done"));
  expect(diary.startingWith("leaving")).toEqual(["leaving 0", "leaving 0"]);
});

test("the server leaves when its parent goes, and fails when its database does", async () => {
  expect(await server.disconnect()).toBe(0);
  server = await startServerProcess(database.url, server.port);
  const exited = server.exited;
  await database.pool.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'inngest-lock'");
  expect(await exited).toBe(1);
  server = await startServerProcess(database.url, server.port);
});

test("the app killed inside a step is called again when it is back, and its finished steps are not repeated", async () => {
  const told: string[] = [];
  const startApp = async (port: string): Promise<{ child: ChildProcess; serveUrl: string }> => {
    const script = fileURLToPath(new URL("testing/fragile-app.ts", import.meta.url));
    const child = fork(script, [server.url, SIGNING_KEY, EVENT_KEY, port], { execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] });
    let serveUrl = "";
    child.on("message", (message) => {
      const text = z.string().parse(message);
      if (text.startsWith("http")) serveUrl = text;
      else told.push(text);
    });
    await until("the app to be up", () => serveUrl !== "");
    return { child, serveUrl };
  };
  const first = await startApp("0");
  expect(await syncApp(first.serveUrl, SIGNING_KEY)).toEqual({ ok: true });
  await client.send({ name: "test/app-crash" });
  await until("the second step", () => told.includes("began second 0"));
  first.child.kill("SIGKILL");
  await until("a call that finds nobody", async () => (await database.pool.query("select from graphile_worker._private_jobs where (payload->>'misses')::int > 0")).rowCount === 1);
  const second = await startApp(new URL(first.serveUrl).port);
  await until("the run to end", async () => (await database.pool.query("select from inngest.runs where function_id = 'fragile-app-crash' and status <> 'running'")).rowCount === 1);
  second.child.kill("SIGKILL");
  const { rows } = await database.pool.query("select status, result from inngest.runs where function_id = 'fragile-app-crash'");
  expect(rows).toEqual([completed(["first", "second"])]);
  expect(told).toEqual(["began first", "began second 0", "began second 1"]);
});

test("after all that nothing is left in the queue but what lies in the future", async () => {
  await settled(database);
  const { rows } = await database.pool.query("select key from graphile_worker.jobs where attempts < max_attempts and key is distinct from 'prune' and key not like 'timer:%'");
  expect(rows).toEqual([]);
  expect((await runsOf(database, "between")).every(({ status }) => status === "completed")).toBe(true);
});
