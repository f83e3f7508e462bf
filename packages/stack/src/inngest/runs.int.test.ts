// How runs start, fail, are held back and end: triggers, retries, concurrency, idempotency, cancellation, cron.
import { NonRetriableError, RetryAfterError } from "inngest";
import type { Inngest } from "inngest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { completed, dataOf, Diary, endedRun, endedRuns, Gates, runsOf, settled, startBench, until } from "./testing/harness.ts";
import type { Bench } from "./testing/harness.ts";

const diary = new Diary();
const gates = new Gates();
let bench: Bench;

beforeAll(async () => {
  bench = await startBench((client) => [...failures(client), ...starts(client), ...ends(client)]);
});
afterAll(() => bench.stop());

const only = (functionId: string) => endedRun(bench.database, functionId);

const failures = (inngest: Inngest) => [
  inngest.createFunction({ id: "flaky", retries: 3, triggers: [{ event: "test/flaky" }] }, ({ step, attempt, maxAttempts }) =>
    step.run("third-time-lucky", () => {
      diary.write(`flaky ${String(attempt)}/${String(maxAttempts)}`);
      if (attempt < 2) throw new Error("not yet");
      return "at last";
    }),
  ),
  inngest.createFunction({ id: "after", retries: 1, triggers: [{ event: "test/after" }] }, ({ step, attempt }) =>
    step.run("ask", () => {
      diary.write(`after@${String(Date.now())}`);
      if (attempt === 0) throw new RetryAfterError("come back", "1s");
    }),
  ),
  inngest.createFunction({ id: "hopeless", retries: 3, triggers: [{ event: "test/hopeless" }] }, async ({ step }) => {
    const refuse = () => {
      diary.write("hopeless");
      throw new NonRetriableError("no use");
    };
    return step.run("give-up", refuse).catch((error: unknown) => ({ caught: error instanceof Error ? error.message : error }));
  }),
  inngest.createFunction({ id: "exhausted", retries: 1, triggers: [{ event: "test/exhausted" }] }, async ({ step }) => {
    const fail = () => {
      diary.write("exhausted");
      throw new Error("never works");
    };
    const one = await step.run("one", fail).catch(() => "one failed");
    return [one, await step.run("two", () => "two went on")];
  }),
  inngest.createFunction(
    {
      id: "failing",
      retries: 1,
      triggers: [{ event: "test/failing" }],
      onFailure: ({ event, error }) => diary.write(`failing: ${error.message} ${String(dataOf(event.data.event)["who"])}`),
    },
    ({ attempt }) => {
      diary.write(`failing ${String(attempt)}`);
      throw new Error("broken for good");
    },
  ),
  inngest.createFunction({ id: "final", retries: 5, triggers: [{ event: "test/final" }] }, () => {
    diary.write("final");
    throw new NonRetriableError("at once");
  }),
];

test("a failing step is repeated with the next attempt until it succeeds", async () => {
  await bench.client.send({ name: "test/flaky" });
  expect(await only("flaky")).toEqual(completed("at last"));
  expect(diary.startingWith("flaky")).toEqual(["flaky 0/4", "flaky 1/4", "flaky 2/4"]);
});

test("RetryAfterError sets the time of the next attempt, and a job of the failed attempt that comes again does nothing", async () => {
  await bench.client.send({ name: "test/after" });
  const { pool } = bench.database;
  const nextAttempt = "select payload from graphile_worker._private_jobs where key like 'call:%:1:1' and run_at > now()";
  await until("the next attempt to be ordered", async () => (await pool.query(nextAttempt)).rowCount === 1);
  // As after a crash between storing the answer and deleting the job.
  await pool.query(`select graphile_worker.add_job('call-app', (payload::jsonb || '{"attempt": 0}')::json) from (${nextAttempt}) as ordered`);
  await settled(bench.database);
  expect(diary.startingWith("after@")).toHaveLength(1);
  expect((await only("after")).status).toBe("completed");
  const [first = 0, second = 0] = diary.startingWith("after@").map((entry) => Number(entry.slice(6)));
  expect(second - first).toBeGreaterThanOrEqual(900);
});

test("a NonRetriableError in a step is not repeated and can be caught", async () => {
  await bench.client.send({ name: "test/hopeless" });
  expect(await only("hopeless")).toEqual(completed({ caught: "no use" }));
  expect(diary.count("hopeless")).toBe(1);
});

test("a step that has used up its attempts fails in the function, which may go on", async () => {
  await bench.client.send({ name: "test/exhausted" });
  expect(await only("exhausted")).toEqual(completed(["one failed", "two went on"]));
  expect(diary.count("exhausted")).toBe(2);
});

test("a function that fails for good calls its onFailure with the error and the event", async () => {
  await bench.client.send({ name: "test/failing", data: { who: "me" } });
  expect(await only("failing")).toMatchObject({ status: "failed", result: { error: { message: "broken for good" } } });
  await endedRuns(bench.database, "failing-failure");
  expect(diary.startingWith("failing")).toEqual(["failing 0", "failing 1", "failing: broken for good me"]);
});

test("a NonRetriableError of the function ends the run at once", async () => {
  await bench.client.send({ name: "test/final" });
  expect(await only("final")).toMatchObject({ status: "failed", result: { error: { message: "at once" } } });
  expect(diary.count("final")).toBe(1);
});

let atWork = 0;
let mostAtWork = 0;
const starts = (inngest: Inngest) => [
  inngest.createFunction({ id: "limited", triggers: [{ event: "test/limited" }], concurrency: { limit: 2, key: "event.data.key" } }, ({ step }) =>
    step.run("work", async () => {
      atWork += 1;
      mostAtWork = Math.max(mostAtWork, atWork);
      diary.write("limited");
      await gates.pass("limited");
      atWork -= 1;
    }),
  ),
  ...["left", "right"].map((id) =>
    inngest.createFunction({ id, triggers: [{ event: "test/shared" }], concurrency: { limit: 1, scope: "account", key: '"shared"' } }, ({ step }) =>
      step.run("work", async () => {
        diary.write("shared");
        await gates.pass("shared");
      }),
    ),
  ),
  inngest.createFunction({ id: "once", triggers: [{ event: "test/once" }], idempotency: "event.data.order" }, ({ event }) => dataOf(event)["order"]),
  inngest.createFunction({ id: "filtered", triggers: [{ event: "test/filtered", if: "event.data.n > 1" }] }, ({ event }) => dataOf(event)["n"]),
  inngest.createFunction({ id: "wild", triggers: [{ event: "wild/user.*" }, { event: "wild/*" }] }, ({ event }) => event.name),
  inngest.createFunction({ id: "scheduled", triggers: [{ cron: "TZ=Asia/Kolkata 0 9 1 1 *" }] }, ({ event }) => event),
];

const queueSize = async (where: string) => (await bench.database.pool.query(`select from graphile_worker.jobs where ${where}`)).rowCount;

test("a concurrency key limits what runs at the same moment, another key is free, and everything runs in the end", async () => {
  await bench.client.send(Array.from({ length: 6 }, () => ({ name: "test/limited", data: { key: "one" } })));
  await until("the others to be parked", async () => (await queueSize("run_at > '9000-01-01'")) === 4);
  await until("two to be at work", () => diary.count("limited") === 2);
  const health: unknown = await (await fetch(`${bench.server.url}/health`)).json();
  expect(z.object({ ok: z.literal(true), queueDepth: z.literal(4), oldestWaitingMs: z.int().min(0) }).safeParse(health).success).toBe(true);
  await bench.client.send({ name: "test/limited", data: { key: "two" } });
  await until("the other key's to be at work too", () => diary.count("limited") === 3);
  gates.open("limited");
  await endedRuns(bench.database, "limited", 7);
  expect([diary.count("limited"), mostAtWork]).toEqual([7, 3]);
});

test("functions share a limit whose scope is wider than a function", async () => {
  await bench.client.send({ name: "test/shared" });
  await until("one to be parked", async () => (await queueSize("run_at > '9000-01-01'")) === 1);
  await until("one to be at work", () => diary.count("shared") === 1);
  gates.open("shared");
  await endedRuns(bench.database, "left");
  await endedRuns(bench.database, "right");
  expect(diary.count("shared")).toBe(2);
});

test("an idempotency key lets one run start in a day", async () => {
  await bench.client.send([1, 1, 2].map((order) => ({ name: "test/once", data: { order } })));
  await settled(bench.database);
  const runs = await endedRuns(bench.database, "once", 2);
  expect(new Set(runs.map(({ result }) => result))).toEqual(new Set([{ data: 1 }, { data: 2 }]));
  expect(runs).toHaveLength(2);
});

test("an event id starts a function once, and a trigger's expression keeps other events out", async () => {
  await bench.client.send({ name: "test/filtered", data: { n: 7 }, id: "same" });
  await settled(bench.database);
  await bench.client.send({ name: "test/filtered", data: { n: 8 }, id: "same" });
  await bench.client.send([{ name: "test/filtered", data: { n: 1 } }, { name: "test/filtered", data: {} }]);
  await settled(bench.database);
  expect((await endedRuns(bench.database, "filtered")).map(({ result }) => result)).toEqual([{ data: 7 }]);
});

test("a wildcard trigger takes every event under it, and two matching triggers start one run", async () => {
  await bench.client.send([{ name: "wild/user.created" }, { name: "wilder/user.created" }]);
  await settled(bench.database);
  expect((await endedRuns(bench.database, "wild")).map(({ result }) => result)).toEqual([{ data: "wild/user.created" }]);
});

test("a cron starts its function at its tick and orders the next one", async () => {
  const Rows = z.tuple([z.object({ id: z.string(), run_at: z.date() })]);
  const ordered = async () => {
    const { rows } = await bench.database.pool.query("select id::text, run_at from graphile_worker.jobs where key like 'cron:app-scheduled:%'");
    return Rows.parse(rows)[0];
  };
  const job = await ordered();
  // 09:00 in Kolkata is 03:30 in UTC.
  expect(job.run_at.toISOString()).toMatch(/-01-01T03:30:00.000Z$/);
  await bench.database.pool.query("select graphile_worker.reschedule_jobs(array[$1::bigint], run_at => now())", [job.id]);
  const { status, result } = await only("scheduled");
  expect(status).toBe("completed");
  const { data: event } = z.object({ data: z.object({ name: z.string(), id: z.string(), data: z.object({ cron: z.string() }) }) }).parse(result);
  expect(event).toMatchObject({ name: "inngest/scheduled.timer", data: { cron: "TZ=Asia/Kolkata 0 9 1 1 *" } });
  expect(event.id).toMatch(/-01-01T03:30:00Z$/);
  expect((await ordered()).run_at).toEqual(job.run_at);
});

const ends = (inngest: Inngest) => [
  inngest.createFunction(
    { id: "cancellable", triggers: [{ event: "test/cancellable" }], cancelOn: [{ event: "test/stop", if: "event.data.key == async.data.key" }] },
    async ({ step }) => {
      await step.run("start", () => diary.write("cancellable"));
      await step.sleep("long", "1h");
    },
  ),
  inngest.createFunction({ id: "watcher", triggers: [{ event: "inngest/function.cancelled" }] }, ({ event }) => dataOf(event)["function_id"]),
  inngest.createFunction(
    { id: "finish-watcher", triggers: [{ event: "inngest/function.finished", if: "event.data.function_id == 'app-once'" }] },
    ({ event }) => dataOf(event)["result"],
  ),
];

test("cancelOn ends a sleeping run, the matching one only, and tells the world", async () => {
  await bench.client.send(["x", "y"].map((key) => ({ name: "test/cancellable", data: { key } })));
  await until("both to have started", () => diary.count("cancellable") === 2);
  await settled(bench.database);
  await bench.client.send({ name: "test/stop", data: { key: "x" } });
  await settled(bench.database);
  const states = (await runsOf(bench.database, "cancellable")).map(({ status }) => status);
  expect(states.sort()).toEqual(["cancelled", "running"]);
  expect(await only("watcher")).toEqual(completed("app-cancellable"));
});

test("every end of a run is told by an event that carries the result", async () => {
  const results = (await endedRuns(bench.database, "finish-watcher", 2)).map(({ result }) => result);
  expect(new Set(results)).toEqual(new Set([{ data: 1 }, { data: 2 }]));
});
