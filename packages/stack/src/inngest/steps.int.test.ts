// What functions may do, each shown once with the real SDK against the real server.
import { eventType, invoke, NonRetriableError, referenceFunction, RetryAfterError, staticSchema } from "inngest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { endedRuns, KEYS, makeClient, RETRY_MS, runsOf, serveApp, settled, silentLog, startJobsDatabase, until } from "./harness.ts";
import type { App, JobsDatabase } from "./harness.ts";
import { startInngestServer } from "./server.ts";
import type { InngestServer } from "./server.ts";

let database: JobsDatabase;
let server: InngestServer;
let app: App;
let client: ReturnType<typeof makeClient>;
/** These tests send what they like; the events of the app have schemas. */
const anyData = staticSchema<Record<string, unknown>>();
/** What the functions' bodies did, in order. */
const done: string[] = [];
const count = (what: string) => done.filter((entry) => entry === what).length;
/** Gates that the tests open and the functions wait at. */
const gates = new Map<string, PromiseWithResolvers<void>>();
function gate(name: string): PromiseWithResolvers<void> {
  const known = gates.get(name) ?? Promise.withResolvers<void>();
  gates.set(name, known);
  return known;
}

function functionsOf(inngest: ReturnType<typeof makeClient>) {
  const on = (name: string) => [eventType<`test/${string}`, typeof anyData>(`test/${name}`, { schema: anyData })];
  let running = 0;
  let mostRunning = 0;
  return [
    inngest.createFunction({ id: "ten-steps", triggers: on("ten-steps") }, async ({ event, step }) => {
      const seen: unknown[] = [event.data.word];
      for (let i = 0; i < 10; i += 1) {
        seen.push(await step.run(`step-${String(i)}`, () => {
          done.push(`ten-${String(i)}`);
          return { i };
        }));
      }
      return seen;
    }),
    inngest.createFunction({ id: "sleeper", triggers: on("sleeper") }, async ({ step }) => {
      const before = await step.run("before", () => Date.now());
      await step.sleep("nap", "1s");
      await step.sleepUntil("dawn", new Date(before + 1_300));
      return (await step.run("after", () => Date.now())) - before;
    }),
    inngest.createFunction({ id: "sender", triggers: on("sender") }, async ({ step }) => {
      const { ids } = await step.sendEvent("tell", [{ name: "test/told", data: { n: 1 } }, { name: "test/told", data: { n: 2 } }]);
      return ids.length;
    }),
    inngest.createFunction({ id: "told", triggers: on("told") }, ({ event }) => event.data.n),
    inngest.createFunction({ id: "waiter", triggers: on("waiter") }, async ({ event, step }) => {
      const answer = await step.waitForEvent("answer", { event: "test/answer", timeout: "1h", match: "data.key" });
      return [answer?.name, answer?.data, event.data.key];
    }),
    inngest.createFunction({ id: "chooser", triggers: on("chooser") }, async ({ step }) => {
      const answer = await step.waitForEvent("large", { event: "test/offer", timeout: "1h", if: "async.data.amount > 10 && event.data.who == async.data.who" });
      return answer?.data.amount;
    }),
    inngest.createFunction({ id: "impatient", triggers: on("impatient") }, async ({ step }) => {
      const answer = await step.waitForEvent("never", { event: "test/never", timeout: "1s" });
      return { answer };
    }),
    inngest.createFunction({ id: "late", triggers: on("late") }, async ({ step }) => {
      await step.run("first", () => gate("late").promise);
      const answer = await step.waitForEvent("answer", { event: "test/late-answer", timeout: "1h" });
      return answer?.data;
    }),
    inngest.createFunction({ id: "parallel", triggers: on("parallel") }, async ({ step }) => {
      const order: string[] = [];
      const slow = step.run("slow", async () => {
        done.push("slow");
        await gate("slow").promise;
        return "slow";
      }).then((name) => order.push(name));
      const quick = step.run("quick", () => {
        done.push("quick");
        return "quick";
      }).then((name) => order.push(name));
      const nap = step.sleep("nap", "1s").then(() => order.push("nap"));
      await Promise.all([slow, quick, nap]);
      await step.run("then", () => done.push("then"));
      return order;
    }),
    inngest.createFunction({ id: "race", triggers: on("race") }, async ({ step, group }) => {
      const winner = await group.parallel(async () => Promise.race([
        step.run("loser", () => gate("race").promise.then(() => "loser")),
        step.run("winner", () => "winner"),
      ]));
      await step.run("after-race", () => done.push(`won by ${winner}`));
      return winner;
    }),
    inngest.createFunction({ id: "fan-out", triggers: on("fan-out") }, async ({ step }) => {
      const parts = await Promise.all(Array.from({ length: 100 }, (_, i) => step.run(`part-${String(i)}`, () => {
        done.push("part");
        return i;
      })));
      return parts.reduce((sum, part) => sum + part, 0);
    }),
    inngest.createFunction({ id: "flaky", retries: 3, triggers: on("flaky") }, async ({ step, attempt, maxAttempts }) => {
      const value = await step.run("third-time-lucky", () => {
        done.push(`flaky ${String(attempt)}/${String(maxAttempts)}`);
        if (attempt < 2) throw new Error("not yet");
        return "at last";
      });
      return value;
    }),
    inngest.createFunction({ id: "after", retries: 1, triggers: on("after") }, async ({ step, attempt }) => {
      await step.run("ask", () => {
        done.push(`after@${String(Date.now())}`);
        if (attempt === 0) throw new RetryAfterError("come back", "1s");
      });
    }),
    inngest.createFunction({ id: "hopeless", retries: 3, triggers: on("hopeless") }, async ({ step }) => {
      try {
        await step.run("give-up", () => {
          done.push("hopeless");
          throw new NonRetriableError("no use");
        });
      } catch (error) {
        return { caught: error instanceof Error ? [error.name, error.message] : error };
      }
    }),
    inngest.createFunction(
      {
        id: "failing",
        retries: 1,
        triggers: on("failing"),
        onFailure: ({ event, error }) => {
          done.push(`onFailure ${error.message} ${String(event.data.event.data.who)}`);
        },
      },
      ({ attempt }) => {
        done.push(`failing ${String(attempt)}`);
        throw new Error("broken for good");
      },
    ),
    inngest.createFunction({ id: "callee", retries: 0, triggers: [invoke(anyData)] }, ({ event }) => {
      if (event.data.fail === true) throw new Error("callee broke");
      return { got: event.data.value, linked: typeof event.data._inngest };
    }),
    inngest.createFunction({ id: "sluggish", retries: 0, triggers: [invoke(anyData)] }, async ({ step }) => step.sleep("long", "1h")),
    inngest.createFunction({ id: "caller", retries: 0, triggers: on("caller") }, async ({ step }) => {
      const callOf = (id: string, functionId: string, data: Record<string, unknown>, timeout?: string) =>
        step.invoke(id, { function: referenceFunction({ functionId }), data, ...(timeout !== undefined && { timeout }) })
          .catch((error: unknown) => (error instanceof Error ? error.message : error));
      return [
        await callOf("good", "callee", { value: 42 }),
        await callOf("bad", "callee", { fail: true }),
        await callOf("slow", "sluggish", {}, "1s"),
        await callOf("unknown", "nobody", {}),
      ];
    }),
    inngest.createFunction({ id: "limited", triggers: on("limited"), concurrency: [{ limit: 2, key: "event.data.key" }] }, async ({ step }) => {
      await step.run("work", async () => {
        running += 1;
        mostRunning = Math.max(mostRunning, running);
        done.push("limited in");
        await gate("limited").promise;
        running -= 1;
      });
      return mostRunning;
    }),
    inngest.createFunction({ id: "once", triggers: on("once"), idempotency: "event.data.order" }, ({ event }) => event.data.order),
    inngest.createFunction({ id: "filtered", triggers: [{ event: "test/filtered", if: "event.data.n > 1" }] }, ({ event }) => event.data.n),
    inngest.createFunction({ id: "wild", triggers: [{ event: "wild/user.*" }] }, ({ event }) => event.name),
    inngest.createFunction({ id: "cancellable", triggers: on("cancellable"), cancelOn: [{ event: "test/stop", match: "data.key" }] }, async ({ step }) => {
      await step.run("start", () => done.push("cancellable started"));
      await step.sleep("long", "1h");
    }),
    inngest.createFunction({ id: "watcher", triggers: [{ event: "inngest/function.cancelled" }] }, ({ event }) => event.data.function_id),
    inngest.createFunction({ id: "scheduled", triggers: [{ cron: "TZ=Asia/Kolkata 0 9 1 1 *" }] }, ({ event }) => event),
    inngest.createFunction({ id: "signals", retries: 0, triggers: on("signals") }, async ({ step }) => step.waitForSignal("s", { signal: "x", timeout: "1m", onConflict: "fail" })),
    inngest.createFunction({ id: "odd-values", triggers: on("odd-values") }, async ({ event, step }) => {
      const values = await step.run("values", () => [event.data.text, null, 0.1 + 0.2, "\u0000", "₹", { b: 1, a: 2 }]);
      const nothing = await step.run("nothing", () => undefined);
      return { values, nothing };
    }),
  ];
}

beforeAll(async () => {
  database = await startJobsDatabase();
  server = await startInngestServer({ databaseUrl: database.url, ...KEYS, retryIntervalMs: RETRY_MS, log: silentLog });
  client = makeClient(server.url);
  app = await serveApp(client, functionsOf(client));
  expect(await server.syncApp(app.serveUrl)).toEqual({ ok: true });
});

afterAll(async () => {
  await server.stop();
  await app.stop();
  await database.stop();
});

async function only(functionId: string): Promise<{ status: string; result: unknown }> {
  const [run] = await endedRuns(database, functionId);
  return { status: run?.status ?? "", result: run?.result };
}
const completed = (data: unknown) => ({ status: "completed", result: { data } });

test("a function of ten steps runs each once, in well under a second", async () => {
  const start = performance.now();
  await client.send({ name: "test/ten-steps", data: { word: "go" } });
  expect(await only("ten-steps")).toEqual(completed(["go", ...Array.from({ length: 10 }, (_, i) => ({ i }))]));
  expect(performance.now() - start).toBeLessThan(1_500);
  expect(done.filter((entry) => entry.startsWith("ten-"))).toEqual(Array.from({ length: 10 }, (_, i) => `ten-${String(i)}`));
});

test("sleep and sleepUntil last as long as they should and little longer", async () => {
  await client.send({ name: "test/sleeper" });
  const { result } = await only("sleeper");
  expect(result).toEqual({ data: expect.any(Number) });
  const ms = Number(Object.values(result ?? {})[0]);
  expect(ms).toBeGreaterThanOrEqual(1_000);
  expect(ms).toBeLessThan(3_000);
});

test("events sent by a step start functions", async () => {
  await client.send({ name: "test/sender" });
  expect(await only("sender")).toEqual(completed(2));
  const told = await endedRuns(database, "told", 2);
  expect(new Set(told.map(({ result }) => result))).toEqual(new Set([{ data: 1 }, { data: 2 }]));
});

test("waitForEvent takes the event that matches and no other", async () => {
  await client.send({ name: "test/waiter", data: { key: "a" } });
  await settled(database);
  await client.send({ name: "test/answer", data: { key: "b" } });
  await settled(database);
  await client.send({ name: "test/answer", data: { key: "a", n: 1 } });
  expect(await only("waiter")).toEqual(completed(["test/answer", { key: "a", n: 1 }, "a"]));
});

test("waitForEvent evaluates an `if` over both events", async () => {
  await client.send({ name: "test/chooser", data: { who: "x" } });
  await settled(database);
  await client.send([5, 11].map((amount) => ({ name: "test/offer", data: { amount, who: "x" } })));
  expect(await only("chooser")).toEqual(completed(11));
});

test("waitForEvent gives null when its time is over", async () => {
  await client.send({ name: "test/impatient" });
  expect(await only("impatient")).toEqual(completed({ answer: null }));
});

test("an event that came before the wait does not end it, one that comes after does", async () => {
  await client.send({ name: "test/late" });
  await client.send({ name: "test/late-answer", data: "early" });
  await until("the early event to be routed", async () => (await database.pool.query("select from inngest.events where name = 'test/late-answer' and routed_at is not null")).rowCount === 1);
  gate("late").resolve();
  await settled(database);
  expect((await runsOf(database, "late"))[0]?.status).toBe("running");
  await client.send({ name: "test/late-answer", data: { when: "late" } });
  expect(await only("late")).toEqual(completed({ when: "late" }));
});

test("parallel steps run once each, are seen in the order they finished, and nothing follows before the last", async () => {
  await client.send({ name: "test/parallel" });
  await until("slow and quick to have started", () => count("slow") === 1 && count("quick") === 1);
  await until("the nap to be over", async () => (await database.pool.query("select from inngest.steps where name = 'nap' and opcode = 'Sleep' and finished is not null")).rowCount === 2);
  expect(count("then")).toBe(0);
  gate("slow").resolve();
  expect(await only("parallel")).toEqual(completed(["quick", "nap", "slow"]));
  expect([count("slow"), count("quick"), count("then")]).toEqual([1, 1, 1]);
});

test("in a race the function goes on with the winner while the loser is still at work", async () => {
  await client.send({ name: "test/race" });
  await until("the function to go on", () => count("won by winner") === 1);
  gate("race").resolve();
  expect(await only("race")).toEqual(completed("winner"));
  expect(count("won by winner")).toBe(1);
});

test("a hundred parallel steps run once each", async () => {
  await client.send({ name: "test/fan-out" });
  expect(await only("fan-out")).toEqual(completed(4950));
  expect(count("part")).toBe(100);
});

test("a failing step is repeated with the next attempt until it succeeds", async () => {
  await client.send({ name: "test/flaky" });
  expect(await only("flaky")).toEqual(completed("at last"));
  expect(done.filter((entry) => entry.startsWith("flaky"))).toEqual(["flaky 0/4", "flaky 1/4", "flaky 2/4"]);
});

test("RetryAfterError sets the time of the next attempt", async () => {
  await client.send({ name: "test/after" });
  expect((await only("after")).status).toBe("completed");
  const [first = 0, second = 0] = done.filter((entry) => entry.startsWith("after@")).map((entry) => Number(entry.slice(6)));
  expect(second - first).toBeGreaterThanOrEqual(950);
});

test("a NonRetriableError in a step is not repeated and can be caught", async () => {
  await client.send({ name: "test/hopeless" });
  expect(await only("hopeless")).toEqual(completed({ caught: ["NonRetriableError", "no use"] }));
  expect(count("hopeless")).toBe(1);
});

test("a function that fails for good calls its onFailure with the error and the event", async () => {
  await client.send({ name: "test/failing", data: { who: "me" } });
  expect(await only("failing")).toMatchObject({ status: "failed", result: { error: { message: "broken for good" } } });
  await endedRuns(database, "failing-failure");
  expect(done.filter((entry) => /failing|onFailure/.test(entry))).toEqual(["failing 0", "failing 1", "onFailure broken for good me"]);
});

test("invoke gives the callee's value, its error, a timeout, and an error for an unknown function", async () => {
  await client.send({ name: "test/caller" });
  const { status, result } = await only("caller");
  expect(status).toBe("completed");
  expect(result).toEqual({ data: [{ got: 42, linked: "object" }, "callee broke", expect.stringContaining("Timed out"), expect.stringContaining("app-nobody")] });
});

test("a concurrency key limits what runs at the same moment, and everything runs in the end", async () => {
  await client.send(Array.from({ length: 6 }, () => ({ name: "test/limited", data: { key: "one" } })));
  await until("two to be at work", () => count("limited in") === 2);
  await until("the others to be parked", async () => (await database.pool.query("select from graphile_worker.jobs where run_at > '9000-01-01'")).rowCount === 4);
  const health: unknown = await (await fetch(`${server.url}/health`)).json();
  expect(health).toEqual({ ok: true, queueDepth: 4, oldestWaitingMs: expect.any(Number) });
  gate("limited").resolve();
  const runs = await endedRuns(database, "limited", 6);
  expect(Math.max(...runs.map(({ result }) => Number(Object.values(result ?? {})[0])))).toBe(2);
});

test("an idempotency key lets one run start in a day", async () => {
  await client.send([1, 1, 2].map((order) => ({ name: "test/once", data: { order } })));
  await settled(database);
  const runs = await endedRuns(database, "once", 2);
  expect(new Set(runs.map(({ result }) => result))).toEqual(new Set([{ data: 1 }, { data: 2 }]));
  expect(runs).toHaveLength(2);
});

test("an event id starts a function once, however often it is sent", async () => {
  await client.send({ name: "test/filtered", data: { n: 7 }, id: "same" });
  await client.send({ name: "test/filtered", data: { n: 8 }, id: "same" });
  await client.send({ name: "test/filtered", data: { n: 1 } });
  await settled(database);
  expect((await endedRuns(database, "filtered")).map(({ result }) => result)).toEqual([{ data: 7 }]);
});

test("a wildcard trigger takes every event under it", async () => {
  await client.send([{ name: "wild/user.created" }, { name: "wild/team.created" }]);
  await settled(database);
  expect((await endedRuns(database, "wild")).map(({ result }) => result)).toEqual([{ data: "wild/user.created" }]);
});

test("cancelOn ends a sleeping run, the matching one only, and tells the world", async () => {
  await client.send(["x", "y"].map((key) => ({ name: "test/cancellable", data: { key } })));
  await until("both to sleep", () => count("cancellable started") === 2);
  await settled(database);
  await client.send({ name: "test/stop", data: { key: "x" } });
  await settled(database);
  const states = (await runsOf(database, "cancellable")).map(({ status }) => status).sort();
  expect(states).toEqual(["cancelled", "running"]);
  expect(await only("watcher")).toEqual(completed("app-cancellable"));
});

test("a cron starts its function at its tick and orders the next one", async () => {
  const job = () => database.pool.query("select id, run_at from graphile_worker.jobs where key like 'cron:app-scheduled:%'");
  const [ordered] = (await job()).rows;
  // 09:00 in Kolkata is 03:30 in UTC.
  expect(new Date(String(ordered?.run_at)).toISOString()).toMatch(/-01-01T03:30:00.000Z$/);
  await database.pool.query("select graphile_worker.reschedule_jobs(array[$1::bigint], run_at => now())", [ordered?.id]);
  const { status, result } = await only("scheduled");
  expect(status).toBe("completed");
  expect(result).toMatchObject({ data: { name: "inngest/scheduled.timer", id: expect.stringMatching(/-01-01T03:30:00Z$/), data: { cron: "TZ=Asia/Kolkata 0 9 1 1 *" } } });
  expect((await job()).rowCount).toBe(1);
});

test("a kind of step the server does not have fails by its name", async () => {
  await client.send({ name: "test/signals" });
  const { status, result } = await only("signals");
  expect(status).toBe("failed");
  expect(JSON.stringify(result)).toContain("does not have WaitForSignal");
});

test("values come back as they went in", async () => {
  await client.send({ name: "test/odd-values", data: { text: "\ud83d\ude00 \u0000 \"" } });
  expect(await only("odd-values")).toEqual(completed({ values: ["\ud83d\ude00 \u0000 \"", null, 0.1 + 0.2, "\u0000", "₹", { b: 1, a: 2 }], nothing: null }));
});
