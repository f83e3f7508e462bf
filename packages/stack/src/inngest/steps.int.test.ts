// The steps a function may take, each shown with the real SDK against the real server.
import { invoke, referenceFunction, staticSchema } from "inngest";
import type { Inngest } from "inngest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { completed, dataOf, Diary, endedRun, endedRuns, Gates, runsOf, settled, startBench, until } from "./testing/harness.ts";
import type { Bench } from "./testing/harness.ts";

const diary = new Diary();
const gates = new Gates();
const anyData = invoke(staticSchema<Record<string, unknown>>());
let bench: Bench;

beforeAll(async () => {
  bench = await startBench((client) => [...plainSteps(client), ...waits(client), ...parallels(client), ...invocations(client)]);
});
afterAll(() => bench.stop());

const only = (functionId: string) => endedRun(bench.database, functionId);

const plainSteps = (inngest: Inngest) => [
  inngest.createFunction({ id: "ten-steps", triggers: [{ event: "test/ten-steps" }] }, async ({ event, step }) => {
    const seen: unknown[] = [dataOf(event)["word"]];
    for (let i = 0; i < 10; i += 1) {
      seen.push(await step.run(`step-${String(i)}`, () => {
        diary.write(`ten-${String(i)}`);
        return { i };
      }));
    }
    return seen;
  }),
  inngest.createFunction({ id: "sleeper", triggers: [{ event: "test/sleeper" }] }, async ({ step }) => {
    const before = await step.run("before", () => Date.now());
    await step.sleep("nap", "1s");
    await step.sleepUntil("dawn", new Date(before + 1_300));
    return (await step.run("after", () => Date.now())) - before;
  }),
  inngest.createFunction({ id: "sender", triggers: [{ event: "test/sender" }] }, async ({ step }) => {
    const { ids } = await step.sendEvent("tell", [{ name: "test/told", data: { n: 1 } }, { name: "test/told", data: { n: 2 } }]);
    return ids.length;
  }),
  inngest.createFunction({ id: "told", triggers: [{ event: "test/told" }] }, ({ event }) => dataOf(event)["n"]),
  inngest.createFunction({ id: "signals", retries: 0, triggers: [{ event: "test/signals" }] }, ({ step }) =>
    step.waitForSignal("s", { signal: "x", timeout: "1m", onConflict: "fail" }),
  ),
  inngest.createFunction({ id: "odd-values", triggers: [{ event: "test/odd-values" }] }, async ({ event, step }) => {
    const values = await step.run("values", () => [dataOf(event)["text"], null, 0.1 + 0.2, "\u0000", "₹", { b: 1, a: 2 }]);
    const nothing = await step.run("nothing", () => undefined);
    return { values, nothing };
  }),
];

test("a function of ten steps runs each once, without a pause between them", async () => {
  const start = performance.now();
  await bench.client.send({ name: "test/ten-steps", data: { word: "go" } });
  expect(await only("ten-steps")).toEqual(completed(["go", ...Array.from({ length: 10 }, (_, i) => ({ i }))]));
  // Generous, for a busy machine: what is guarded against is a wait of a second between any two.
  expect(performance.now() - start).toBeLessThan(8_000);
  expect(diary.startingWith("ten-")).toEqual(Array.from({ length: 10 }, (_, i) => `ten-${String(i)}`));
});

test("sleep and sleepUntil last as long as they should and little longer", async () => {
  await bench.client.send({ name: "test/sleeper" });
  const { result } = await only("sleeper");
  const { data: ms } = z.object({ data: z.number() }).parse(result);
  expect(ms).toBeGreaterThanOrEqual(1_300);
  // Generous as well: a timer must not wait for a sweep.
  expect(ms).toBeLessThan(10_000);
});

test("events sent by a step start functions", async () => {
  await bench.client.send({ name: "test/sender" });
  expect(await only("sender")).toEqual(completed(2));
  const told = await endedRuns(bench.database, "told", 2);
  expect(new Set(told.map(({ result }) => result))).toEqual(new Set([{ data: 1 }, { data: 2 }]));
});

test("a kind of step the server does not have fails by its name", async () => {
  await bench.client.send({ name: "test/signals" });
  const { status, result } = await only("signals");
  expect(status).toBe("failed");
  expect(JSON.stringify(result)).toContain("does not have WaitForSignal");
});

test("values come back as they went in", async () => {
  const text = '\ud83d\ude00 \u0000 "';
  await bench.client.send({ name: "test/odd-values", data: { text } });
  const values = [text, null, 0.1 + 0.2, "\u0000", "₹", { b: 1, a: 2 }];
  expect(await only("odd-values")).toEqual(completed({ values, nothing: null }));
});

const waits = (inngest: Inngest) => [
  inngest.createFunction({ id: "waiter", triggers: [{ event: "test/waiter" }] }, async ({ event, step }) => {
    const answer = await step.waitForEvent("answer", { event: "test/answer", timeout: "1h", if: "event.data.key == async.data.key" });
    return [answer?.name, dataOf(answer), dataOf(event)["key"]];
  }),
  inngest.createFunction({ id: "chooser", triggers: [{ event: "test/chooser" }] }, async ({ step }) =>
    dataOf(await step.waitForEvent("large", { event: "test/offer", timeout: "1h", if: "async.data.amount > 10" }))["amount"],
  ),
  inngest.createFunction({ id: "impatient", triggers: [{ event: "test/impatient" }] }, async ({ step }) => ({
    isNull: (await step.waitForEvent("never", { event: "test/never", timeout: "1s" })) === null,
  })),
  inngest.createFunction({ id: "late", triggers: [{ event: "test/late" }] }, async ({ step }) => {
    await step.run("first", () => gates.pass("late"));
    return dataOf(await step.waitForEvent("answer", { event: "test/late-answer", timeout: "1h" }));
  }),
];

test("waitForEvent takes the event that matches and no other", async () => {
  await bench.client.send({ name: "test/waiter", data: { key: "a" } });
  await settled(bench.database);
  await bench.client.send({ name: "test/answer", data: { key: "b" } });
  await settled(bench.database);
  await bench.client.send({ name: "test/answer", data: { key: "a", n: 1 } });
  expect(await only("waiter")).toEqual(completed(["test/answer", { key: "a", n: 1 }, "a"]));
});

test("waitForEvent compares the values of the event that came", async () => {
  await bench.client.send({ name: "test/chooser" });
  await settled(bench.database);
  await bench.client.send([5, 11].map((amount) => ({ name: "test/offer", data: { amount } })));
  expect(await only("chooser")).toEqual(completed(11));
});

test("waitForEvent gives null when its time is over", async () => {
  await bench.client.send({ name: "test/impatient" });
  expect(await only("impatient")).toEqual(completed({ isNull: true }));
});

test("an event that came before the wait does not end it, one that comes after does", async () => {
  await bench.client.send({ name: "test/late" });
  await bench.client.send({ name: "test/late-answer", data: { when: "early" } });
  await until("the early event to be routed", async () => {
    const { rowCount } = await bench.database.pool.query("select from inngest.events where name = 'test/late-answer' and routed_at is not null");
    return rowCount === 1;
  });
  gates.open("late");
  await settled(bench.database);
  expect((await runsOf(bench.database, "late"))[0]?.status).toBe("running");
  await bench.client.send({ name: "test/late-answer", data: { when: "late" } });
  expect(await only("late")).toEqual(completed({ when: "late" }));
});

const parallels = (inngest: Inngest) => [
  inngest.createFunction({ id: "parallel", triggers: [{ event: "test/parallel" }] }, async ({ step }) => {
    const order: string[] = [];
    const slow = step.run("slow", async () => {
      diary.write("slow");
      await gates.pass("slow");
    }).then(() => order.push("slow"));
    const quick = step.run("quick", () => diary.write("quick"))
      .then(() => order.push("quick"))
      .then(() => step.run("after quick", () => diary.write("after quick")));
    const nap = step.sleep("nap", "1s").then(() => order.push("nap"));
    await Promise.all([slow, quick, nap]);
    await step.run("then", () => diary.write("then"));
    return order;
  }),
  inngest.createFunction({ id: "race", triggers: [{ event: "test/race" }] }, async ({ step, group }) => {
    const winner = await group.parallel(async () =>
      Promise.race([step.run("loser", () => gates.pass("race").then(() => "loser")), step.run("winner", () => "winner")]),
    );
    await step.run("after-race", () => diary.write(`won by ${winner}`));
    return winner;
  }),
  inngest.createFunction({ id: "fan-out", triggers: [{ event: "test/fan-out" }] }, async ({ step }) => {
    const part = (i: number) => step.run(`part-${String(i)}`, () => {
      diary.write("part");
      return i;
    });
    const parts = await Promise.all(Array.from({ length: 100 }, (_, i) => part(i)));
    return parts.reduce((sum, value) => sum + value, 0);
  }),
];

test("parallel steps run once each, are seen in the order they finished, and nothing follows before the last", async () => {
  await bench.client.send({ name: "test/parallel" });
  await until("slow and quick to have started", () => diary.count("slow") === 1 && diary.count("quick") === 1);
  await until("quick and the nap to be over", async () => {
    const { rowCount } = await bench.database.pool.query(
      "select from inngest.steps s join inngest.runs r on r.id = s.run_id where r.function_id = 'app-parallel' and finished is not null",
    );
    return rowCount === 2;
  });
  await until("only slow's call to be left", async () => {
    const { rowCount } = await bench.database.pool.query("select from graphile_worker.jobs where locked_at is not null or run_at <= now()");
    return rowCount === 1;
  });
  expect([diary.count("after quick"), diary.count("then")]).toEqual([0, 0]);
  gates.open("slow");
  expect(await only("parallel")).toEqual(completed(["quick", "nap", "slow"]));
  expect(["slow", "quick", "after quick", "then"].map((entry) => diary.count(entry))).toEqual([1, 1, 1, 1]);
});

test("in a race the function goes on with the winner while the loser is still at work", async () => {
  await bench.client.send({ name: "test/race" });
  await until("the function to go on", () => diary.count("won by winner") === 1);
  gates.open("race");
  expect(await only("race")).toEqual(completed("winner"));
  expect(diary.count("won by winner")).toBe(1);
});

test("a hundred parallel steps run once each", async () => {
  await bench.client.send({ name: "test/fan-out" });
  expect(await only("fan-out")).toEqual(completed(4950));
  expect(diary.count("part")).toBe(100);
});

const invocations = (inngest: Inngest) => [
  inngest.createFunction({ id: "callee", retries: 0, triggers: [anyData] }, ({ event }) => {
    if (event.data["fail"] === true) throw new Error("callee broke");
    return { got: event.data["value"], linked: typeof event.data["_inngest"] };
  }),
  inngest.createFunction({ id: "sluggish", retries: 0, triggers: [anyData] }, ({ step }) => step.sleep("long", "1h")),
  inngest.createFunction({ id: "caller", retries: 0, triggers: [{ event: "test/caller" }] }, async ({ step }) => {
    const call = (functionId: string, data: Record<string, unknown>, timeout?: string): Promise<unknown> =>
      step
        .invoke(`${functionId}-${JSON.stringify(data)}`, { function: referenceFunction({ functionId }), data, ...(timeout !== undefined && { timeout }) })
        .catch((error: unknown) => (error instanceof Error ? error.message : error));
    return [await call("callee", { value: 42 }), await call("callee", { fail: true }), await call("sluggish", {}, "1s"), await call("nobody", {})];
  }),
];

test("invoke gives the callee's value, its error, a timeout, and an error for an unknown function", async () => {
  await bench.client.send({ name: "test/caller" });
  const { status, result } = await only("caller");
  expect(status).toBe("completed");
  const { data } = z.object({ data: z.array(z.unknown()) }).parse(result);
  expect(data.slice(0, 2)).toEqual([{ got: 42, linked: "object" }, "callee broke"]);
  expect(String(data[2])).toContain("Timed out");
  expect(String(data[3])).toContain("app-nobody");
});
